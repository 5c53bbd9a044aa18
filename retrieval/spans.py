"""Which spans of a passage answer, and how likely, out of the logits of their first and last tokens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.floating[Any]]

LONGEST = 30
"""Tokens of an answer."""
_HELD = 0.5
"""How much of what is likely of an answer's place is held by the words around it that are marked."""
_WIDER = 8
"""Tokens by which these may begin earlier or end later."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenSpan:
    """From the `first` to the `last` token."""

    first: int
    last: int
    probability: float
    """That the answer is there: of this span and all that overlap it, which differ in where they end."""
    held: tuple[int, int]
    """First and last token of the shortest run around it in which the answer, if it is there, lies as likely as not."""


def span_logits(starts: Logits, ends: Logits, none: float) -> Logits:
    """(LONGEST or fewer, tokens): at [m, t] that of the span of m + 1 tokens that begins with t, above `none`."""
    tokens = len(starts)
    sums = np.full((min(LONGEST, tokens), tokens), -np.inf)
    for more in range(len(sums)):
        sums[more, : tokens - more] = starts[: tokens - more] + ends[more:] - none
    return sums


def of_windows(windows: Iterable[tuple[int, Logits]], tokens: int) -> Logits:
    """(LONGEST, tokens), of a passage that was read in windows, each from a token on; where they overlap, the most."""
    whole = np.full((LONGEST, tokens), -np.inf)
    for begin, sums in windows:
        within = whole[: len(sums), begin : begin + sums.shape[1]]
        np.maximum(within, sums, out=within)
    return whole


def halfway(whole: Logits, pieces: Sequence[Logits]) -> Logits:
    """Between what reading the `whole` passage says of a span and what its `pieces` that have the span say."""
    if not len(pieces):
        return whole
    has = np.isfinite(pieces)
    total, times = np.where(has, pieces, 0).sum(0), has.sum(0)
    return np.where(times > 0, (whole + total / np.maximum(times, 1)) / 2, whole)


def moved(sums: Logits, points: Logits) -> Logits:
    """With `points` (tokens,) on top of the spans that begin there; the odds that any of all answers stay."""
    raised: Logits = sums + points
    return raised + (margin(sums) - margin(raised)) if sums.size else sums


def within(sums: Logits, pieces: NDArray[np.integer[Any]]) -> Logits:
    """Without the spans that begin in one piece and end in another; `pieces` are the numbers of each token's."""
    last = np.minimum(np.arange(sums.shape[1]) + np.arange(len(sums))[:, None], sums.shape[1] - 1)
    return np.where(pieces == pieces[last], sums, -np.inf)


def margin(sums: Logits) -> float:
    """Logarithm of the odds that any of the spans answers."""
    top = float(sums.max(initial=-np.inf))
    return top + float(np.log(np.exp(sums - top).sum())) if np.isfinite(top) else top


def best_spans(sums: Logits, *, count: int) -> tuple[TokenSpan, ...]:
    """Likeliest first; none overlaps another. All spans compete with each other and with no answer in one softmax."""
    if not sums.size:
        return ()
    tokens = sums.shape[1]
    top = float(sums.max())
    weights = np.exp(sums - top)
    whole = float(weights.sum()) + float(np.exp(min(-top, 700.0)))
    first = np.arange(tokens)[None]
    last = first + np.arange(len(sums))[:, None]
    found = list[TokenSpan]()
    for _ in range(count):
        more, start = divmod(int(weights.argmax()), tokens)
        if not weights[more, start]:
            break
        overlapping = (first <= start + more) & (last >= start)
        there = np.where(overlapping, weights, 0)
        found.append(
            TokenSpan(
                first=start, last=start + more, probability=float(there.sum()) / whole,
                held=_holding(there, start, start + more),
            )
        )  # fmt: skip
        weights[overlapping] = 0
    return tuple(found)


def _holding(weights: Logits, first: int, last: int) -> tuple[int, int]:
    """The shortest run of tokens around a span in which half of the `weights` begin and end; of those the heaviest."""
    wanted = _HELD * float(weights.sum())
    if weights[last - first, first] >= wanted:
        return first, last
    begin, end = max(0, first - _WIDER), min(weights.shape[1] - 1, last + _WIDER)
    size = end - begin + 1
    between = np.zeros((size, size))  # at [a, b], once summed, of all spans that begin at a or later and end by b
    for more in range(min(len(weights), size)):
        np.fill_diagonal(between[:, more:], weights[more, begin : end + 1 - more])
    between = between[::-1].cumsum(0)[::-1].cumsum(1)
    runs = [
        (after - before, -between[before, after], begin + before, begin + after)
        for before in range(first - begin + 1)
        for after in range(last - begin, size)
        if between[before, after] >= wanted
    ]
    return min(runs)[2:] if runs else (first, last)
