"""Entries put by in a file, so that however many there are, few are in memory."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from index.article import Article
from index.library_writer import Entry
from index.passages import Cut

_KEY_DIGITS = 32


class Spool:
    """Gives back what it was given, in that order, any number of times."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, entry: Entry) -> None:
        """Put by one more; not while somebody goes through them."""
        self._file.write(json.dumps(_as_json(entry)).encode() + b"\n")
        self._count += 1

    def __iter__(self) -> Iterator[Entry]:
        self._file.seek(0)
        return (_from_json(json.loads(line)) for line in self._file)


def _as_json(entry: Entry) -> dict[str, Any]:
    article = entry.article
    return {
        "article": {
            "id": article.id, "title": article.title, "text": article.text, "language": article.language,
            "source": article.source, "author": article.author, "url": article.url,
            "published": article.published.isoformat() if article.published else None, "pages": article.pages,
            "tags": article.tags,
        },
        "file": entry.file,
        "bounds": [[*(span.start for span in cut.sentences), cut.span.end] for cut in entry.cuts],
        "keys": [b"".join(keys).hex() for keys in entry.keys],
        "terms": entry.terms,
    }  # fmt: skip


def _from_json(fields: dict[str, Any]) -> Entry:
    article = fields["article"]
    published = date.fromisoformat(article["published"]) if article["published"] else None
    return Entry(
        article=Article(
            **article | {"published": published, "pages": tuple(article["pages"]), "tags": tuple(article["tags"])}
        ),
        file=fields["file"],
        cuts=tuple(map(Cut.at, fields["bounds"])),
        keys=tuple(map(_keys, fields["keys"])),
        terms=tuple(fields["terms"]),
    )


def _keys(digits: str) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(digits[at : at + _KEY_DIGITS]) for at in range(0, len(digits), _KEY_DIGITS))
