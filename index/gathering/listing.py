"""The pages that a source names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urldefrag

from index.fetching import Known, NotFetched, Visit
from index.gathering.feed import entries_of
from index.gathering.kinds import recognised, unpacked
from index.gathering.politeness import Ask
from index.gathering.sitemap import places_in
from index.gathering.terms import LISTING_LIMITS, Cause, NotGathered, Trouble, WebSource

_MOST_SITEMAPS = 200
"""That one names, and those name."""
_MOST_PAGES = 200_000
"""That are looked at to find the newest."""
_DEEPEST = 2
_CALLED = {"page": "a page", "feed": "a feed", "sitemap": "a sitemap"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A page that a source names."""

    url: str
    stamp: str = ""
    """Another one whenever the page has changed, by what the source says; empty where it doesn't say."""
    own: bytes | None = None
    """What the source itself holds of it, ready to be kept as HTML."""
    always: bool = False
    """Whether it is asked for each time."""

    @property
    def has_page(self) -> bool:
        """Whether there is anything but the source's own text: an entry without a link has a place in its feed only."""
        return "#" not in self.url


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """All of them, the newest first as far as that is known."""

    pages: Sequence[Listed]
    known: Known | None
    """None where that says nothing: sitemaps change without the one that names them."""
    missed: tuple[Trouble, ...] = ()
    """Sitemaps that could not be had, while others could: the pages that they name aren't known."""


def listing_of(source: WebSource, visit: Visit, ask: Ask) -> Listing:
    """What was found at a feed's or a sitemap's address; raises NotGathered and NotFetched.

    `ask` fetches further sitemaps.
    """
    kind = recognised(visit).kind
    if kind != source.kind:
        raise NotGathered(
            f"{visit.place} is no {source.kind} any more but {_CALLED[kind]}: look at it, and add the source anew "
            f"(citabot sources remove {source.name}) if it is to be so."
        )
    if kind == "feed":
        return Listing(pages=_of_feed(visit), known=visit.known)
    sitemaps = _Sitemaps(ask)
    found = islice(sitemaps.pages(visit), _MOST_PAGES)
    pages = sorted({page.url: page for page in found}.values(), key=lambda page: page.stamp, reverse=True)
    return Listing(pages=pages, known=None if sitemaps.asked else visit.known, missed=tuple(sitemaps.missed))


def _of_feed(visit: Visit) -> list[Listed]:
    pages: dict[str, Listed] = {}
    for entry in entries_of(visit):
        url = urldefrag(entry.url).url if entry.url else f"{visit.place}#{entry.key}"
        pages.setdefault(url, Listed(url=url, stamp=entry.stamp, own=entry.as_page(url)))
    return list(pages.values())


class _Sitemaps:
    """A sitemap and those that it names, under way."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.asked = 0
        """How many more were fetched, or tried to be."""
        self.missed: list[Trouble] = []
        """Those that could not be had."""

    def pages(self, visit: Visit, *, depth: int = 0) -> Iterator[Listed]:
        """A sitemap's own, then those of the sitemaps that it names; raises as listing_of does if none can be had."""
        further = []
        for place in places_in(unpacked(visit.body)):
            if place.is_sitemap:
                further.append(place.url)
            else:
                yield Listed(url=urldefrag(place.url).url, stamp=place.modified)
        failed: NotFetched | NotGathered | None = None
        had = 0
        for url in further if depth < _DEEPEST else ():
            if self.asked >= _MOST_SITEMAPS:
                break
            self.asked += 1
            try:
                yield from self.pages(self._ask(url, limits=LISTING_LIMITS), depth=depth + 1)
                had += 1
            except (NotFetched, NotGathered) as error:
                self.missed.append(Trouble(where=url, why=str(error), cause=Cause.of(error)))
                failed = error
        if failed and not had:
            raise failed
