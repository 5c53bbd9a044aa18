"""Plain text: title, author and date by the habits of people who save articles as text."""

import re
from collections.abc import Iterator
from datetime import date

from index.article import Article
from index.readers.files import Skipped, SourceFile
from index.readers.making import day, make_article, read_text, settled

_LONGEST_TITLE = 120
_REPEATED = 5
"""Words that a sentence must share with a later one to be taken for its first telling."""
_LOOKED_AT = 400
"""Characters that hold these words."""
_NAME = r"[A-ZÀ-Þ][\w’'.-]+(?:\s+(?:de|di|da|von|van|del|della|[A-ZÀ-Þ][\w’'.-]*)){1,4}"
_BYLINE = re.compile(rf"(?:A cura di|By|Di|di|Von|Par|Por)\s+({_NAME})\s*")
_START = re.compile(r"(?<=[^\s.!?:;,“\"(]\s)(?=[A-ZÀ-Þ“\"])")
"""Where a sentence may start though nothing ended before it."""
_MONTHS = {
    name: number
    for names in (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), start=1)
}
_BEFORE_DAY = (
    r"(?:.*[,:;|·–—-]\s*)?\(?(?:(?:pubblicat[oa]|aggiornat[oa]|modificat[oa]|published|updated|posted|modified|last"
    r"|by(?:\s\w+){1,3}?|(?:lun|mar|mer|gio|ven|mon|tue|wed|thu|fri|sun)[a-zì]*|sab(?:ato)?|dom(?:enica)?|sat(?:urday)?"
    r"|il|al|del|on)\.?\s+)*"
)
_AFTER_DAY = (
    r"(?:,?\s+(?:(?:alle|ore|at|h)\s+)*\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s+[a-z]{2,4})?)?"
    r"(?:\s*[|·,–—-]\s*[^\s.]+(?:\s[^\s.]+)?)?[).]?"
)
"""A time of the day; a word or two apart, such as where that was."""
_DAY_FIRST = re.compile(rf"{_BEFORE_DAY}(\d{{1,2}})\s+([a-z]+)\s+(\d{{4}}){_AFTER_DAY}")
_MONTH_FIRST = re.compile(rf"{_BEFORE_DAY}([a-z]+)\s+(\d{{1,2}}),?\s+(\d{{4}}){_AFTER_DAY}")


def read_plain(file: SourceFile) -> Iterator[Article | Skipped]:
    """One article: all of its text is kept, the title and the author's line too."""
    text = settled(read_text(file.path))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    near_top = lines[1:5] + lines[-2:]
    yield make_article(
        text,
        source=file.name,
        title=_title(lines[0], "\n".join(lines[1:])) if lines else file.name,
        author=next((found[1] for line in near_top if (found := _BYLINE.fullmatch(line))), None),
        published=next((when for line in near_top if (when := _day_of(line))), None),
    )


def _title(line: str, rest: str) -> str:
    """The first line; of a long one what comes before its first sentence, as far as that can be told."""
    if len(line) <= _LONGEST_TITLE:
        return line
    for match in _START.finditer(line, 20, 2 * _LONGEST_TITLE + 1):
        told_again = " ".join(line[match.start() : match.start() + _LOOKED_AT].split()[:_REPEATED])
        if told_again in rest:
            return line[: match.start()].strip()
    ending = re.search(r"[.!?…](?=\s)", line[: _LONGEST_TITLE + 1])
    if ending and ending.end() >= 20:
        return line[: ending.end()].rstrip(".")
    return line[: line.rfind(" ", 0, _LONGEST_TITLE) if " " in line[:_LONGEST_TITLE] else _LONGEST_TITLE] + "…"


def _day_of(line: str) -> date | None:
    if len(line) > 40:
        return None
    day_first, month_first = _DAY_FIRST.fullmatch(line.lower()), _MONTH_FIRST.fullmatch(line.lower())
    if day_first:
        number, month, year = day_first.groups()
    elif month_first:
        month, number, year = month_first.groups()
    else:
        return day(line)
    return day(f"{year}-{_MONTHS[month]:02}-{int(number):02}") if month in _MONTHS else None
