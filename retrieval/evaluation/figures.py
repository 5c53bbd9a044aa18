"""Outcomes into figures, each with the interval that chance alone would leave it in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from retrieval.evaluation.measuring import Outcome

_RESAMPLES = 1000
_INTERVAL = (2.5, 97.5)
"""Percentiles: 95 % of the resamples lie between."""

Values = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A value, its 95 % interval, and over how many questions."""

    value: float
    low: float
    high: float
    questions: int


Figures = Mapping[str, Figure]


def figures(outcomes: Sequence[Outcome]) -> dict[str, Figure]:
    """By name: finding and marking over the answerable questions, refusing over all."""
    found = [outcome for outcome in outcomes if outcome.answerable]
    ranks = np.array([outcome.rank for outcome in found], np.float64)
    values = {f"R@{k}": (ranks > 0) & (ranks <= k) for k in (1, 3, 5, 20)}
    reciprocal = np.where((ranks > 0) & (ranks <= 10), 1 / np.maximum(ranks, 1), 0)
    marked = np.array([outcome.marked for outcome in found if outcome.marked is not None], np.float64)
    lengths = np.array([outcome.marked_length for outcome in outcomes if outcome.marked_length], np.float64)
    means = {**values, "MRR@10": reciprocal, "marked": marked, "marked length": lengths}
    named = {name: mean_figure(array.astype(np.float64)) for name, array in means.items() if len(array)}
    return named | _refusing(outcomes)


def _refusing(outcomes: Sequence[Outcome]) -> dict[str, Figure]:
    answerable = np.array([outcome.answerable for outcome in outcomes], np.float64)
    right = np.array([outcome.rank == 1 for outcome in outcomes], np.float64)
    confident = np.array([outcome.confidence for outcome in outcomes])
    answered = np.array([outcome.verdict == "answered" for outcome in outcomes])
    found: dict[str, Figure] = {}
    if 0 < answerable.sum() < len(answerable):
        found["AUC answerable"] = _figure(np.column_stack([answerable, confident]), _auc)
    if 0 < right.sum() < len(right):
        found["AUC right"] = _figure(np.column_stack([right, confident]), _auc)
    if answered.any():
        found["answered, right"] = mean_figure(right[answered])
    if right.any():
        found["right, answered"] = mean_figure(answered[right == 1].astype(np.float64))
    for verdict in ("answered", "nothing"):
        given = np.array([outcome.verdict == verdict for outcome in outcomes], np.float64)
        found[verdict] = mean_figure(given)
    return found


def mean_figure(values: Values) -> Figure:
    """The mean of one value a question."""
    return _figure(
        values[:, None],
        lambda rows: rows[..., 0].mean(axis=-1),
        at_once=min(_RESAMPLES, max(1, 10_000_000 // len(values))),
    )


def _figure(rows: Values, statistic: Callable[[Values], Any], *, at_once: int = 0) -> Figure:
    """By the percentile bootstrap of Efron (1979), with a fixed seed; `at_once` resamples in one call, if any."""
    random = np.random.default_rng(0)
    shape = (at_once, len(rows)) if at_once else (len(rows),)
    resampled: list[float] = []
    while len(resampled) < _RESAMPLES:
        resampled.extend(np.atleast_1d(statistic(rows[random.integers(0, len(rows), shape)])))
    low, high = np.nanpercentile(resampled, _INTERVAL)
    return Figure(value=float(statistic(rows)), low=float(low), high=float(high), questions=len(rows))


def _auc(rows: Values) -> float:
    """Area under the ROC curve by the ranks of Mann and Whitney (1947); NaN in a resample that holds one kind only."""
    positive = rows[:, 0] == 1
    count, others = int(positive.sum()), int((~positive).sum())
    if not count or not others:
        return float("nan")
    ranks = rankdata(rows[:, 1])
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * others))
