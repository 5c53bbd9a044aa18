"""Dates as articles write them, in the languages whose months are listed here."""

import re
from datetime import date

_MONTHS = (
    "january gennaio janvier januar enero janeiro",
    "february febbraio février februar febrero fevereiro",
    "march marzo mars märz marzo março",
    "april aprile avril april abril abril",
    "may maggio mai mai mayo maio",
    "june giugno juin juni junio junho",
    "july luglio juillet juli julio julho",
    "august agosto août august agosto agosto",
    "september settembre septembre september septiembre setembro",
    "october ottobre octobre oktober octubre outubro",
    "november novembre novembre november noviembre novembro",
    "december dicembre décembre dezember diciembre dezembro",
)
_NUMBER_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_MONTH = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_FORMS = (
    _ISO,
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:\.|º|°|st|nd|rd|th|er)?\s+(?:de\s+|of\s+)?(?P<month>{_MONTH})\.?,?\s+(?:de\s+)?(?P<year>\d{{4}})"
    ),
    re.compile(rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"),
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"),
)
_BEFORE = re.compile(
    r"(?:(?:published|posted|updated|pubblicato|aggiornato|publié|publicado|veröffentlicht|data|date|datum|fecha"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|on|il|le|el|am|den|em)\b[\s,:]*)*"
)
_AFTER = re.compile(r"(?:[\s,T|–-]*(?:(?:ore|alle|at|um|à|h)\s+)?\d{1,2}[:.h]\d{2}\D{0,12}.*)?\W*")
_LONGEST_LINE = 60


def as_date(value: object) -> date | None:
    """The day that a field names, be it ISO (with or without a time) or in words; None for anything else."""
    return _on_its_own(value.strip().casefold()) if isinstance(value, str) else None


def date_line(line: str) -> date | None:
    """The day, where a short line says nothing but a date (and perhaps its weekday or the hour)."""
    return _on_its_own(line.strip().casefold()) if len(line) <= _LONGEST_LINE else None


def _on_its_own(line: str) -> date | None:
    before = _BEFORE.match(line)
    start = before.end() if before else 0
    for form in _FORMS:
        found = form.match(line, start)
        if found and _AFTER.fullmatch(line, found.end()):
            return _day(found["year"], found["month"], found["day"])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    """Day first where both orders are possible, as everywhere but in the United States."""
    months = _NUMBER_OF.get(month) or int(month)
    days = int(day)
    if months > 12 >= days:
        months, days = days, months
    try:
        return date(int(year), months, days)
    except ValueError:
        return None
