"""How far the words that were marked say what the right ones say, compared as SQuAD compares them."""

import re
from collections import Counter
from collections.abc import Sequence

_SMALL = """il lo la i gli le l un uno una the a an di d del dello della dei degli delle dell da dal dallo dalla dai
dalle dall in nel nello nella nei nelle nell a al allo alla ai agli alle all su sul sullo sulla sui sulle sull con
per"""
_PUNCTUATION = re.compile(r"[^\w\s]|_")


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


def holds(found: str, right: Sequence[str]) -> bool:
    """Whether it says at least what one of the right answers says, in one piece."""
    said = normalised(found)
    wanted = [normalised(text) for text in right]
    return any(said[at : at + len(some)] == some for some in wanted for at in range(max(1, len(said) - len(some) + 1)))


def _overlap(one: Sequence[str], other: Sequence[str]) -> float:
    if not one or not other:
        return float(list(one) == list(other))
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other))


_DROPPED = frozenset(_SMALL.split())
