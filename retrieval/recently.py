"""Times that are counted from today: yesterday, last week, this month."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from index.article import Span

Unit = Literal["day", "week", "month", "year"]
_SAID: Mapping[str, tuple[str, str, str, str, str, str, str]] = {
    "en": ("today", "yesterday", "last|past|previous", "this|the current", "week", "month", "year"),
    "it": ("oggi", "ieri", "scors[oa]|passat[oa]|ultim[oa]", "quest[oa]|quest['’]", "settimana", "mese", "anno"),
    "de": (
        "heute", "gestern", r"(?:letzt|vorig|vergangen)e[nrs]?", "diese[mnrs]?", "woche", r"monats?", r"jahr(?:e?s)?"
    ),
    "fr": ("aujourd['’]hui", "hier", "derni(?:er|ère)|passée?", "cet(?:te)?|ce", "semaine", "mois", "ann[ée]e|an"),
    "es": ("hoy", "ayer", "pasad[oa]|[úu]ltim[oa]", "est[ea]", "semana", "mes", "año"),
    "ru": (
        "сегодня", "вчера", "прошл(?:ый|ая|ой|ом|ого|ую)", "эт(?:а|у|ой|от|ом|ого)", "недел[яюеи]", "месяц[ае]?",
        "год[уа]?",
    ),
}  # fmt: skip
"""As regular expressions: today and yesterday, what stands beside a past unit and the present one, and the units."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recent:
    """A time that a question names."""

    span: Span
    """Of the question."""
    unit: Unit
    back: int
    """How many of the unit ago; 0 for the one that it is now."""

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last one; weeks begin on Monday (ISO 8601)."""
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
    """The first such time, in that language or English."""
    for code in dict.fromkeys((language, "en")):
        for pattern, unit, back in _patterns(code):
            if found := pattern.search(question):
                return Recent(span=Span(*found.span()), unit=unit, back=back)
    return None


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], Unit, int]]:
    if language not in _SAID:
        return []
    today, yesterday, last, this, *units = _SAID[language]
    found: list[tuple[str, Unit, int]] = [(today, "day", 0), (yesterday, "day", 1)]
    kinds: tuple[Unit, ...] = ("week", "month", "year")
    for unit, kind in zip(units, kinds, strict=True):
        found += [
            (rf"(?:{last})\s+(?:{unit})", kind, 1),
            (rf"(?:{unit})\s+(?:{last})", kind, 1),
            (rf"(?:{this})\s*(?:{unit})", kind, 0),
        ]
    return [(re.compile(rf"\b(?:{each})\b", re.IGNORECASE), kind, back) for each, kind, back in found]
