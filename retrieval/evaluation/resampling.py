"""Outcomes into named figures, for the questions as they are and for many resamples of them at once."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.evaluation.measuring import Outcome

RESAMPLES = 2000
_AT_ONCE = 4_000_000
"""Counts in memory."""

Values = NDArray[np.float64]


def resamples(questions: int) -> Iterator[Values]:
    """How often each question is drawn, (some resamples, questions) at a time: Efron's bootstrap, with a fixed seed."""
    random = np.random.default_rng(0)
    done = 0
    while done < RESAMPLES:
        rows = min(RESAMPLES - done, max(1, _AT_ONCE // questions))
        drawn = random.integers(0, questions, (rows, questions)) + questions * np.arange(rows)[:, None]
        yield np.bincount(drawn.ravel(), minlength=rows * questions).reshape(rows, questions).astype(np.float64)
        done += rows


def resampled(outcomes: Sequence[Outcome], counts: Values) -> dict[str, Values]:
    """Each figure of each row of `counts` (resamples, questions); NaN where a row has no question to tell it by."""
    means = _means(outcomes)
    among = np.column_stack([chosen for _values, chosen in means.values()]).astype(np.float64)
    values = np.column_stack([values for values, _chosen in means.values()]) * among
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios = (counts @ values) / (counts @ among)
    confidence = np.array([outcome.confidence for outcome in outcomes])
    areas = {name: area(counts, positive, confidence) for name, positive in _kinds(outcomes).items()}
    return dict(zip(means, ratios.T, strict=True)) | areas


def support(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Over how many questions each figure is; those that can't be told are left out."""
    means = {name: int(among.sum()) for name, (_values, among) in _means(outcomes).items()}
    areas = {name: len(kind) for name, kind in _kinds(outcomes).items() if 0 < kind.sum() < len(kind)}
    return {name: count for name, count in (means | areas).items() if count}


def area(counts: Values, positive: NDArray[np.bool_], scores: Values) -> Values:
    """Area under the ROC curve of `scores`, for each row of `counts`: Mann and Whitney (1947), ties count half."""
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    drawn = counts[:, order]
    ones = np.add.reduceat(drawn * positive[order], starts, axis=1)
    zeros = np.add.reduceat(drawn * ~positive[order], starts, axis=1)
    below = np.cumsum(zeros, axis=1) - zeros
    with np.errstate(invalid="ignore", divide="ignore"):
        areas: Values = (ones * (below + zeros / 2)).sum(axis=1) / (ones.sum(axis=1) * zeros.sum(axis=1))
    return areas


def _means(outcomes: Sequence[Outcome]) -> dict[str, tuple[Values, NDArray[np.bool_]]]:
    """By name one value for each question, and which questions it is the mean of."""
    everything = np.ones(len(outcomes), bool)
    answerable = np.array([outcome.answerable for outcome in outcomes], bool)
    ranks = np.array([outcome.rank for outcome in outcomes])
    right = ranks == 1
    reciprocal = np.where((ranks > 0) & (ranks <= 10), 1 / np.maximum(ranks, 1), 0)
    lengths = np.array([outcome.marked_length for outcome in outcomes], np.float64)
    sentences = np.array([outcome.marked_sentences for outcome in outcomes], np.float64)
    verdicts = np.array([outcome.verdict for outcome in outcomes])
    answered, nothing = verdicts == "answered", verdicts == "nothing"
    confidence = np.array([outcome.confidence for outcome in outcomes])
    judged = np.array([outcome.marked is not None for outcome in outcomes], bool)
    known = np.array([outcome.answer_f1 is not None for outcome in outcomes], bool)
    worded = np.array([outcome.words_hold is not None for outcome in outcomes], bool)
    ranked = np.array([outcome.gain is not None for outcome in outcomes], bool)
    return {
        **{f"R@{k}": ((ranks > 0) & (ranks <= k), answerable) for k in (1, 3, 5, 20)},
        "MRR@10": (reciprocal, answerable),
        "nDCG@10": (np.array([outcome.gain or 0.0 for outcome in outcomes]), ranked),
        "marked": (np.array([bool(outcome.marked) for outcome in outcomes]), judged),
        "marked characters": (lengths, lengths > 0),
        "marked sentences": (sentences, sentences > 0),
        "answer F1": (np.array([outcome.answer_f1 or 0.0 for outcome in outcomes]), known),
        "exact match": (np.array([bool(outcome.answer_exact) for outcome in outcomes]), known),
        "worded": (worded, known & answered),
        "words right": (np.array([bool(outcome.words_hold) for outcome in outcomes]), worded & answered),
        "answered": (answered, everything),
        "precision": (right, answered),
        "recall": (right & answered, answerable),
        "wrongly nothing": (nothing, answerable),
        "rightly nothing": (nothing, ~answerable),
        "Brier": ((confidence - right) ** 2, everything),
    }


def _kinds(outcomes: Sequence[Outcome]) -> dict[str, NDArray[np.bool_]]:
    """What the confidence should tell apart."""
    return {
        "AUC answerable": np.array([outcome.answerable for outcome in outcomes], bool),
        "AUC right": np.array([outcome.rank == 1 for outcome in outcomes], bool),
    }
