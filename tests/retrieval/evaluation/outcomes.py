"""Outcomes made by hand."""

from retrieval.evaluation.measuring import Outcome


def outcome(
    id_: object, rank: int = 1, *, answerable: bool = True, confidence: float = 0.5, **fields: object
) -> Outcome:
    plain = {"pair": "en→it", "marked": None, "marked_length": 0, "verdict": "unsure"}
    return Outcome(id=str(id_), rank=rank, answerable=answerable, confidence=confidence, **plain | fields)


def unanswerable(id_: object, confidence: float = 0.2, **fields: object) -> Outcome:
    return outcome(id_, 0, answerable=False, confidence=confidence, **fields)
