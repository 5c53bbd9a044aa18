"""Articles out of what a source says, whatever its format: cleaned, bounded, with an id and a language."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from index.article import Article
from index.language import detect
from index.readers.cleaning import clean_line, clean_text
from index.readers.dates import as_date
from index.readers.source import SourceFile, Unreadable

LONGEST_TITLE = 300
_LONGEST_ID = 200
_LONGEST_URL = 2000
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)


def make_article(
    file: SourceFile,
    *,
    text: str,
    title: str,
    id: str | None = None,  # noqa: A002
    language: object = None,
    author: object = None,
    published: object = None,
    url: object = None,
) -> Article:
    """An article from raw fields. Facts that make no sense are left out; a text without words raises Unreadable."""
    cleaned = clean_text(text)
    if not cleaned:
        raise Unreadable("is empty")
    if not any(character.isalnum() for character in cleaned):
        raise Unreadable("has no words")
    article = Article(
        id=clean_line(id or "", at_most=_LONGEST_ID),
        title=clean_line(title, at_most=LONGEST_TITLE) or first_words(cleaned),
        text=cleaned,
        language=as_language(language) or detect(cleaned),
        source=file.name,
        author=as_author(author),
        published=as_date(published),
        url=as_url(url),
    )
    return article if article.id else replace(article, id=article.digest[:16])


def first_words(text: str, *, at_most: int = 80) -> str:
    """The beginning of `text` on one line, cut between words where there are any, with an ellipsis."""
    line = clean_line(text[: at_most * 4], at_most=at_most * 4)
    if len(line) <= at_most:
        return line
    cut = line.rfind(" ", at_most // 2, at_most)
    return line[: cut if cut > 0 else at_most - 1].rstrip(" ,;:–—-") + "…"


def as_language(value: object) -> str | None:
    """`it` for `it`, `it-IT` and `IT_it`; None for what is no ISO 639-1 code."""
    found = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found[1].lower() if found else None


def as_author(value: object) -> str | None:
    """One line of names out of a string, a mapping with a `name`, or a list of these."""
    if isinstance(value, dict):
        return as_author(value.get("name"))
    if isinstance(value, list):
        names = [as_author(each) for each in value[:20] if not isinstance(each, list)]
        return ", ".join(name for name in names if name) or None
    return clean_line(value, at_most=LONGEST_TITLE) or None if isinstance(value, str) else None


def as_url(value: object) -> str | None:
    """The address, if it is one that a browser opens: http or https, with a host, without white space."""
    if not isinstance(value, str):
        return None
    address = value.strip()
    if len(address) > _LONGEST_URL or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
        return address if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None
