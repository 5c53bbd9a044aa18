"""PDFs: the text that their readers see, whatever else is in them."""

import importlib.util
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

from index.article import Article
from index.readers.apart import MEMORY, SECONDS, said_by
from index.readers.drawn import Page, Piece, rows_of, usual_height, without_running
from index.readers.files import Skipped, SourceFile
from index.readers.lines import Line, lines_of
from index.readers.making import NOT_INSTALLED, Unreadable, day, make_article, need_size, one_line
from index.readers.paragraphs import flowing_text

_PROGRAM = Path(__file__).with_name("pdfium.py")
_LARGEST = 500_000_000
"""Bytes; most of a PDF are its pictures."""
PDF_MARK = b"%PDF-"
PDF_SEARCHED = 1024
"""Bytes in which the mark has to stand."""
_REASONS = {
    "encrypted": "is locked with a password: save it without one",
    "long": "has more than 20,000 pages; split it",
    "page": "is a page that could not be read",
    "damaged": "is damaged: no PDF that could be opened",
}
_SCAN = "is a scan: its pages hold no text; run it through OCR first"
_UNMAPPED = "has letters that don't say which they are; run it through OCR first"
_TITLE_HEIGHT, _LONGEST_TITLE = 1.2, 200
_NO_TITLE = re.compile(
    r"untitled.*|ohne titel.*|microsoft \w+ - .*|(?:.*[\\/])?\S+\.\w{2,5}|slide \d+|\W*", re.IGNORECASE
)
_NO_AUTHOR = re.compile(r"(?:windows )?user|admin(?:istrator)?|root|unknown|anonymous|author|\W*", re.IGNORECASE)
"""What programs write where nobody gave a title or a name."""


def read_pdf(file: SourceFile, *, seconds: float = SECONDS, memory: int = MEMORY) -> Iterator[Article | Skipped]:
    """One article with its pages; read in a process that has so many seconds and so many bytes of address space."""
    need_size(file.path, _LARGEST)
    with file.path.open("rb") as opened:
        start = opened.read(PDF_SEARCHED)
    if PDF_MARK not in start:
        raise Unreadable("is no PDF" if start.strip() else "is empty")
    if not is_there():
        raise Unreadable(NOT_INSTALLED)
    command = [sys.executable, "-I", str(_PROGRAM), str(file.path), str(int(seconds) + 1), str(memory)]
    about, *drawn = map(json.loads, said_by(command, seconds=seconds).splitlines())
    if "error" in about:
        raise Unreadable(_REASONS[about["error"]])
    for number, fields in enumerate(drawn, 1):
        if "error" in fields:
            yield Skipped(source=f"{file.name}:{number}", reason=_REASONS[fields["error"]])
    yield _article(about, [_page(fields) for fields in drawn], file)


def is_there() -> bool:
    """Whether what reads PDFs is installed."""
    return importlib.util.find_spec("pypdfium2") is not None


def _page(fields: Mapping[str, Any]) -> Page:
    pieces = [
        Piece(text=text, left=left, right=right, base=base, height=max(height, 1.0))
        for text, left, right, base, height in fields["pieces"]
    ]
    return Page(height=fields["height"], image=fields["image"], rows=rows_of(pieces))


def _article(about: Mapping[str, str], pages: Sequence[Page], file: SourceFile) -> Article:
    lines = lines_of(without_running(pages))
    text, starts = flowing_text(lines, len(pages))
    letters = [letter for letter in text if not letter.isspace()]
    if not any(map(str.isalnum, letters)) and any(page.image for page in pages):
        raise Unreadable(_SCAN)
    if 3 * sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for letter in letters) > len(letters):
        raise Unreadable(_UNMAPPED)
    title, author = one_line(about.get("Title", "")), one_line(about.get("Author", ""))
    return make_article(
        text,
        source=file.name,
        title=(not _NO_TITLE.fullmatch(title) and title) or _largest(lines) or file.called,
        author=None if _NO_AUTHOR.fullmatch(author) else author,
        published=_made(about.get("CreationDate", "")),
        pages=starts if len(pages) > 1 else (),
    )


def _largest(lines: Sequence[Line]) -> str | None:
    """What is printed largest on the first page, where that is larger than the text."""
    first = list(takewhile(lambda line: line.page == 0, lines))
    if not first:
        return None
    largest = max(line.height for line in first)
    if largest < _TITLE_HEIGHT * usual_height((line.height, line.text) for line in lines):
        return None
    begin = next(number for number, line in enumerate(first) if line.height == largest)
    title = " ".join(line.text for line in takewhile(lambda line: line.height > largest * 0.95, first[begin:]))
    return title if len(title) <= _LONGEST_TITLE else None


def _made(stamp: str) -> date | None:
    found = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", stamp)
    return day("-".join(found.groups())) if found else None
