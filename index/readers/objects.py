"""JSON: a list of objects, each an article, or one object that is an article or holds such a list."""

import json
from collections.abc import Iterator
from typing import Any

from index.article import Article
from index.readers.files import Skipped, SourceFile
from index.readers.making import Unreadable, decoded, read_bytes
from index.readers.mapping import FIELDS, articles_of, columns_of

_LARGEST = 100_000_000
"""Bytes, since all of it is in memory at once."""


def read_objects(file: SourceFile) -> Iterator[Article | Skipped]:
    """Fields are known by their names, or by a mapping; objects are numbered from one."""
    text = decoded(read_bytes(file.path, most=min(_LARGEST, file.most)))
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("is empty" if not text.strip() else "is not JSON") from error
    objects = _objects(found)
    if not objects:
        raise Unreadable("holds no objects, of which each would be an article")
    columns = columns_of(file.path, (name for each in objects for name in each))
    yield from articles_of(enumerate(objects, 1), columns, file.name)


def _objects(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, list):
        return [each for each in found if isinstance(each, dict)]
    if not isinstance(found, dict):
        return []
    if any(name.strip().casefold() in FIELDS["text"] for name in found):
        return [found]
    lists = [objects for value in found.values() if isinstance(value, list) and (objects := _objects(value))]
    return lists[0] if len(lists) == 1 else [found]
