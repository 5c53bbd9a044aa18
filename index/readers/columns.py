"""In which order the rows of a page are read: columns one after the other, tables row by row."""

from collections.abc import Iterator, Sequence
from statistics import median

from index.readers.drawn import Piece, Row

Gap = tuple[float, float]
"""From where to where, across the page, there is nothing."""
_GUTTER = 0.8
"""Of a line's height: how wide the space between columns is at least."""
_MOST_GAPS = 60
"""Beside each other; real pages have a few."""
_FEWEST_LINES, _SHORTEST_LINE = 3, 20
"""Lines of a column, and letters in them on an average: less is the column of a table."""
_DEEPEST = 8


def in_reading_order(rows: Sequence[Row], *, rightward: bool, depth: int = 0) -> Iterator[list[Row]]:
    """Runs of rows that share their edges; from `rightward` pages the left column comes first."""
    together: list[Row] = []
    for block, gaps in _blocks(rows):
        gutter = _gutter(block, gaps) if depth < _DEEPEST else None
        if gutter is None:
            together += block
            continue
        if together:
            yield together
            together = []
        middle = sum(gutter) / 2
        left = [tuple(piece for piece in row if piece.right <= middle) for row in block]
        right = [tuple(piece for piece in row if piece.right > middle) for row in block]
        for side in (left, right) if rightward else (right, left):
            yield from in_reading_order([row for row in side if row], rightward=rightward, depth=depth + 1)
    if together:
        yield together


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[list[Row], list[Gap]]]:
    """Rows in succession, as many as leave gaps in the same places."""
    if not rows:
        return
    pieces = [piece for row in rows for piece in row]
    whole = (min(piece.left for piece in pieces), max(piece.right for piece in pieces))
    least = max(_GUTTER * median(piece.height for piece in pieces), (whole[1] - whole[0]) / _MOST_GAPS, 1.0)
    block: list[Row] = []
    gaps = [whole]
    for row in rows:
        left = _narrowed(gaps, row, least)
        if block and not _shared(left, row):
            yield block, gaps
            block, left = [], _narrowed([whole], row, least)
        block.append(row)
        gaps = left
    yield block, gaps


def _shared(gaps: Sequence[Gap], row: Row) -> bool:
    """Whether a row goes on the block that leaves these gaps: one lies between its pieces, if it has several."""
    if len(row) < 2:
        return bool(gaps)
    first, last = min(piece.right for piece in row), max(piece.left for piece in row)
    return any(first <= begin and end <= last for begin, end in gaps)


def _narrowed(gaps: Sequence[Gap], row: Row, least: float) -> list[Gap]:
    """What a row leaves of them."""
    for piece in row:
        gaps = [
            part
            for begin, end in gaps
            for part in ((begin, min(end, piece.left)), (max(begin, piece.right), end))
            if part[1] - part[0] >= least
        ]
    return list(gaps)


def _gutter(block: Sequence[Row], gaps: Sequence[Gap]) -> Gap | None:
    """The widest gap with prose on both sides of it."""
    pieces = [piece for row in block for piece in row]
    for begin, end in sorted(gaps, key=lambda gap: gap[0] - gap[1]):
        middle = (begin + end) / 2
        if _is_prose([p for p in pieces if p.right <= middle]) and _is_prose([p for p in pieces if p.right > middle]):
            return begin, end
    return None


def _is_prose(pieces: Sequence[Piece]) -> bool:
    return len(pieces) >= _FEWEST_LINES and sum(len(piece.text) for piece in pieces) >= _SHORTEST_LINE * len(pieces)
