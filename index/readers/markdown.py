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
_KNOWN = {*_TAGS, "id", "title", "author", "authors", "published", "date", "url", "link", "lang", "language"}
_HEADING, _UNDERLINE = re.compile(r"#{1,6}[ \t]+(.*)"), re.compile(r"(?:=+|-+)[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}+(?!.*`)|~{3,}+)")
_RULE = re.compile(r"-{3,}+[ \t]*\n[ \t]*\n")
_NO_PARAGRAPH = re.compile(r"[-*+>#|<=]|\d+[.)]| {4}|\t")
"""How lines begin that an underline makes no heading of."""


def read_markdown(file: SourceFile) -> Iterator[Article | Skipped]:
    """One article; the title from front matter, else the first heading, else the file's name."""
    fields, body = _parted(settled(read_text(file.path)))
    yield make_article(
        body,
        source=file.name,
        given_id=_text(fields, "id"),
        title=_text(fields, "title") or _heading(body) or file.called,
        author=_text(fields, "author", "authors"),
        published=day((_text(fields, "published", "date") or "").split(" ")[0]),
        url=_text(fields, "url", "link"),
        language=_text(fields, "lang", "language"),
        tags=[tag for name in _TAGS for tag in _texts(fields.get(name))],
    )


def _heading(body: str) -> str | None:
    """The first, be it marked with `#` or underlined; in blocks of code there is none."""
    fence, before, last = "", "", ""
    for line in body.split("\n"):
        edge = _FENCE.match(line)
        if fence:
            if edge and edge[1].startswith(fence) and not line[edge.end() :].strip():
                fence = ""
        elif edge:
            fence = edge[1]
        elif (marked := _HEADING.match(line)) and (title := _without_closing(marked[1])):
            return title
        elif last.strip() and not before.strip() and _UNDERLINE.fullmatch(line) and not _NO_PARAGRAPH.match(last):
            return last.strip()
        before, last = last, line
    return None


def _without_closing(heading: str) -> str:
    """`## The lamp ##` is closed, `# C#` is not."""
    heading = heading.strip()
    bare = heading.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else heading


def _parted(text: str) -> tuple[dict[str, Any], str]:
    """The fields of the front matter and what comes after it; a rule on top that opens none belongs to the text.

    With a blank line below, it opens some only where one of their names is known. Values stay as they are: `No`,
    `012` and `2024-05-01` are titles too.
    """
    handler = YAMLHandler()
    if not handler.detect(text):
        return {}, text
    doubtful = bool(_RULE.match(text))
    try:
        front, body = handler.split(text)
        fields = handler.load(front, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        if doubtful:
            return {}, text
        raise Unreadable("has front matter that is not YAML") from error
    except ValueError:  # nothing closes it
        return {}, text
    if not isinstance(fields, dict) or (doubtful and _KNOWN.isdisjoint(fields)):
        return {}, text
    return fields, body.strip()


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
