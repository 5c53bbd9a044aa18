"""Markdown, with or without front matter; quoted as it is written."""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from index.article import Article
from index.readers.files import Skipped, SourceFile
from index.readers.making import Unreadable, day, make_article, read_text, settled

_TAGS = ("tags", "keywords", "categories", "category", "collection")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)


def read_markdown(file: SourceFile) -> Iterator[Article | Skipped]:
    """One article; the title from front matter, else the first heading, else the file's name."""
    fields, body = _parted(settled(read_text(file.path)))
    heading = _HEADING.search(body)
    yield make_article(
        body,
        source=file.name,
        given_id=_text(fields, "id"),
        title=_text(fields, "title") or (heading and heading[1]) or file.path.stem.replace("-", " "),
        author=_text(fields, "author", "authors"),
        published=day((_text(fields, "published", "date") or "").split(" ")[0]),
        url=_text(fields, "url", "link"),
        language=_text(fields, "lang", "language"),
        tags=[tag for name in _TAGS for tag in _texts(fields.get(name))],
    )


def _parted(text: str) -> tuple[dict[str, Any], str]:
    """The fields of the front matter and what comes after it; a rule on top that opens none belongs to the text.

    Values stay as they are written: `No`, `012` and `2024-05-01` are titles too.
    """
    handler = YAMLHandler()
    if not handler.detect(text):
        return {}, text
    try:
        front, body = handler.split(text)
        fields = handler.load(front, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise Unreadable("has front matter that is not YAML") from error
    except ValueError:  # nothing closes it
        return {}, text
    return (fields, body.strip()) if isinstance(fields, dict) else ({}, text)


def _texts(value: object) -> list[str]:
    """Of a list, or of names with commas between."""
    if isinstance(value, str):
        return value.split(",")
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _text(fields: dict[str, Any], *names: str) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list):
            value = ", ".join(item for item in value if isinstance(item, str))
        if isinstance(value, str) and value.strip():
            return value
    return None
