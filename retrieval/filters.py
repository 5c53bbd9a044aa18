"""What a question says about the articles that it means: whose they are, of when, under which tag."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise

from babel import Locale, UnknownLocaleError

from index.analysis import terms, words
from index.filter import Filter
from retrieval.recently import recent_in

Bylines = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""By family name the whole name's words, and the author as articles give it."""

_TAG = re.compile(r"(?<![\w#&])#(\w[\w-]*)")
_YEAR = re.compile(r"(?<![\d.,:/-])((?:19|20)\d\d)(?![\d:%-]|[.,]\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)")
_COUNTED = re.compile(r"((?:19|20)\d\d)\s*[年년]\s*(?:(\d{1,2})\s*[月월])?\s*(?:(\d{1,2})\s*[日일])?")
_BESIDE = 2
"""Words before a year, or after it, that its month may be among, and before a month its day: `settembre del 2023`."""
_OPEN = frozenset(
    words(
        "after before since until bis nach seit vor antes desde después hasta après avant depuis jusqu jusque "
        "dal dopo entro fino prima até depois до перед после с"
    )
)
"""Before a year they name a time without an end, which is seldom when an article was written."""
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
_WORD = re.compile(r"\w+")
_BETWEEN_AUTHORS = re.compile(r"\s*[,;&/]\s*|\s(?:and|e|et|und|y|и)\s")


def filters_in(
    question: str, language: str, bylines: Bylines, *, tags: tuple[str, ...] = (), today: date | None = None
) -> Iterator[Filter]:
    """The narrowest first, all of them with `tags`; whether there are such articles is for a library to say."""
    authors = _authors(question, bylines)
    since, until = (
        named_days(question, language) or _recent_days(question, language, today or date.today()) or (None, None)
    )
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
    if used.since and used.until:
        recent = recent_in(rest, language) if named_days(question, language) is None else None
        rest = f"{rest[: recent.span.start]} {rest[recent.span.end :]}" if recent else rest
        for form in (_ISO, _DOTTED, _COUNTED, _YEAR):
            rest = form.sub("", rest)
        if used.since.month == used.until.month:
            named |= {word for word in words(rest) if _month_in(word, language) == used.since.month}
        if used.since == used.until:
            named.add(str(used.since.day))
    rest = _WORD.sub(lambda found: "" if set(words(found[0])) <= named else found[0], rest)
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
    """Those that a question names: in full, or by a family name that begins with a capital letter."""
    said = words(question)
    beside = set(pairwise(said))
    capitals = {word for each in _WORD.findall(question) if each[0].isupper() for word in words(each)}
    return tuple(
        author
        for word in dict.fromkeys(said)
        for name, author in bylines.get(word, ())
        if (len(word) >= _LETTERS and word in capitals) or beside.issuperset(pairwise(name))
    )


def named_days(question: str, language: str) -> tuple[date, date] | None:
    """The first and the last day that a question means: of a day, of a month with its year, of a year."""
    for form, order in ((_ISO, (1, 2, 3)), (_DOTTED, (3, 2, 1)), (_COUNTED, (1, 2, 3))):
        if found := form.search(question):
            year, month, day = (int(found[part] or 0) for part in order)
            return _from_to(year, month, day)
    years = list(_YEAR.finditer(question))
    if len(years) != 1:
        return None  # two years are a span of time that is asked about, or a comparison
    year = int(years[0][1])
    before, after = words(question[: years[0].start()]), words(question[years[0].end() :])
    if not _OPEN.isdisjoint(before[-_BESIDE:]):
        return None
    both = before + after
    near = [*range(len(before) - 1, -1, -1)[:_BESIDE], *range(len(before), len(both))[:_BESIDE]]
    for at in near:
        month = _month_in(both[at], language)
        if month:
            beside = both[max(0, at - _BESIDE) : at + 2]
            day = next((int(word) for word in beside if re.fullmatch(r"\d{1,2}", word)), 0)
            return _from_to(year, month, day) or _from_to(year, month, 0)
    return _from_to(year, 0, 0)


def _recent_days(question: str, language: str, today: date) -> tuple[date, date] | None:
    recent = recent_in(question, language)
    return recent.days(today) if recent else None


def _from_to(year: int, month: int, day: int) -> tuple[date, date] | None:
    """None where there is no such day."""
    last_month = month or 12
    try:
        last_day = day or monthrange(year, last_month)[1]
        return date(year, month or 1, day or 1), date(year, last_month, last_day)
    except ValueError:  # also calendar.IllegalMonthError
        return None


def _month_in(word: str, language: str) -> int:
    """Its number, in that language or English, in whatever case it stands; 0 for another word."""
    return next((_months(code)[stem] for code in (language, "en") if (stem := _stem(word, code)) in _months(code)), 0)


@cache
def _months(language: str) -> dict[str, int]:
    """By the stems of their names, out of Unicode's CLDR; those of several words are left out."""
    try:
        locale = Locale(language)
    except (UnknownLocaleError, ValueError):
        return {}
    named = [(words(str(name)), number) for form in locale.months.values() for number, name in form["wide"].items()]
    return {_stem(name[0], language): number for name, number in named if len(name) == 1 and not name[0].isdecimal()}


def _stem(word: str, language: str) -> str:
    return next(iter(terms(word, language=language)), word)
