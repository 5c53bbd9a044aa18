"""Times that are counted from today: yesterday, last week, this month."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from index.analysis import words
from index.article import Span

Unit = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """How a language says it, in regular expressions."""

    today: str
    yesterday: str
    day_before: str
    last: str
    """Before the unit that ended last, as in `last week`."""
    last_after: str = "(?!)"
    """The same behind it, as in `mese scorso`."""
    past: str = "(?!)"
    """Before one that ends today, as in `the past week`."""
    this: str
    week: str
    month: str
    year: str


_SAID: Mapping[str, _Said] = {
    "en": _Said(
        today="today|tonight|this (?:morning|afternoon|evening)", yesterday="(?<!before )yesterday|last night",
        day_before="(?:the )?day before yesterday", last="last|previous", past="(?:the last|past)",
        this="this|the current", week="week", month="month", year="year",
    ),
    "it": _Said(
        today="oggi|stamattina|stamane|stasera|stanotte", yesterday=r"(?<!altro )ieri(?!\s+l['’]altro)",
        day_before="(?:l['’])?altro ieri|ieri l['’]altro|altroieri|avantieri", last="scors[oa]|passat[oa]",
        last_after="scors[oa]|passat[oa]", past="ultim[oa]", this="quest[oa]|quest['’]", week="settimana", month="mese",
        year="anno",
    ),
    "de": _Said(
        today="heute", yesterday="gestern", day_before="vorgestern", last="(?:letzt|vorig|vergangen)e[nrs]?",
        this="diese[mnrs]?", week="woche", month="monats?", year="jahr(?:e?s)?",
    ),
    "fr": _Said(
        today="aujourd['’]hui|ce matin|ce soir", yesterday="(?<!avant-)hier", day_before="avant-hier", last="(?!)",
        last_after="derni(?:er|[èe]re)|pass[ée]e?", past="derni(?:er|[èe]re)", this="cet(?:te)?|ce", week="semaine",
        month="mois", year="ann[ée]e|an",
    ),
    "es": _Said(
        today="hoy|esta mañana|esta tarde|esta noche", yesterday="(?<!antes de )ayer|(?<!antes de )anoche",
        day_before="anteayer|antier|antes de ayer|anteanoche|antes de anoche", last="pasad[oa]",
        last_after="pasad[oa]", past="[úu]ltim[oa]", this="est[ea]", week="semana", month="mes", year="año",
    ),
    "ru": _Said(
        today="сегодня", yesterday="вчера", day_before="позавчера",
        last="(?:про|минув)ш(?:л)?(?:ый|ий|ая|ой|ей|ом|ем|ого|его|ую)",
        past="последн(?:ий|яя|ей|ем|его|юю)",
        this="эт(?:а|у|ой|от|ом|ого)|(?:текущ|нынешн)(?:ий|ая|яя|ей|ем|его|ую|юю)",
        week="недел[яюеи]", month="месяц[ае]?", year="год[уа]?",
    ),
}  # fmt: skip
_NOT_BEFORE = r"(?!\s+(?:of|d[ei]|del\w*|des|der|du|d['’])|-(?!ci\b)\w)"
"""The last year of a war is another one, and so is `cette année-là`; the `heute-journal` is a programme."""
_ANY = frozenset(words("un una uno une ein eine einen einem einer a an one один одна одну"))
"""Before a unit: `un anno passato a Roma` is no year in particular."""
_OPEN = frozenset(
    words(
        "after before since until from by end bis nach seit vor ab ende antes desde después hasta partir fin après "
        "avant depuis jusqu jusque dès da dal dallo dalla dall dopo entro fino fine prima до перед после с со от "
        "конца концу"
    )
)
"""Before a time they say when something begins or ends, which is seldom when an article was written."""
_SMALL = frozenset(words("the of il la lo l di der die das den dem le d de du el"))
"""They may stand between those and the time: `by the end of this year`."""
_PAST_DAYS: Mapping[Unit, int] = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, kw_only=True, slots=True)
class Recent:
    """A time that a question names."""

    span: Span
    """Of the question."""
    unit: Unit
    back: int
    """How many of the unit ago; 0 for the one that it is now."""
    rolling: bool = False
    """Whether it is as long as the unit and ends today."""

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last one; weeks begin on Monday (ISO 8601)."""
        if self.rolling:
            return today - timedelta(days=_PAST_DAYS[self.unit]), today
        if self.unit == "day":
            return (today - timedelta(days=self.back),) * 2
        if self.unit == "week":
            monday = today - timedelta(days=today.weekday(), weeks=self.back)
            return monday, monday + timedelta(days=6)
        if self.unit == "year":
            return date(today.year - self.back, 1, 1), date(today.year - self.back, 12, 31)
        month = today.year * 12 + today.month - 1 - self.back
        first, after = (date(count // 12, count % 12 + 1, 1) for count in (month, month + 1))
        return first, after - timedelta(days=1)


def recent_in(question: str, language: str) -> Recent | None:
    """In that language or English; None where there are two, which are compared, or where it is left open."""
    found = {each.span: each for code in (language, "en") for each in _all_in(question, code)}
    if len(found) != 1:
        return None
    (recent,) = found.values()
    before = (word for word in reversed(words(question[: recent.span.start])) if word not in _SMALL)
    return None if next(before, "") in _OPEN else recent


def _all_in(question: str, language: str) -> Iterator[Recent]:
    for pattern, unit, back, rolling in _patterns(language):
        for found in pattern.finditer(question):
            before = words(question[: found.start()])
            named = unit == "day" and bool(before) and found[0][0].isupper()  # a paper, a song
            if not named and _ANY.isdisjoint(before[-1:]):
                yield Recent(span=Span(*found.span()), unit=unit, back=back, rolling=rolling)


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], Unit, int, bool]]:
    said = _SAID.get(language)
    if said is None:
        return []
    days = (said.today, said.yesterday, said.day_before)
    found: list[tuple[str, Unit, int, bool]] = [(each, "day", back, False) for back, each in enumerate(days)]
    units: tuple[tuple[str, Unit], ...] = ((said.week, "week"), (said.month, "month"), (said.year, "year"))
    for unit, kind in units:
        found += [
            (rf"(?<!the )(?:{said.last})\s+(?:{unit})", kind, 1, False),
            (rf"(?:{unit})\s+(?:{said.last_after})", kind, 1, False),
            (rf"(?:{said.past})\s+(?:{unit})", kind, 1, True),
            (rf"(?:{said.this})\s*(?:{unit})", kind, 0, False),
        ]
    return [
        (re.compile(rf"\b(?:{each})\b{_NOT_BEFORE}", re.IGNORECASE), kind, back, rolling)
        for each, kind, back, rolling in found
    ]
