"""Which articles an answer was looked for in first, as every face says it."""

from calendar import monthrange
from collections.abc import Sequence

from index.filter import Filter
from index.readers.making import one_line

_NAMED = 3
"""Authors; a paper may have a hundred, and a family name as many bearers."""
_LONGEST = 120
"""Characters of a name, or of all tags."""


def told(used: Filter) -> str:
    """Authors, time and tags on one line."""
    names = [_brief(one_line(author)) for author in used.authors[:_NAMED]]
    more = ["…"] if len(used.authors) > _NAMED else []
    parts = [", ".join([*names, *more]), _time(used), hashed(used.tags)]
    return " · ".join(filter(None, parts))


def hashed(tags: Sequence[str]) -> str:
    """Tags as people type them."""
    return _brief(" ".join(f"#{tag}" for tag in tags))


def _brief(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _time(used: Filter) -> str:
    """As short as ISO 8601 allows: a year, a month or a day by itself, else from when to when."""
    since, until = used.since, used.until
    if since is None or until is None or since == until:
        return " – ".join(dict.fromkeys(day.isoformat() for day in (since, until) if day))
    whole_month = (since.year, since.month, 1, monthrange(since.year, since.month)[1])
    if (until.year, until.month, since.day, until.day) == whole_month:
        return f"{since:%Y-%m}"
    if (since.month, since.day, until.month, until.day, since.year) == (1, 1, 12, 31, until.year):
        return f"{since:%Y}"
    return f"{since.isoformat()} – {until.isoformat()}"
