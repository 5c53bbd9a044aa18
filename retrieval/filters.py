"""What a question says about the articles that it means: whose they are, of when, under which tag."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from index.analysis import IN_WORDS, WORD, terms, words
from index.filter import Filter
from retrieval.named_days import named_in
from retrieval.recently import recent_in

Bylines = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""By family name the whole name's words, and the author as articles give it."""

_JOINERS = "\u200c\u200d"
_TAG = re.compile(rf"(?<![\w#&])#(\w[{IN_WORDS}{_JOINERS}-]*)")
_LETTERS = 4
"""Of a family name that stands for its bearer by itself; shorter ones are words of many languages."""
_WRITTEN = frozenset(
    words(
        "what which articles article texts text anything all did does has have by from wrote write writes written "
        "was welche artikel texte alles hat von geschrieben schrieb schreibt "
        "che cosa quali articoli testi tutto ha di da scritto scrisse scrive "
        "que qu quoi quels est ce textes tout a de par ecrit écrit "
        "qué cuáles artículos textos todo por escrito escribió escribe "
        "что какие статьи тексты все от написал написала писал писала пишет"
    )
)
"""All that a question says, beside a name, that asks for whatever somebody wrote."""
_BETWEEN_AUTHORS = re.compile(r"\s*[,;&/]\s*|\s(?:and|e|et|und|y|и)\s")


def filters_in(
    question: str, language: str, bylines: Bylines, *, tags: tuple[str, ...] = (), today: date | None = None
) -> Iterator[Filter]:
    """The narrowest first, all of them with `tags`; whether there are such articles is for a library to say."""
    authors = _authors(question, bylines)
    since, until = _days(question, language, today or date.today())
    if authors and since:
        yield Filter(authors=authors, since=since, until=until, tags=tags)
    if authors:
        yield Filter(authors=authors, tags=tags)
    if since:
        yield Filter(since=since, until=until, tags=tags)
    if tags:
        yield Filter(tags=tags)


def tags_in(question: str) -> tuple[str, ...]:
    """What it has after `#` signs."""
    return tuple(dict.fromkeys(_TAG.findall(question)))


def without(question: str, language: str, used: Filter) -> str:
    """The question as it would be asked of those articles alone; the same where little would be left of it."""
    named = {word for author in used.authors for word in words(author)}
    rest = _TAG.sub(lambda found: "" if found[1] in used.tags else found[0], question)
    time = (named_in(rest, language) or recent_in(rest, language)) if used.since else None
    rest = f"{rest[: time.span.start]} {rest[time.span.end :]}" if time else rest
    rest = WORD.sub(lambda found: "" if set(words(found[0])) <= named else found[0], rest)
    return " ".join(rest.split()) if len(terms(rest, language=language)) > 1 else question


def asks_for_all(question: str, used: Filter) -> bool:
    """Whether it asks for what one of the authors wrote, named in full, and for nothing that is said there."""
    said = words(question)
    return any(
        set(said).issuperset(words(author)) and {*said}.difference(words(author)).issubset(_WRITTEN)
        for author in used.authors
        if len(said) > len(words(author))
    )


def bylines_of(authors: Sequence[str]) -> Bylines:
    """Single words, such as `Staff`, are no names to go by."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for author in authors:
        for person in _BETWEEN_AUTHORS.split(author):
            name = tuple(words(person))
            if len(name) > 1:
                found.setdefault(name[-1], []).append((name, author))
    return found


def _authors(question: str, bylines: Bylines) -> tuple[str, ...]:
    """Those that a question names: in full, or else all of a family name that begins with a capital letter."""
    said = words(question)
    beside = set(pairwise(said))
    capitals = {word for each in WORD.findall(question) if each[0].isupper() for word in words(each)}
    found: list[str] = []
    for word in dict.fromkeys(said):
        bearers = bylines.get(word, ())
        in_full = [author for name, author in bearers if beside.issuperset(pairwise(name))]
        alike = [author for _, author in bearers] if len(word) >= _LETTERS and word in capitals else []
        found += in_full or alike
    return tuple(dict.fromkeys(found))


def _days(question: str, language: str, today: date) -> tuple[date, date] | tuple[None, None]:
    """The first and the last one that it means, by the calendar or counted from today."""
    if named := named_in(question, language):
        return named.since, named.until
    recent = recent_in(question, language)
    return recent.days(today) if recent else (None, None)
