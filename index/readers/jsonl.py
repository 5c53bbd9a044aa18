"""JSON lines, one article each, also compressed; read one by one, however many there are."""

import gzip
import json
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper
from typing import Any, cast

from index.article import Article
from index.readers.files import Skipped, SourceFile
from index.readers.making import LARGEST, Unreadable, day, decoded, make_article, marked

TOO_LONG = "is too long to be read to its end: what comes after is left"
"""The reason where a file goes on after as many bytes as are to be read of it."""
_LEAST = 64
"""Bytes that each line counts for: an empty one takes its time as well."""
_LONGEST_MARK = 4


def read_jsonl(file: SourceFile) -> Iterator[Article | Skipped]:
    """`{"id", "title", "lang"?, "author"?, "published"?, "url"?, "tags"?, "collection"?, "text"}` a line."""
    packed = file.path.name.lower().endswith(".gz")
    with cast("BufferedReader", gzip.open(file.path) if packed else file.path.open("rb")) as opened:
        taken = 0
        for number, line in enumerate(_lines(opened), start=1):
            taken += max(len(line), _LEAST)
            if taken > file.most:
                raise Unreadable(TOO_LONG)
            if len(line) > LARGEST:
                raise Unreadable(f"has a line, number {number}, without an end: what comes after is left")
            if not line.strip():
                continue
            try:
                yield _article(line, file.name)
            except Unreadable as error:
                yield Skipped(source=f"{file.name}:{number}", reason=str(error))


def _lines(opened: BufferedReader) -> Iterator[bytes]:
    """None is read much further than the largest may be; of UTF-16 and UTF-32 they come as UTF-8."""
    encoding = marked(opened.peek(_LONGEST_MARK))
    if encoding in (None, "utf-8-sig"):
        yield from iter(lambda: opened.readline(LARGEST + 1), b"")
    else:
        with TextIOWrapper(opened, encoding, "replace", newline="\n") as text:
            yield from (line.encode() for line in iter(lambda: text.readline(LARGEST + 1), ""))


def _article(line: bytes, source: str) -> Article:
    try:
        fields = json.loads(decoded(line))
    except (ValueError, RecursionError) as error:
        raise Unreadable("is not JSON") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise Unreadable("has no text")
    text = fields["text"]
    return make_article(
        text,
        source=source,
        given_id=_text(fields, "id"),
        title=_text(fields, "title") or text.strip()[:80],
        author=_text(fields, "author"),
        published=day(fields.get("published")),
        url=_text(fields, "url"),
        language=_text(fields, "lang"),
        tags=[*_texts(fields, "tags"), *_texts(fields, "collection")],
    )


def _texts(fields: dict[str, Any], name: str) -> list[str]:
    value = fields.get(name)
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def _text(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
