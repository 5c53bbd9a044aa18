"""The best span out of a model's logits, and what it is worth beside the right ones."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.float32]

_LONGEST = 30
"""Tokens of an answer."""
_STARTS = 20
_SMALL = """il lo la i gli le l un uno una the a an di del dello della dei degli delle dell da dal dallo dalla dai
dalle dall in nel nello nella nei nelle nell a al allo alla ai agli alle all su sul sullo sulla sui sulle sull con
per"""
_PUNCTUATION = re.compile(r"[^\w\s]|_")


def best_span(starts: Logits, ends: Logits) -> tuple[int, int, float]:
    """First and last token with the highest sum of logits, at most 30 tokens apart, and that sum."""
    best = (0, 0, -np.inf)
    for first in np.argsort(-starts)[:_STARTS]:
        last = first + int(np.argmax(ends[first : first + _LONGEST]))
        if starts[first] + ends[last] > best[2]:
            best = (int(first), last, float(starts[first] + ends[last]))
    return best


def normalised(text: str) -> list[str]:
    """Words as SQuAD compares them, without case, punctuation and articles; Italian ones and prepositions go too."""
    said = _PUNCTUATION.sub(" ", text.lower()).split()
    return [word for word in said if word not in _DROPPED]


def f1(found: str, right: Sequence[str]) -> float:
    """Overlap in words with the best of the right answers; see Rajpurkar et al. (2016)."""
    return max(_overlap(normalised(found), normalised(text)) for text in right)


def exact(found: str, right: Sequence[str]) -> bool:
    """Whether it says the same as one of the right answers."""
    return any(normalised(found) == normalised(text) for text in right)


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    if not one or not other:
        return float(list(one) == list(other))
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other))


_DROPPED = frozenset(_SMALL.split())
