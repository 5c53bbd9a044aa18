"""What was drawn on the pages of a PDF, and what of it runs from page to page."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

_MARGIN = 0.15
"""Of a page's height, above and below, where running heads and feet stand."""
_MOST_RUNNING = 5
"""Rows of a head, and of a foot."""
_FAR = 2
"""Pages over which one is seen again: left and right ones differ."""
_MOVED = 4.0
"""Points by which it may be moved."""
_NUMBERS = re.compile(r"\d+|\b[ivxlc]+\b")
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


def without_running(pages: Sequence[Page]) -> list[Page]:
    """Without heads, feet and numbers that stand in the same place of a page nearby."""
    top = [
        [_seen(row) for row in page.rows[:_MOST_RUNNING] if row[0].base > (1 - _MARGIN) * page.height] for page in pages
    ]
    bottom = [
        [_seen(row) for row in page.rows[: -_MOST_RUNNING - 1 : -1] if row[0].base < _MARGIN * page.height]
        for page in pages
    ]
    kept = []
    for number, page in enumerate(pages):
        heads, feet = _running(top, number), _running(bottom, number)
        kept.append(replace(page, rows=page.rows[heads : len(page.rows) - feet]) if heads + feet else page)
    return kept


def _seen(row: Row) -> tuple[str, float]:
    """A row as it would look on any other page."""
    text = " ".join(" ".join(piece.text for piece in row).casefold().split())
    return _NUMBERS.sub("#", text), row[0].base


def _running(edges: Sequence[Sequence[tuple[str, float]]], number: int) -> int:
    """How many rows at the edge of a page stand on another page as well."""
    near = [*edges[max(0, number - _FAR) : number], *edges[number + 1 : number + 1 + _FAR]]
    others = [row for rows in near for row in rows]

    def again(row: tuple[str, float]) -> bool:
        there = [text for text, base in others if abs(row[1] - base) <= _MOVED]
        return row[0] in there or (row[0] == "#" and any("#" in text for text in there))

    return len(list(takewhile(again, edges[number])))
