"""How sure an answer is: evidence that means the same whatever else was found, weighed as right answers taught."""

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from index import bundled_model
from index.library import Library
from retrieval.answer import Hit, Question, Verdict

_log = logging.getLogger(__name__)

EVIDENCE = ("nearness", "lead", "rise", "coverage", "same language")
READ = "margin"
"""What comes on top where the first hits were read."""
_FURTHEST = 10.0
"""Margins beyond this, up or down, say no more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """A logistic regression over EVIDENCE, with READ or without, and where verdicts begin and end."""

    weights: tuple[float, ...]
    intercept: float
    answered: float
    """From here on an answer is given without reserve."""
    nothing: float
    """Below this the articles are taken not to say it."""
    usual_lead: float
    usual_rise: float
    """What the two are on average; where few hits can't tell, they are taken to be that."""

    @property
    def reads(self) -> bool:
        """Whether it needs hits that were read."""
        return len(self.weights) > len(EVIDENCE)

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "Calibration":
        """As it was stored; raises ValueError for what is none."""
        try:
            weights = tuple(float(weight) for weight in fields["weights"])
            numbers = [float(fields[name]) for name in ("intercept", "answered", "nothing", "usual_lead", "usual_rise")]
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a calibration: {error}") from error
        if len(weights) - len(EVIDENCE) not in (0, 1) or not all(map(math.isfinite, [*weights, *numbers])):
            raise ValueError("not a calibration of this version")
        return cls(
            weights=weights,
            intercept=numbers[0],
            answered=numbers[1],
            nothing=numbers[2],
            usual_lead=numbers[3],
            usual_rise=numbers[4],
        )


FITTED: Mapping[tuple[str, bool], Calibration] = {
    (bundled_model.FINGERPRINT, False): Calibration(
        weights=(17.137, 0.981, 0.232, 0.213, -1.808),
        intercept=-15.815,
        answered=0.71,
        nothing=0.13,
        usual_lead=2.36,
        usual_rise=6.80,
    ),
    (bundled_model.FINGERPRINT, True): Calibration(
        weights=(27.854, 0.789, -0.039, -2.001, -1.081, 0.473),
        intercept=-23.738,
        answered=0.7,
        nothing=0.13,
        usual_lead=2.51,
        usual_rise=6.83,
    ),
}
"""By fingerprint, and whether the first hits are read; docs/evaluation.md has the commands that print them."""

_USUAL_COUNTS = 4
"""For as many hits; beside the dozens of a large library next to nothing."""
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
    observed = observe(question, hits)
    seen = evidence(observed, (calibration.usual_lead, calibration.usual_rise), read=calibration.reads)
    found = zip(calibration.weights, seen, strict=True)
    logit = calibration.intercept + sum(weight * value for weight, value in found)
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


@dataclass(frozen=True, kw_only=True, slots=True)
class Observed:
    """What there is to see of the hits."""

    nearness: float
    """Of the first hit."""
    finals: tuple[float, ...]
    """Points of all hits in the search, in the order of the ranking."""
    coverage: float
    """Of the first hit, where it is in the question's language."""
    same_language: bool
    margin: float = 0.0
    """That reading the first hit brought; 0 where it wasn't read."""


def observe(question: Question, hits: Sequence[Hit]) -> Observed:
    """Of at least one hit."""
    best = hits[0]
    same = best.passage.language == question.language
    return Observed(
        nearness=(best.scores.passage + best.scores.sentence) / 2,
        finals=tuple(hit.scores.final for hit in hits),
        coverage=best.coverage if same else 0.0,
        same_language=same,
        margin=min(max(best.scores.reader or 0.0, -_FURTHEST), _FURTHEST),
    )


def evidence(observed: Observed, usual: tuple[float, float] | None = None, *, read: bool = False) -> tuple[float, ...]:
    """Nearness; points ahead of the second hit, and of the lower half of the others; words; language; `read`, margin.

    Without the `usual` lead and rise there must be two hits at least.
    """
    first, *others = observed.finals
    rises = [first - final for final in sorted(others)[: (len(others) + 1) // 2]]
    return (
        observed.nearness,
        usual[0] if usual and not others else first - others[0],
        fmean([*rises, *([usual[1]] * _USUAL_COUNTS if usual else ())]),
        observed.coverage,
        float(observed.same_language),
        *((observed.margin,) if read else ()),
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
