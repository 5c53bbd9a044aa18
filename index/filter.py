"""Which articles are meant, by what is known about them apart from their text."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """All of it must fit."""

    authors: tuple[str, ...] = ()
    """As articles name them; any of these."""
    since: date | None = None
    until: date | None = None
    """The last day that counts."""
    tags: tuple[str, ...] = ()
    """All of these, compared by as_compared()."""
