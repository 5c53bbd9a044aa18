"""Which spans of a passage answer, and how likely, out of the logits of their first and last tokens."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.float32]

LONGEST = 30
"""Tokens of an answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenSpan:
    """From the `first` to the `last` token."""

    first: int
    last: int
    probability: float
    """That the answer is there: of this span and all that overlap it, which differ in where they end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spans:
    """Likeliest first; none overlaps another."""

    spans: tuple[TokenSpan, ...]
    margin: float
    """Logarithm of the odds that there is an answer at all."""


def best_spans(starts: Logits, ends: Logits, none: float, *, count: int) -> Spans:
    """Of the (tokens,) logits of a passage and that of no answer; probabilities and `none` add up to 1.

    All spans of up to LONGEST tokens compete with each other and with none in one softmax.
    """
    tokens = len(starts)
    if not tokens:
        return Spans(spans=(), margin=-np.inf)
    sums = np.full((min(LONGEST, tokens), tokens), -np.inf)
    for more in range(len(sums)):
        sums[more, : tokens - more] = starts[: tokens - more] + ends[more:]
    top = float(sums.max())
    weights = np.exp(sums - top)
    total = float(weights.sum())
    whole = total + float(np.exp(min(none - top, 700.0)))
    first = np.arange(tokens)[None]
    last = first + np.arange(len(sums))[:, None]
    found = list[TokenSpan]()
    for _ in range(count):
        more, start = divmod(int(weights.argmax()), tokens)
        if not weights[more, start]:
            break
        overlapping = (first <= start + more) & (last >= start)
        found.append(TokenSpan(first=start, last=start + more, probability=float(weights[overlapping].sum()) / whole))
        weights[overlapping] = 0
    return Spans(spans=tuple(found), margin=top + float(np.log(total)) - none)
