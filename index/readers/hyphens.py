"""Words that were parted at the end of a line, put together where that makes a word."""

import re
from collections.abc import Collection, Iterable

HYPHENS = ("-", "\u2010", "\u00ad")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST = re.compile(r"([^\W_]+)[-\u2010]$")
_FIRST = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")
_SUSPENDED = frozenset({"und", "oder", "bzw", "sowie", "bis", "en", "of", "och", "eller", "og", "e", "ed", "o", "od"})
"""Before these a hyphen stands for what comes later: „Haupt- und Nebenstraße“."""
_LONGEST_WORD = 100
_SHORTEST_PART = 4
"""Letters; shorter words are syllables of others as well."""


def words_in(lines: Iterable[str]) -> set[str]:
    """All words that stand whole within lines, in small letters."""
    words: set[str] = set()
    parted = False
    for line in lines:
        line = line.strip()
        found = [match[0].casefold().replace("\u2010", "-") for match in _WORD.finditer(line)]
        words.update(found[parted : len(found) - line.endswith(HYPHENS)])
        parted = line.endswith(HYPHENS)
    return words


def joined(before: str, after: str, words: Collection[str]) -> str | None:
    """What is left of the line `before` where `after` follows without a space; None where no word was parted.

    `words` are those of the whole text. A hyphen stays where the text has the word with it, or where it joins names,
    numbers or words of their own; else it was the printer's.
    """
    if before.endswith("\u00ad"):
        return before[:-1]
    last, first = _LAST.search(before[-_LONGEST_WORD:]), _FIRST.match(after)
    if not last or not first or first[0].casefold() in _SUSPENDED:
        return None
    one, two = last[1].casefold(), first[0].casefold().replace("\u2010", "-")
    if one + two in words:
        return before[:-1]
    apart = (
        f"{one}-{two}" in words
        or not (one + two.replace("-", "")).isalpha()
        or (first[0][0].isupper() and not last[1].isupper())
        or (min(len(one), len(two)) >= _SHORTEST_PART and one in words and two in words)
    )
    return before if apart else before[:-1]
