"""What was drawn on the pages of a PDF, and what of it runs from page to page."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile, zip_longest

_MARGIN = 0.15
"""Of a page's height, above and below, where running heads and feet stand."""
_MOST_RUNNING = 5
"""Rows of a head, and of a foot."""
_FAR = 2
"""Pages over which one is seen again: left and right ones differ."""
_MOVED = 4.0
"""Points by which it may be moved."""
_LARGER = 1.2
"""How many times larger than the text a row is that heads its own page alone."""
_NUMBERS = re.compile(r"\d{1,9}|\b[ivxlc]+\b")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SAME_LINE = 0.5
"""Of a height, by which base lines in one row differ at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Text that was drawn in one go; lengths are in points, from the left and the bottom of the page."""

    text: str
    left: float
    right: float
    base: float
    height: float


Row = tuple[Piece, ...]
"""What stands on one base line, from left to right."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Its rows from the top down."""

    height: float
    image: bool
    """Whether there is a picture on it."""
    rows: tuple[Row, ...]


def rows_of(pieces: Iterable[Piece]) -> tuple[Row, ...]:
    """Pieces by their base lines."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.base):
        if rows and rows[-1][0].base - piece.base <= _SAME_LINE * min(piece.height, rows[-1][0].height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return tuple(tuple(sorted(row, key=lambda piece: piece.left)) for row in rows)


def is_rightward(pieces: Iterable[Piece]) -> bool:
    """Whether most of it is written from left to right."""
    kinds = [unicodedata.bidirectional(letter) for piece in pieces for letter in piece.text]
    return kinds.count("L") >= kinds.count("R") + kinds.count("AL")


def usual_height(drawn: Iterable[tuple[float, str]]) -> float:
    """That of most letters, of heights and what was written in them."""
    heights = sorted((height, len(text)) for height, text in drawn)
    letters = list(accumulate(length for _, length in heights))
    return heights[bisect_left(letters, letters[-1] / 2)][0] if heights else 0.0


def without_running(pages: Sequence[Page]) -> list[Page]:
    """Without heads, feet and numbers that stand in the same place of a page nearby."""
    most = _LARGER * usual_height((p.height, p.text) for page in pages for row in page.rows for p in row)
    top = [
        [_seen(row, most) for row in page.rows[:_MOST_RUNNING] if row[0].base > (1 - _MARGIN) * page.height]
        for page in pages
    ]
    bottom = [
        [_seen(row, most) for row in page.rows[: -_MOST_RUNNING - 1 : -1] if row[0].base < _MARGIN * page.height]
        for page in pages
    ]
    kept = []
    for number, page in enumerate(pages):
        heads, feet = _running(top, number), _running(bottom, number)
        kept.append(replace(page, rows=page.rows[heads : len(page.rows) - feet]) if heads + feet else page)
    return kept


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """A row as it would look on any other page."""

    text: str
    """With `#` for its numbers."""
    numbers: tuple[int, ...]
    base: float
    large: bool
    """Larger than what runs from page to page."""


def _seen(row: Row, most: float) -> _Seen:
    text = " ".join(" ".join(piece.text for piece in row).casefold().split())
    return _Seen(
        text=_NUMBERS.sub("#", text),
        numbers=tuple(map(_value, _NUMBERS.findall(text))),
        base=row[0].base,
        large=max(piece.height for piece in row) > most,
    )


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    letters = [_ROMAN[letter] for letter in number]
    return sum(-one if one < two else one for one, two in zip_longest(letters, letters[1:], fillvalue=0))


def _running(edges: Sequence[Sequence[_Seen]], number: int) -> int:
    """How many rows at the edge of a page stand on another page as well."""
    near = [*range(max(0, number - _FAR), number), *range(number + 1, min(len(edges), number + 1 + _FAR))]

    def again(row: _Seen) -> bool:
        return any(_is_again(row, other, page - number) for page in near for other in edges[page])

    return len(list(takewhile(again, edges[number])))


def _is_again(row: _Seen, other: _Seen, pages: int) -> bool:
    """Whether it is the same, or but for a number that goes on as the pages do, or the two of facing pages.

    Other numbers are those of a table, and what is large and counted heads what stands on its page.
    """
    if abs(row.base - other.base) > _MOVED:
        return False
    if row.text != other.text:
        return row.text == "#" and row.numbers[0] + pages in other.numbers
    steps = [two - one for one, two in zip(row.numbers, other.numbers, strict=True) if one != two]
    if any(map(str.isalpha, row.text)):
        return not steps or (steps == [pages] and not row.large)
    return len(set(steps)) <= 1 and steps[:1] in ([], [pages], [2 * pages])
