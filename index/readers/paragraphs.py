"""Lines as they were printed, put together into the paragraphs that they were broken from."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.readers.drawn import usual_height
from index.readers.hyphens import HYPHENS, joined, words_in
from index.readers.lines import Line

_USUAL_DROP, _MOST_DROP, _FARTHEST = 1.2, 2.5, 3.0
"""Of a line's height, from line to line: where too few tell, at most, and where it is no next line."""
_FEW = 3
"""Lines that make a habit."""
_WIDE = 1.35
"""Of the usual drop, from which on it is a new paragraph."""
_INDENT = 0.8
"""Of a line's height."""
_OTHER_HEIGHT = 1.12
"""How many times larger the letters of a heading are."""
_SPARE, _MUCH_TO_SPARE = 1.5, 6
"""Letters for which there is room beside a word that was not put there, after the end of a sentence and within one."""
_FLUSH = 1.0
"""Points by which full lines differ."""
_BULLET = re.compile(r"[•◦▪‣●○■□·➢✓]\s")
_COUNTED = re.compile(r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivx]+)[.)]|[-–—*])\s")
"""How points of a list begin, and sometimes lines that only happen to."""
_ENDED = re.compile(r"[.!?…:;。！？؟۔][\"'”’»“)\]]*$")


def flowing_text(lines: Sequence[Line], pages: int) -> tuple[str, tuple[int, ...]]:
    """The text, and the character where each of so many pages begins."""
    words = words_in(line.text for line in lines)
    parts, starts = list[str](), list[int]()
    length = 0
    for line, gap in zip(lines, _breaks(lines), strict=True):
        if parts:
            last = parts.pop()
            whole = joined(last, line.text, words) if not gap else None
            parts.append(last.rstrip("\u00ad") + (gap or _space(last, line.text)) if whole is None else whole)
            length += len(parts[-1])
        starts += [length] * (line.page + 1 - len(starts))
        parts.append(line.text)
    text = "".join(parts).rstrip("\u00ad")
    return text, (*starts, *[len(text)] * (pages - len(starts)))


def _space(before: str, after: str) -> str:
    """Between two lines; scripts that are written without spaces need none."""
    wide = all(
        unicodedata.east_asian_width(letter) == "W" and not _is_hangul(letter) for letter in before[-1] + after[0]
    )
    return "" if wide else " "


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Habits:
    """How most of a file is set."""

    height: float
    drop: float
    """From line to line, in heights."""
    indented: bool
    """Whether paragraphs begin with an indent."""


def _habits(lines: Sequence[Line]) -> _Habits:
    pairs = [(one, two) for one, two in pairwise(lines) if one.page == two.page and one.base > two.base]
    drops = [by for one, two in pairs if (by := (one.base - two.base) / one.height) < _FARTHEST]
    return _Habits(
        height=usual_height((line.height, line.text) for line in lines),
        drop=min(median(drops), _MOST_DROP) if len(drops) >= _FEW else _USUAL_DROP,
        indented=sum(_deeper(one, two) > _INDENT for one, two in pairs) >= _FEW,
    )


def _breaks(lines: Sequence[Line]) -> Iterator[str]:
    """What comes before each line: nothing where a paragraph goes on."""
    habits = _habits(lines) if lines else None
    so_far: list[Line] = []
    for line in lines:
        gap = _gap(so_far, line, habits) if so_far and habits else ""
        so_far = [line] if gap == "\n\n" else [*so_far[-1:], line]
        yield gap


def _gap(so_far: Sequence[Line], two: Line, habits: _Habits) -> str:
    """Between the last of a paragraph's lines, of which the last two are given, and the next."""
    one = so_far[-1]
    if one.cells or two.cells:
        return "\n" if one.cells and two.cells else "\n\n"
    if max(one.height, two.height) > _OTHER_HEIGHT * min(one.height, two.height) or _BULLET.match(two.text):
        return "\n\n"
    if one.text.endswith(HYPHENS) and two.text[0].islower():
        return ""
    ended, fitted = bool(_ENDED.search(one.text)), _would_fit(so_far, two)
    if _COUNTED.match(two.text) and (ended or fitted):
        return "\n\n"
    if one.page != two.page or one.base <= two.base:  # a new column
        goes_on = not fitted and (not ended or (habits.indented and two.indent < _INDENT * two.height))
        return "" if goes_on else "\n\n"
    if one.base - two.base > _WIDE * habits.drop * max(one.height, two.height):
        return "\n\n"
    if _moved(one, two, alone=len(so_far) == 1):
        return "\n\n"
    if not fitted or (two.height > _OTHER_HEIGHT * habits.height and not ended):  # headings go on as they like
        return ""
    return "\n\n" if ended else "\n"


def _moved(one: Line, two: Line, *, alone: bool) -> bool:
    """Whether the second begins a paragraph by where it begins; what is centred says nothing by that."""
    by = _deeper(one, two)
    if abs((one.left + one.right) - (two.left + two.right)) < two.height and one.indent > two.height:
        return False
    if by > _INDENT:
        return not (_BULLET.match(one.text) or _COUNTED.match(one.text))
    return by < -_INDENT and not alone


def _deeper(one: Line, two: Line) -> float:
    """By how many heights the second is indented more."""
    return (two.indent - one.indent) / two.height


def _would_fit(so_far: Sequence[Line], two: Line) -> bool:
    """Whether the next line's first word had room on the last: then somebody wanted a new line.

    Lines that end in the same place are full, though others of the column be longer.
    """
    *before, one = so_far
    if any(abs(one.room - other.room) < _FLUSH for other in (*before, two)):
        return False
    width = (two.right - two.left) / max(1, len(two.text))
    spare = _SPARE if _ENDED.search(one.text) else _MUCH_TO_SPARE
    return one.room > width * (len(two.text.split(maxsplit=1)[0]) + spare)
