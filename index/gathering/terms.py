"""What is gathered, how much of it and how patiently, and what came of it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from index.errors import IndexingError, LibraryBusy
from index.fetching import Known, Limits, NotFetched
from index.fetching.asking import Errand

Kind = Literal["page", "feed", "sitemap"]
DEFAULT_PAGES, MOST_PAGES = 500, 20_000
MOST_SECONDS = 1e9
"""Between two gatherings; nobody waits for longer."""
ERRAND = Errand(
    purpose="gathers pages that somebody wants to search",
    accept="text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, text/markdown, text/plain;q=0.9, application/pdf;q=0.8, */*;q=0.1",
)
PAGE_LIMITS = Limits()
LISTING_LIMITS = Limits(seconds=60.0, size=50_000_000)
"""What feeds and sitemaps may take; the protocol of sitemaps gives them 50 MB."""


class NotGathered(IndexingError):
    """What an address holds is no source, or none any more; the text says what can be done."""


class SourceUnknown(IndexingError):
    """No source is called so."""


class GatheringBusy(LibraryBusy):
    """Another process is gathering, and sources can't be changed meanwhile."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """Why something could not be had, for other languages: as in NotFetched."""

    message: str
    values: Mapping[str, str | int]

    @classmethod
    def of(cls, error: Exception) -> "Cause | None":
        """Where it has a name."""
        return cls(message=error.message, values=error.values) if isinstance(error, NotFetched) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """What could not be had."""

    where: str
    """An address."""
    why: str
    """In a sentence, and what can be done about it."""
    cause: Cause | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """What came of gathering a source once, in pages."""

    began: AwareDatetime
    """In UTC."""
    seconds: float = 0.0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    """Those that were not asked for again among them, since their source says that they are as they were."""
    gone: int = 0
    failed: int = 0
    """Those that were had before stay as they were."""
    left: int = 0
    """For the next time, since there was no more time or room."""
    failure: str = ""
    """Why the source itself could not be had; all of its pages stay then."""
    cause: Cause | None = None
    """The same, where other languages have words for it."""
    troubles: tuple[Trouble, ...] = ()
    """Of the pages that failed, the first."""

    @property
    def found_anything(self) -> bool:
        """Whether the articles are others now."""
        return bool(self.new or self.changed or self.gone)


@dataclass(frozen=True, kw_only=True, slots=True)
class WebSource:
    """An address whose pages are articles."""

    name: str
    """The folder that its pages lie in."""
    address: str
    kind: Kind
    every: Annotated[float, Field(gt=0, le=MOST_SECONDS)] | None = None
    """Seconds between two gatherings while the bot runs; None where it is gathered by hand only."""
    most: int = DEFAULT_PAGES
    """How many of its pages are kept."""
    known: Known | None = None
    """How the address itself was when all that it names had been had."""
    last: Gathered | None = None

    @property
    def failure(self) -> str:
        """Why it could not be had the last time; empty where it could, or wasn't gathered yet."""
        return self.last.failure if self.last else ""

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to gather it, by its schedule."""
        if self.every is None:
            return False
        return self.last is None or now - self.last.began >= timedelta(seconds=self.every)


@dataclass(frozen=True, kw_only=True, slots=True)
class Manners:
    """How a site is treated."""

    pause: float = 1.0
    """Seconds between two visits, as long as the site asks for no more."""
    longest_pause: float = 30.0
    """However much it asks for."""
    tries: int = 3
    """For what is passing, with pauses that grow."""
    backoff: float = 2.0
    """Seconds before the second try."""
    patience: float = 120.0
    """Seconds that a site may ask to be left alone; one that asks for more is left until the next time."""
    failures: int = 3
    """Pages in a row; then the site is left until the next time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What one gathering of one source may take; what is left over comes the next time."""

    seconds: float = 3600.0
    size: int = 1_000_000_000
    """Bytes of all pages, unpacked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """Time, as it passes and as it is waited for."""

    monotonic: Callable[[], float] = field(default=time.monotonic)
    wait: Callable[[float], None] = field(default=time.sleep)
    utc: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        """In UTC, to the second."""
        return self.utc().replace(microsecond=0)
