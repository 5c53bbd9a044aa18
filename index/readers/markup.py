"""A page's markup as a tree of what its readers see, however wild the markup is."""

import re
from typing import Any

from lxml import etree, html

from index.readers.making import Unreadable

_MOST = 100_000
"""Elements of a page; ten seconds of work at worst."""
_DEEPEST = 200
_MOST_ATTRIBUTES = 200
"""Of one element: libxml2 takes quadratic time for them."""
_MOST_CELLS = 1000
"""Of one row of a table: trafilatura takes quadratic time for them."""
_UNSEEN = (
    "//script|//style|//template|//noscript|//iframe|//object|//svg|//head/title|//rt|//rp|//rtc|//*[@hidden]"
    "|//*[contains(translate(@style, 'DISPLAYNOE ', 'displaynoe'), 'display:none')]"
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Counting:
    """What a parser is told to build first: nothing. Raises Unreadable at what no real page has."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.elements = self.depth = 0
        self.cells = [0]
        """Of the row that is read, in each table that is open."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self.elements += 1
        self.depth += 1
        self._count_cells(tag)
        if self.elements > self.most:
            raise Unreadable(f"has more than {self.most:,} elements of markup; save its text instead")
        if self.depth > _DEEPEST:
            raise Unreadable(f"is nested more than {_DEEPEST} elements deep; save its text instead")
        if len(attributes) > _MOST_ATTRIBUTES:
            raise Unreadable(f"has <{tag[:20]}> with more than {_MOST_ATTRIBUTES} attributes; save its text instead")

    def end(self, tag: str) -> None:
        """An element closes."""
        self.depth -= 1
        if tag == "table" and len(self.cells) > 1:
            self.cells.pop()

    def data(self, text: str) -> None:
        """Text, which counts for nothing."""

    def close(self) -> None:
        """The page has ended."""

    def _count_cells(self, tag: str) -> None:
        if tag == "table":
            self.cells.append(0)
        elif tag == "tr":
            self.cells[-1] = 0
        elif tag in ("td", "th"):
            self.cells[-1] += 1
            if self.cells[-1] > _MOST_CELLS:
                raise Unreadable(f"has a table of more than {_MOST_CELLS:,} columns; save its text instead")


def page_tree(text: str, *, most: int = _MOST) -> Any:
    """The whole page, comments left out; raises Unreadable where it is empty, or has more than `most` elements."""
    data = text.encode("utf-8", "replace")
    try:
        counting = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=_Counting(most))
        etree.fromstring(data, parser=counting)
        whole = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(data, parser=whole)
    except etree.LxmlError as error:
        raise Unreadable("is empty" if not text.strip() else "has no markup that can be made out") from error
    return _without_controls(tree)


def _without_controls(tree: Any) -> Any:
    """Character references can name what XML can't hold; trafilatura stumbles over it."""
    for element in tree.iter():
        if _CONTROLS.search(f"{element.text or ''}{element.tail or ''}"):
            element.text, element.tail = (text and _CONTROLS.sub("", text) for text in (element.text, element.tail))
    return tree


def keep_visible(tree: Any) -> None:
    """Takes out, in place, what browsers don't show in the line, and how many cells of a table one cell covers."""
    for element in tree.xpath(_UNSEEN):
        if element.getparent() is not None:
            element.drop_tree()
    etree.strip_attributes(tree, "colspan", "rowspan")  # up to 1,000 empty cells would be made for each
