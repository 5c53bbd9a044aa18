"""How sure an answer is: evidence that means the same whatever else was found, weighed as right answers taught."""

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from index import bundled_model
from index.library import Library
from retrieval.answer import Hit, PassageRead, Verdict
from retrieval.question import Question
from retrieval.rereading import worth
from retrieval.sayings import Said, alike, said
from retrieval.stories import retells

_log = logging.getLogger(__name__)

EVIDENCE = ("nearness", "lead", "same language")
"""Nearness of the first hit, its points ahead of the best one that says something else, whether it is in the
question's language: what is near in another language is less near."""
READ = ("words",)
"""What comes on top where the first hits were read: how likely the first one's likeliest words are."""
_FURTHEST = 10.0
"""Margins beyond this, up or down, say no more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """How likely the first hit is what was looked for, how likely it says what was asked, and where verdicts begin and
    end; the one by a logistic regression over EVIDENCE, with READ or without, the other over the reader's margin.
    """

    weights: Mapping[str, float]
    """By kind of evidence."""
    intercept: float
    margin: tuple[float, float] | None = None
    """Intercept and weight of the margin; None where nothing is read."""
    answered: float
    """From here on an answer is given without reserve."""
    nothing: float
    """Below this the articles are taken not to say it."""
    usual_lead: float
    """What it is on average; where no hit says anything else, it is taken to be that."""

    @property
    def reads(self) -> bool:
        """Whether it needs hits that were read."""
        return self.margin is not None

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "Calibration":
        """As it was stored; raises ValueError for what is none."""
        try:
            weights = {str(kind): float(weight) for kind, weight in fields["weights"].items()}
            numbers = {name: float(fields[name]) for name in ("intercept", "answered", "nothing", "usual_lead")}
            margin = tuple(map(float, fields.get("margin") or ()))
        except (AttributeError, KeyError, OverflowError, TypeError) as error:
            raise ValueError(f"not a calibration: {error}") from error
        kinds = {*EVIDENCE, *READ} if margin else {*EVIDENCE}
        finite = map(math.isfinite, [*weights.values(), *numbers.values(), *margin])
        if set(weights) != kinds or len(margin) not in (0, 2) or not all(finite):
            raise ValueError("not a calibration of this version")
        return cls(weights=weights, margin=(margin[0], margin[1]) if margin else None, **numbers)


FITTED: Mapping[tuple[str, bool], Calibration] = {
    (bundled_model.FINGERPRINT, False): Calibration(
        weights={"nearness": 29.840, "lead": 1.157, "same language": -2.119},
        intercept=-24.997,
        answered=0.80,
        nothing=0.12,
        usual_lead=2.36,
    ),
    (bundled_model.FINGERPRINT, True): Calibration(
        weights={"nearness": 35.126, "lead": 0.686, "same language": -2.622, "words": 0.208},
        intercept=-28.898,
        margin=(2.101, 0.280),
        answered=0.54,
        nothing=0.05,
        usual_lead=3.28,
    ),
}
"""By fingerprint, and whether the first hits are read; docs/evaluation.md says how they were fitted."""

_AGREED, _DOUBTED = 0.75, 0.01
"""Thresholds for a model that nothing is known of: of what was found, it is never said that it doesn't answer."""


def calibration_of(library: Library, *, read: bool) -> Calibration | None:
    """The library's own, unless it needs hits to be `read` that aren't; else what is known of its model."""
    if library.calibration is not None:
        try:
            own = Calibration.of(library.calibration)
            if read or not own.reads:
                return own
        except ValueError as error:
            _log.warning("The library's calibration is left out (%s): make it anew, see docs/evaluation.md", error)
    return FITTED.get((library.fingerprint, read)) or FITTED.get((library.fingerprint, False))


def confidence(question: Question, hits: Sequence[Hit], calibration: Calibration | None) -> float:
    """In [0, 1], for hits in the order of the ranking; without a calibration, how far the kinds of evidence agree."""
    if not hits:
        return 0.0
    if calibration is None:
        return _agreement(hits)
    seen = evidence(question, hits if calibration.reads else list(map(_unread, hits)), calibration.usual_lead)
    found = _logistic(calibration.intercept + sum(weight * seen[kind] for kind, weight in calibration.weights.items()))
    if calibration.margin is None:
        return found
    intercept, weight = calibration.margin
    return found * _logistic(intercept + weight * seen["margin"])


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


def evidence(question: Question, hits: Sequence[Hit], usual_lead: float = math.nan) -> dict[str, float]:
    """Of all kinds, for at least one hit, in the order of the ranking; neither margin nor words of what wasn't read."""
    first, *others = hits
    others.sort(key=worth, reverse=True)
    rival = next((hit for hit in others if not _agree(first, hit)), None)
    read = first.read or PassageRead(words=(), margin=0.0)
    return {
        "nearness": (first.scores.passage + first.scores.sentence) / 2,
        "lead": worth(first) - worth(rival) if rival else usual_lead,
        "same language": float(first.passage.language == question.language),
        "margin": max(-_FURTHEST, min(_FURTHEST, read.margin)),
        "words": max((words.probability for words in read.words), default=0.0),
    }


def _unread(hit: Hit) -> Hit:
    """What a calibration knows of it that was made without a reader."""
    return replace(hit, read=None, scores=replace(hit.scores, reader=None))


def _agree(first: Hit, other: Hit) -> bool:
    """Whether the other one says nearly the same, or was read to answer too, and in the same words."""
    if retells(first, other):
        return True
    one, another = _words_of(first), _words_of(other)
    return bool(other.read and other.read.margin > 0 and one and another and alike(one, another))


def _words_of(hit: Hit) -> Said | None:
    """What its likeliest words say; None where it wasn't read, or has none."""
    return said(hit.read.words[0].text, hit.passage.language) if hit.read and hit.read.words else None


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
