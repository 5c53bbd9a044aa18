"""Lines of a PDF as text, in the order that they are read in, with where they stood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.readers.columns import in_reading_order
from index.readers.drawn import Page, Row, is_rightward
from index.readers.letters import UNSEEN, plain_letters
from index.readers.making import settled

_BETWEEN_CELLS = " | "
_CELL, _TOUCHING = 2.0, 0.15
"""Of a line's height: from how much on what stands apart is another cell, and below how much it is the same word."""
_MANY = 5
"""Lines of a column from which on one may stick out."""
_LEADER = re.compile(r"(?<![.·_…\s])\s*+(?:[.·_…]\s?+){5,}+(?=\S)")
"""Dots that lead from a heading to its page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row as text, and where it stood."""

    text: str
    left: float
    right: float
    base: float
    height: float
    page: int
    edges: tuple[float, float]
    """Of its column, from left to right."""
    rightward: bool
    cells: bool
    """Whether it is the row of a table."""

    @property
    def indent(self) -> float:
        """From where its column begins."""
        return self.left - self.edges[0] if self.rightward else self.edges[1] - self.right

    @property
    def room(self) -> float:
        """What is left of its column after it."""
        return self.edges[1] - self.right if self.rightward else self.left - self.edges[0]


def lines_of(pages: Sequence[Page]) -> list[Line]:
    """All lines in the order that they are read in."""
    lines = []
    for number, page in enumerate(pages):
        rightward = is_rightward(piece for row in page.rows for piece in row)
        for run in in_reading_order(page.rows, rightward=rightward):
            lefts, rights = [row[0].left for row in run], [max(piece.right for piece in row) for row in run]
            edges = (min(lefts), _usual(rights)) if rightward else (-_usual([-left for left in lefts]), max(rights))
            lines += [_line(row, number, edges, rightward=rightward) for row in run]
    return [line for line in lines if line.text]


def _usual(ends: Sequence[float]) -> float:
    """Where the longest lines end, but for the few that stick out."""
    stick_out = max(1, len(ends) // 20) if len(ends) >= _MANY else 0
    return sorted(ends)[-1 - stick_out]


def _line(row: Row, page: int, edges: tuple[float, float], *, rightward: bool) -> Line:
    pieces = row if rightward else row[::-1]
    longest = max(row, key=lambda piece: len(piece.text))
    text = pieces[0].text.strip()
    for before, piece in pairwise(pieces):
        gap = max(piece.left - before.right, before.left - piece.right) / longest.height
        between = _BETWEEN_CELLS if gap >= _CELL else "" if gap < _TOUCHING and not before.text.endswith(" ") else " "
        text += between + piece.text.strip()
    text = _LEADER.sub(_BETWEEN_CELLS, _settled(text))
    return Line(
        text=text, left=row[0].left, right=max(piece.right for piece in row), base=longest.base,
        height=longest.height, page=page, edges=edges, rightward=rightward,
        cells=_BETWEEN_CELLS in text,
    )  # fmt: skip


def _settled(text: str) -> str:
    """A soft hyphen at the end is kept: it says that the word goes on."""
    line = plain_letters(" ".join(settled(UNSEEN.sub("", text)).split()))
    return line + "\u00ad" if line and text.endswith("\u00ad") else line
