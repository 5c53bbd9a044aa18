"""The text of a page as its readers see it, and the parts of it that somebody chose."""

import re
from array import array
from collections.abc import Iterator
from typing import Any

from index.readers.letters import UNSEEN, composed

_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|rb|ruby|s|samp|small|span|strike"
    "|strong|sub|sup|time|tt|u|var|wbr|graphic|hi|ref"
)
"""HTML's, and after them trafilatura's own."""
_ROWS, _CELLS = ("tr", "row", "caption"), ("td", "th", "cell")
_BETWEEN_CELLS = " | "
_BREAK, _PARAGRAPH = "\x1e", "\x1d"
"""While the text is put together; HTML has no such characters."""
_NEAR, _SEARCHES = 20_000, 200
"""Characters that are searched for the next paragraph, and how often all of the page may be: else minutes pass."""
_GAP = re.compile(r"[\s|]*")


def flowing(element: Any) -> str:
    """Paragraphs, headings and list items kept apart by blank lines; rows of tables and `<br>` are lines."""
    parts = re.split(f"{_PARAGRAPH}|{_BREAK}\\s*{_BREAK}", "".join(_pieces(element)))
    return composed("\n\n".join(filter(None, map(_lines, parts))))


def chosen(seen: str, choice: str) -> str:
    """The paragraphs of `choice` as they stand in `seen`, white space included; others as they are."""
    packed, places = _packed(seen)
    parts, position, end, searches = list[str](), 0, -1, _SEARCHES
    for paragraph in choice.split("\n\n"):
        wanted, _ = _packed(paragraph)
        found = packed.find(wanted, position, position + len(wanted) + _NEAR)
        if found < 0 < searches:
            searches -= 1
            found = max(packed.find(wanted, position), packed.find(wanted))
        if found < 0 or not wanted:
            parts += ("\n\n", paragraph)
            end = -1
            continue
        position = found + len(wanted)
        start, last_end, end = places[found], end, places[position - 1] + 1
        gap = seen[last_end:start] if 0 <= last_end <= start else ""
        parts += (gap if gap and _GAP.fullmatch(gap) else "\n\n", seen[start:end])
    return "".join(parts).strip()


def _packed(text: str) -> tuple[str, "array[int]"]:
    """Without white space and what stands between cells, and where each character was."""
    places = array("I", (place for place, character in enumerate(text) if not character.isspace() and character != "|"))
    return "".join(text.split()).replace("|", ""), places


def _lines(paragraph: str) -> str:
    lines = (" ".join(UNSEEN.sub("", line).split()) for line in paragraph.split(_BREAK))
    return "\n".join(line for line in lines if line)


def _pieces(element: Any, *, written: bool = False) -> Iterator[str]:
    """All text in `element`, with marks where it breaks; of what is `written` with `<pre>` each line ends."""
    if element.tag in ("br", "lb"):
        yield _BREAK
    elif element.tag == "table" and not any(map(_is_layout, element.iter(*_CELLS))):
        yield _PARAGRAPH + _BREAK.join(map(_row, element.iter(*_ROWS))) + _PARAGRAPH
    else:
        written = written or element.tag == "pre"
        edge = "" if _INLINE.fullmatch(element.tag) else _PARAGRAPH
        yield edge
        yield from _inside(element, written=written)
        yield edge


def _inside(element: Any, *, written: bool = False) -> Iterator[str]:
    yield _broken(element.text, written=written)
    for child in element:
        yield from _pieces(child, written=written)
        yield _broken(child.tail, written=written)


def _broken(text: str | None, *, written: bool) -> str:
    return (text or "").replace("\n", _BREAK) if written else text or ""


def _row(row: Any) -> str:
    cells = row.iter(*_CELLS) if row.tag != "caption" else [row]
    texts = (" ".join("".join(_inside(cell)).replace(_BREAK, " ").split()) for cell in cells)
    return _BETWEEN_CELLS.join(filter(None, texts))


def _is_layout(cell: Any) -> bool:
    """Whether a cell holds paragraphs: such a table only arranges the page."""
    return any(not _INLINE.fullmatch(each.tag) and each.tag not in ("br", "lb") for each in cell.iterdescendants())
