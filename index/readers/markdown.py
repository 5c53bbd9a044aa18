"""Markdown, with or without front matter; quoted as it is written."""

import re
from collections.abc import Iterator
from typing import Any

import frontmatter
import yaml

from index.article import Article
from index.readers.files import Skipped, SourceFile
from index.readers.making import Unreadable, day, make_article, read_text, settled

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)


def read_markdown(file: SourceFile) -> Iterator[Article | Skipped]:
    """One article; the title from front matter, else the first heading, else the file's name."""
    try:
        fields, body = frontmatter.parse(settled(read_text(file.path)))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable("has front matter that is not YAML") from error
    if not isinstance(fields, dict):
        fields = {}
    heading = _HEADING.search(body)
    yield make_article(
        body,
        source=file.name,
        given_id=_text(fields, "id"),
        title=_text(fields, "title") or (heading and heading[1]) or file.path.stem.replace("-", " "),
        author=_text(fields, "author", "authors"),
        published=day(fields.get("published", fields.get("date"))),
        url=_text(fields, "url", "link"),
        language=_text(fields, "lang", "language"),
    )


def _text(fields: dict[str, Any], *names: str) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, list):
            value = ", ".join(item for item in value if isinstance(item, str))
        if isinstance(value, str | int) and str(value).strip():
            return str(value)
    return None
