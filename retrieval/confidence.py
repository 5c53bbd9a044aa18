"""How sure an answer is: evidence that means the same whatever else was found, weighed as right answers taught."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from index import bundled_model
from retrieval.answer import Hit, Question, Verdict

EVIDENCE = ("nearness", "lead", "rise", "coverage", "same language")


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """A logistic regression over EVIDENCE, and the confidences from which on an answer is called something else."""

    weights: tuple[float, ...]
    intercept: float
    answered: float
    """From here on an answer is given without reserve."""
    nothing: float
    """Below this the articles are taken not to say it."""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "Calibration":
        """As it was stored; raises ValueError for what is none."""
        try:
            weights = tuple(float(weight) for weight in fields["weights"])
            numbers = [float(fields[name]) for name in ("intercept", "answered", "nothing")]
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a calibration: {error}") from error
        if len(weights) != len(EVIDENCE) or not all(map(math.isfinite, [*weights, *numbers])):
            raise ValueError("not a calibration of this version")
        return cls(weights=weights, intercept=numbers[0], answered=numbers[1], nothing=numbers[2])


FITTED: Mapping[str, Calibration] = {
    bundled_model.FINGERPRINT: Calibration(
        weights=(17.109, 0.982, 0.235, 0.208, -1.812), intercept=-15.809, answered=0.71, nothing=0.13
    )
}
"""By fingerprint; printed by `python -m retrieval.evaluation.calibrate` on the tuning part of SQuAD-it."""

_AGREED, _DOUBTED = 0.75, 0.01
"""Thresholds for a model that nothing is known of: of what was found, it is never said that it doesn't answer."""


def confidence(question: Question, hits: Sequence[Hit], calibration: Calibration | None) -> float:
    """In [0, 1], for hits in the order of the ranking; without a calibration, how far the kinds of evidence agree."""
    if not hits:
        return 0.0
    if calibration is None:
        return _agreement(hits)
    found = zip(calibration.weights, evidence(question, hits), strict=True)
    logit = calibration.intercept + sum(weight * value for weight, value in found)
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


def evidence(question: Question, hits: Sequence[Hit]) -> tuple[float, ...]:
    """How near the first hit is; how many points ahead of the second and of the lower half; its words, its language."""
    best, finals = hits[0], [hit.scores.final for hit in hits]
    lower_half = sorted(finals)[: max(1, len(finals) // 2)]
    same = best.passage.language == question.language
    return (
        (best.scores.passage + best.scores.sentence) / 2,
        finals[0] - finals[1] if len(hits) > 1 else 0.0,
        finals[0] - fmean(lower_half),
        best.coverage if same else 0.0,
        float(same),
    )


def verdict(sureness: float, calibration: Calibration | None) -> Verdict:
    """What to call an answer of that confidence."""
    if sureness >= (calibration.answered if calibration else _AGREED):
        return "answered"
    return "unsure" if sureness >= (calibration.nothing if calibration else _DOUBTED) else "nothing"


def _agreement(hits: Sequence[Hit]) -> float:
    """The mean reciprocal rank of the first hit by each kind of evidence alone."""
    kinds = ([hit.scores.passage for hit in hits], [hit.scores.sentence for hit in hits],
             [hit.scores.tokens or 0.0 for hit in hits], [hit.coverage for hit in hits])  # fmt: skip
    return fmean(1 / (1 + sum(value > kind[0] for value in kind)) for kind in kinds)
