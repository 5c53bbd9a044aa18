"""Days that a question names by the calendar: a day, a month with its year, a year."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError

from index.analysis import WORD, terms, words
from index.article import Span
from retrieval.scope import overlap

_YEAR = re.compile(r"(?<![\d.,:/-])((?:19|20)\d\d)(?![\d:%-]|[.,]\d)")
_IN_FIGURES = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/](?P<month>\d\d)[-/](?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?P<year>(?:19|20)\d\d)\s*[年년]\s*(?:(?P<month>\d{1,2})\s*[月월])?\s*(?:(?P<day>\d{1,2})\s*[日일])?"),
)
_DAY = re.compile(r"([1-9]|[12]\d|3[01]|0[1-9])(?:st|nd|rd|th|er|[ºª°])?")
_FROM = re.compile(r"(?<!\d)\d{1,2}\s*[-–]\s*$")
"""The first of two days, as in `5–9 May`."""
_YEAR_LONG = 4
"""Characters of a time that is a year and no more: what stands before that is seldom a day."""
_BESIDE, _APART = 2, 3
"""Words from a year to its month, and from a month to another one that a span of time begins or ends with."""
_OPEN = frozenset(
    words(
        "after before since until till by between ab bis nach seit vor zwischen antes desde después hasta partir entre "
        "après avant depuis jusqu jusque dès da dal dallo dalla dall dopo entro fino prima tra fra até depois до перед "
        "после с со между"
    )
)
"""Before it they say when something begins or ends, which is seldom when an article was written."""
_SMALL = frozenset(
    words(
        "the of early late mid end beginning start in il lo la l i gli le di del dell della dei al all alla inizio "
        "metà fine der die das den dem des zum zur am anfang mitte ende el los las de du le les au aux en a o ao do "
        "dia fin début principios начала середины конца"
    )
)
"""They may stand between those and the time, or between its parts: `by the end of May 2023`."""
_AND = frozenset(words("and to und bis y e et al à a au и по"))
_WITHOUT_CASES = frozenset(["ca", "da", "de", "en", "es", "fr", "it", "nl", "no", "pt", "ro", "sv", "und"])
"""Languages whose months are always written in one way: other words have their stems."""
_VERBS_TOO = frozenset({"may", "march"})
"""Months that are mostly something else where they begin with a small letter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """The time that a question names, and where it does."""

    span: Span
    since: date
    until: date


def named_in(question: str, language: str) -> Named | None:
    """None where there are two, which are a span of time or a comparison, and where one is left open."""
    figures = list(_in_figures(question))
    found = [*figures, *_in_words(question, language, [each.span for each in figures])]
    if len(found) != 1:
        return None
    (time,) = found
    before = question[: time.span.start]
    ends = len(time.span) > _YEAR_LONG and bool(_FROM.search(before) or _is_begun(words(before)))
    last = next((word for word in reversed(words(before)) if word not in _SMALL), "")
    return None if ends or last in _OPEN else time


def _is_begun(before: Sequence[str]) -> bool:
    """Whether a span of days was begun: `from 5 to`, `dal 5 al`."""
    rest = [word for word in before if word not in _SMALL - _AND]
    return rest[-1:] != [] and rest[-1] in _AND and bool(_DAY.fullmatch("".join(rest[-2:-1])))


def _in_figures(question: str) -> Iterator[Named]:
    for form in _IN_FIGURES:
        for found in form.finditer(question):
            year, month, day = (int(found[part] or 0) for part in ("year", "month", "day"))
            yield from _named(Span(*found.span()), year, month, day)


def _in_words(question: str, language: str, taken: Sequence[Span]) -> Iterator[Named]:
    """Of each year that is not `taken`, with the month and the day beside it."""
    years = [Span(*found.span()) for found in _YEAR.finditer(question)]
    years = [year for year in years if not any(overlap(year, span) for span in taken)]
    said = list(WORD.finditer(question)) if years else []
    texts = [word[0] for word in said]
    months = {at: month for at in range(len(said)) if (month := _month_at(texts, at, language))}
    for span in years:
        year = int(span.of(question))
        year_at = next(at for at, word in enumerate(said) if word.end() >= span.end)
        month_at = min(months, key=lambda at: abs(at - year_at), default=year_at)
        if not 0 < abs(month_at - year_at) <= _BESIDE:
            yield from _named(span, year, 0, 0)
            continue
        if any(0 < month_at - at <= _APART for at in months):
            yield from _named(span, year, 0, 0)  # May to July 2023
        day_at = _day_at(texts, month_at, year_at)
        day = _DAY.fullmatch(texts[day_at]) if day_at is not None else None
        ends = [place for at in (month_at, day_at) if at is not None for place in said[at].span()]
        whole = Span(min(span.start, *ends), max(span.end, *ends))
        yield from _named(whole, year, months[month_at], int(day[1]) if day else 0)


def _day_at(texts: Sequence[str], month_at: int, year_at: int) -> int | None:
    """Where the day stands: right before its month, or right behind it and not behind the year as well."""
    before = next((at for at in range(month_at - 1, -1, -1) if not set(words(texts[at])) <= _SMALL), -1)
    if before >= max(0, month_at - _BESIDE) and before != year_at and _DAY.fullmatch(texts[before]):
        return before
    behind = month_at + 1
    return behind if behind < len(texts) and behind != year_at and _DAY.fullmatch(texts[behind]) else None


def _named(span: Span, year: int, month: int, day: int) -> Iterator[Named]:
    """As much of it as there is; nothing where there is no such month."""
    for at in (day, 0):
        try:
            last = at or monthrange(year, month or 12)[1]
            yield Named(span=span, since=date(year, month or 1, at or 1), until=date(year, month or 12, last))
        except ValueError:  # also calendar.IllegalMonthError
            continue
        return


def _month_at(texts: Sequence[str], at: int, language: str) -> int:
    """The month's number, in that language or English, in whatever case it stands; 0 for another word."""
    if texts[at] in _VERBS_TOO and at and not set(words(texts[at - 1])) <= _SMALL and not _DAY.fullmatch(texts[at - 1]):
        return 0
    said = "".join(words(texts[at]))
    return (
        _months(language).get(said, 0)
        or _months("en").get(said, 0)
        or _inflected(language).get(_stem(said, language), 0)
    )


@cache
def _months(language: str) -> dict[str, int]:
    """By their names, folded, out of Unicode's CLDR; those of several words are left out."""
    try:
        locale = Locale(language)
    except (UnknownLocaleError, ValueError):
        return {}
    named = [(words(str(name)), number) for form in locale.months.values() for number, name in form["wide"].items()]
    return {name[0]: number for name, number in named if len(name) == 1 and not name[0].isdecimal()}


@cache
def _inflected(language: str) -> dict[str, int]:
    """By their stems, in languages whose months have cases."""
    cased = {} if language in _WITHOUT_CASES else _months(language)
    return {_stem(name, language): number for name, number in cased.items()}


def _stem(word: str, language: str) -> str:
    return next(iter(terms(word, language=language)), word)
