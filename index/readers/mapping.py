"""Which column of a table, or which field of an object, is an article's title, text, day and so on."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from index.article import Article
from index.readers.files import MAPPING, Skipped
from index.readers.making import Unreadable, day, make_article, read_text

FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "testo", "texte", "texto", "inhalt", "текст"),
    "title": ("title", "headline", "name", "subject", "titolo", "titre", "titulo", "título", "titel", "заголовок"),
    "author": ("author", "authors", "creator", "byline", "autore", "auteur", "autor", "автор"),
    "date": ("date", "published", "published_at", "day", "created", "created_at", "data", "fecha", "datum", "дата"),
    "url": ("url", "link", "address", "href", "permalink"),
    "id": ("id", "key", "guid", "uuid"),
    "tags": ("tags", "tag", "category", "categories", "collection", "section", "keywords"),
    "language": ("language", "lang", "lingua", "langue", "idioma", "sprache", "язык"),
}
"""What each is usually called, first come first."""
_TITLE_LETTERS = 80
_DEEPEST = 10
"""Lists within lists that are looked into."""
_MAPPED = frozenset({".csv", ".tsv", ".json"})


def places_of_mapping(path: str) -> tuple[str, ...]:
    """Where a mapping for the file at `path` may lie, with `/` between folders; the nearest first."""
    if not path.lower().endswith(tuple(_MAPPED)):
        return ()
    folder, slash, _ = path.rpartition("/")
    return f"{path}.{MAPPING}", f"{folder}{slash}{MAPPING}"


def mapping_of(path: Path) -> Path | None:
    """The file that says which column is what, if there is one for the file at `path`."""
    return next((place for place in map(Path, places_of_mapping(path.as_posix())) if place.is_file()), None)


def columns_of(path: Path, columns: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each of FIELDS the columns that hold it; raises Unreadable where none holds the text."""
    there = list(dict.fromkeys(columns))
    named = _named(path)
    missing = [column for those in named.values() for column in those if column not in there]
    if missing:
        listed = ", ".join(there[:20])
        raise Unreadable(f"has no column {missing[0]!r}, which its mapping names (there are: {listed})")
    small = {column.strip().casefold(): column for column in reversed(there)}
    found: dict[str, tuple[str, ...]] = {
        field: next(((small[name],) for name in names if name in small), ()) for field, names in FIELDS.items()
    }
    found |= named
    if not found["text"]:
        raise Unreadable(
            f"has no column that is known to hold the text (there are: {', '.join(there[:20])}); name it in a file "
            f'{path.name}.{MAPPING} beside it: text = "…"'
        )
    return found


def article_of(values: Mapping[str, Any], columns: Mapping[str, tuple[str, ...]], source: str) -> Article:
    """The article of a row or an object; raises Unreadable where it has no text."""

    def told(field: str, between: str = ", ") -> str:
        return between.join(filter(None, (_told(values.get(column), between) for column in columns[field])))

    text = told("text", "\n\n")
    if not text.strip():
        raise Unreadable("has no text")
    return make_article(
        text, source=source, given_id=told("id"), title=told("title") or text.strip()[:_TITLE_LETTERS],
        author=told("author"), published=day(told("date", " ")) or day(told("date", " ")[:10]), url=told("url"),
        language=told("language"), tags=told("tags").split(","),
    )  # fmt: skip


def articles_of(
    rows: Iterable[tuple[int, Mapping[str, Any]]], columns: Mapping[str, tuple[str, ...]], source: str
) -> Iterator[Article | Skipped]:
    """One a row; rows without text are Skipped by their number."""
    for number, values in rows:
        try:
            yield article_of(values, columns, source)
        except Unreadable as error:
            yield Skipped(source=f"{source}:{number}", reason=str(error))


def _told(value: object, between: str, deepest: int = _DEEPEST) -> str:
    """A value as text; lists of names, say, in one line, those of paragraphs with blank lines."""
    if isinstance(value, list):
        return between.join(filter(None, (_told(each, between, deepest - 1) for each in value))) if deepest else ""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _named(path: Path) -> dict[str, tuple[str, ...]]:
    place = mapping_of(path)
    if place is None:
        return {}
    try:
        fields = tomllib.loads(read_text(place))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"has a mapping, {place.name}, that is not TOML ({error})") from error
    named = {}
    for field, columns in fields.items():
        listed = [columns] if isinstance(columns, str) else columns
        if field not in FIELDS or not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            raise Unreadable(f"has a mapping, {place.name}, whose {field!r} is none of: {', '.join(FIELDS)}")
        named[field] = tuple(listed)
    return named
