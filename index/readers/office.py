"""Word processors' files, books and marked-up text: an article each, with all headings, lists, tables and notes."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from index.article import Article
from index.readers.about import About, about_packed, about_rtf
from index.readers.charsets import page_text
from index.readers.files import Skipped, SourceFile
from index.readers.flow import flowing
from index.readers.letters import plain_letters
from index.readers.making import Unreadable, day, decoded, make_article, read_bytes
from index.readers.markup import keep_visible, page_tree
from index.readers.pandoc import as_html
from index.readers.rtf import with_numbers

_LARGEST = 50_000_000
"""Bytes, pictures included."""
_MOST_ELEMENTS = 1_000_000
"""Of markup, in a book."""
RTF_MARK = b"{\\rtf"
_OLD = b"\xd0\xcf\x11\xe0"
"""How files of Word begin that are no DOCX, and DOCX that are locked."""
_HEADER = "//header[@id='title-block-header']"
_REPEATED = (
    f"//head|{_HEADER}/*[@class='title' or @class='author' or @class='date']|//*[@class='abstract-title']"
    "|//a[contains(@class, 'footnote-back')]"
)
"""What pandoc says beside the text; of the header only a subtitle and an abstract stand nowhere else."""
_NOTES = "//section[@id='footnotes']"
_NO_DAY = re.compile(r"\d{4}(?:[-/.]\d\d)?")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_packed(file: SourceFile) -> Iterator[Article | Skipped]:
    """A DOCX, ODT or EPUB."""
    data = _data(file, b"PK")
    try:
        about = about_packed(data)
    except zipfile.BadZipFile as error:
        raise Unreadable("is damaged: it cannot be unpacked") from error
    yield _article(data, file, about)


def read_rtf(file: SourceFile) -> Iterator[Article | Skipped]:
    """What Word and others keep as text."""
    data = with_numbers(_data(file, RTF_MARK))
    yield _article(data, file, about_rtf(data))


def read_fb2(file: SourceFile) -> Iterator[Article | Skipped]:
    """A FictionBook."""
    data = page_text(read_bytes(file.path, most=_LARGEST)).encode("utf-8", "replace")
    if b"<FictionBook" not in data:
        raise Unreadable("is empty" if not data.strip() else "is no FictionBook")
    yield _article(data, file, About())


def read_marked_up(file: SourceFile) -> Iterator[Article | Skipped]:
    """Text that is marked up for a program which sets it: reStructuredText, Org, LaTeX; a notebook of Jupyter."""
    text = decoded(read_bytes(file.path))
    if not text.strip():
        raise Unreadable("is empty")
    yield _article(text.encode("utf-8", "replace"), file, About())


def _data(file: SourceFile, beginning: bytes) -> bytes:
    data = read_bytes(file.path, most=_LARGEST)
    if data.startswith(beginning):
        return data
    if data.startswith(_OLD):
        raise Unreadable("is locked with a password, or of an older kind: save it anew")
    raise Unreadable("is empty" if not data.strip() else f"is no {_form(file).upper()}")


def _form(file: SourceFile) -> str:
    ending = file.path.suffix[1:].lower()
    return "latex" if ending == "tex" else ending


def _article(data: bytes, file: SourceFile, about: About) -> Article:
    tree = page_tree(as_html(data, _form(file)), most=_MOST_ELEMENTS)
    title = tree.xpath(f"string({_HEADER}/*[@class='title'])")
    authors = ", ".join(filter(None, map(str.strip, tree.xpath("//meta[@name='author']/@content"))))
    published = _day(tree)
    _arrange(tree)
    text = plain_letters(flowing(tree))
    return make_article(
        text,
        source=file.name,
        title=title.strip() or about.title or _heading(tree) or file.called,
        author=authors or about.author,
        published=published or about.published,
    )


def _day(tree: Any) -> date | None:
    """As pandoc makes it out; of a mere year it makes the first of January."""
    if _NO_DAY.fullmatch(tree.xpath(f"normalize-space({_HEADER}/*[@class='date'])")):
        return None
    return day(tree.xpath("string(//meta[@name='dcterms.date']/@content)")[:10])


def _heading(tree: Any) -> str:
    """The first."""
    return " ".join(str(tree.xpath("string((//h1|//h2)[1])")).split())


def _arrange(tree: Any) -> None:
    """Takes out what pandoc repeats, and names notes by small figures, in place."""
    keep_visible(tree)
    for element in tree.xpath(_REPEATED):
        element.drop_tree()
    for reference in tree.xpath("//a[contains(@class, 'footnote-ref')]"):
        figure = str(reference.xpath("string()")).translate(_RAISED)
        for child in reference:
            child.drop_tree()
        reference.text = figure
    for number, note in enumerate(tree.xpath(f"{_NOTES}/ol/li"), 1):
        first = note[0] if len(note) and note[0].tag == "p" else note
        first.text = f"{str(number).translate(_RAISED)} {first.text or ''}"
    for paragraph in tree.xpath("//td[count(*)=1]/p|//th[count(*)=1]/p"):  # else flowing takes the table for layout
        paragraph.drop_tag()
