"""Outcomes into figures, each with the interval that chance alone would leave it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.evaluation.measuring import NO_ARTICLE, Outcome
from retrieval.evaluation.resampling import resampled, resamples, support

ALL = "all"
"""Every question counts once, whatever its pair of languages."""
FEWEST = 20
"""Questions below which resampling says nothing."""
INTERVAL = (2.5, 97.5)
"""Percentiles: 95 % of the resamples lie between."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A value, its 95 % interval, and over how many questions."""

    value: float
    low: float
    high: float
    questions: int


Figures = Mapping[str, Figure]


def figures(outcomes: Sequence[Outcome]) -> dict[str, Figure]:
    """By name: finding over the answerable questions, marking over those found, refusing over all."""
    if not outcomes:
        return {}
    values = resampled(outcomes, np.ones((1, len(outcomes))))
    drawn = [resampled(outcomes, counts) for counts in resamples(len(outcomes))]
    found = {}
    for name, questions in support(outcomes).items():
        low, high = np.nanpercentile(np.concatenate([part[name] for part in drawn]), INTERVAL)
        found[name] = Figure(value=float(values[name][0]), low=float(low), high=float(high), questions=questions)
    return found


def by_pair(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Figure]]:
    """Figures over everything, and for each pair of languages where there is more than one."""
    return {name: figures([outcomes[place] for place in places]) for name, places in parts(outcomes).items()}


def parts(outcomes: Sequence[Outcome]) -> dict[str, list[int]]:
    """Places of the outcomes in each row of a table.

    Whoever asks about no article could have meant any, so such questions count in every pair of their language: nothing
    would be left there, otherwise, to tell the answerable ones from.
    """
    found = {ALL: list(range(len(outcomes)))}
    pairs = {outcome.pair for outcome in outcomes}
    spoken = {_question_language(pair) for pair in pairs if not pair.endswith(NO_ARTICLE)}
    rows = sorted(pair for pair in pairs if not pair.endswith(NO_ARTICLE) or _question_language(pair) not in spoken)
    if len(rows) > 1:
        for row in rows:
            here = (row, f"{_question_language(row)}→{NO_ARTICLE}")
            found[row] = [place for place, outcome in enumerate(outcomes) if outcome.pair in here]
    return found


def _question_language(pair: str) -> str:
    return pair.partition("→")[0]
