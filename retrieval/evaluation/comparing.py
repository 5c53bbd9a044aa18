"""Two measurements question by question: which figures really changed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.evaluation.figures import FEWEST, INTERVAL, parts
from retrieval.evaluation.measuring import Outcome
from retrieval.evaluation.resampling import RESAMPLES, Values, resampled, resamples, support

LEVEL = 0.05
_STILL = 1e-12


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """How much a figure rose, and what chance makes of that."""

    value: float
    low: float
    high: float
    """The 95 % interval of this change by itself."""
    questions: int
    p: float
    """How often chance alone would bring the largest of all the changes compared this far from zero."""

    @property
    def real(self) -> bool:
        """Also in view of how many changes were looked at."""
        return self.p < LEVEL

    @property
    def alone(self) -> bool:
        """Were it the only one looked at."""
        return self.questions >= FEWEST and not self.low <= 0 <= self.high


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """By row of the table and name of the figure, over the questions that both measurements asked."""

    figures: dict[str, dict[str, Change]]
    shared: int
    compared: int
    """Changes that the correction reckons with."""


def changes(old: Sequence[Outcome], new: Sequence[Outcome]) -> Changes:
    """A paired bootstrap over questions; many comparisons are corrected for by the step of Westfall and Young (1993).

    The largest of all changes, each in units of its own standard error, is resampled with them; so it counts that they
    hang together.
    """
    before = {(outcome.id, outcome.question): outcome for outcome in old}
    pairs = [(before[key], outcome) for outcome in new if (key := (outcome.id, outcome.question)) in before]
    if not pairs:
        return Changes(figures={}, shared=0, compared=0)
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    rows = parts(second)
    asked = {row: _in_both([first[at] for at in places], [second[at] for at in places]) for row, places in rows.items()}
    names = [(row, name) for row, found in asked.items() for name in found]
    questions = np.array([asked[row][name] for row, name in names])
    rises = _rises(first, second, rows, names, np.ones((1, len(pairs))))[0]
    drawn = np.concatenate([_rises(first, second, rows, names, counts) for counts in resamples(len(pairs))])
    p = _corrected(rises, drawn, questions >= FEWEST)
    low, high = np.nanpercentile(drawn, INTERVAL, axis=0)
    found: dict[str, dict[str, Change]] = {row: {} for row in rows}
    for at, (row, name) in enumerate(names):
        found[row][name] = Change(
            value=float(rises[at]),
            low=float(low[at]),
            high=float(high[at]),
            questions=int(questions[at]),
            p=float(p[at]),
        )
    return Changes(figures=found, shared=len(pairs), compared=int((questions >= FEWEST).sum()))


def _in_both(first: Sequence[Outcome], second: Sequence[Outcome]) -> dict[str, int]:
    before = support(first)
    return {name: min(count, before[name]) for name, count in support(second).items() if name in before}


def _rises(
    first: Sequence[Outcome],
    second: Sequence[Outcome],
    rows: dict[str, list[int]],
    names: Sequence[tuple[str, str]],
    counts: Values,
) -> Values:
    """(resamples, names): both measurements see the same questions drawn."""
    rises: dict[tuple[str, str], Values] = {}
    for row, places in rows.items():
        drawn = counts[:, places]
        before = resampled([first[at] for at in places], drawn)
        after = resampled([second[at] for at in places], drawn)
        rises |= {(row, name): after[name] - before[name] for name in after}
    return np.column_stack([rises[name] for name in names])


def _corrected(rises: Values, drawn: Values, enough: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Values:
    """One p for each change; 1 where there are too few questions or nothing changed."""
    errors = np.nanstd(drawn, axis=0)
    moving = enough & (errors > _STILL)
    certain = enough & ~moving & (np.abs(rises) > _STILL)
    p = np.where(certain, 1 / (RESAMPLES + 1), 1.0)
    if moving.any():
        largest = np.nanmax(np.abs(drawn - rises)[:, moving] / errors[moving], axis=1)
        beyond = (largest[:, None] >= (np.abs(rises) / np.where(moving, errors, 1))[moving]).sum(axis=0)
        p[moving] = (1 + beyond) / (RESAMPLES + 1)
    return p
