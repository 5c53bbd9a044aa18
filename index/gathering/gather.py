"""A source's pages brought up to date: what it names is fetched, what is as it was is left alone."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from index.fetching import NotFetched
from index.gathering.listing import Listed, Listing, listing_of
from index.gathering.pages import Pages
from index.gathering.politeness import Ask
from index.gathering.taking import NOT_NAMED, Taking
from index.gathering.terms import LISTING_LIMITS, Bounds, Cause, Clock, Gathered, NotGathered, Trouble, WebSource
from index.progress import Report, silent

_log = logging.getLogger(__name__)
_TROUBLES = 20


def gather(
    source: WebSource,
    folder: Path,
    *,
    ask: Ask,
    bounds: Bounds | None = None,
    clock: Clock | None = None,
    report: Report = silent,
) -> WebSource:
    """The source with what came of it; its pages lie in `folder` then. What the web does wrong isn't raised but told.

    Nor is what nobody foresaw raised, but for OSError and MemoryError, which any other source would meet too.
    A page that could not be had stays as it was; one that the site says is gone goes.
    """
    pages, clock = Pages(folder), clock or Clock()
    began, started = clock.now(), clock.monotonic()
    pages.begin()
    taking = Taking(pages, ask, bounds or Bounds(), clock)
    counted, known, failed = taking.counted, source.known, Trouble(where=source.address, why="")
    try:
        listing = _named(source, pages, ask)
        known = listing.known
        counted.failed, counted.troubles = len(listing.missed), [*listing.missed]
        lost = () if listing.missed else _not_named(listing.pages, pages)
        taking.take_up(chain(listing.pages, lost), report)
        taking.keep_newest(source.most)
        if source.kind == "page" and counted.troubles:  # it is all that there is of its source
            counted.failed, failed = 0, counted.troubles.pop()
    except (NotFetched, NotGathered) as error:
        failed = Trouble(where=source.address, why=str(error), cause=Cause.of(error))
    except (OSError, MemoryError):
        raise
    except Exception as error:  # whatever it is, the other sources must come
        _log.exception("%s could not be gathered", source.address)
        failed = Trouble(where=source.address, why=f"It has something that nobody foresaw ({type(error).__name__}).")
    finally:
        pages.close()
    return replace(
        source,
        known=None if failed.why or counted.passing or counted.left else known,
        last=Gathered(
            began=began,
            seconds=clock.monotonic() - started,
            new=counted.new,
            changed=counted.changed,
            unchanged=max(0, pages.count() - counted.new - counted.changed) if failed.why else counted.unchanged,
            gone=counted.gone,
            failed=counted.failed,
            left=counted.left,
            failure=failed.why,
            cause=failed.cause,
            troubles=tuple(counted.troubles[:_TROUBLES]),
        ),
    )


def _named(source: WebSource, pages: Pages, ask: Ask) -> Listing:
    """What the source names, no more than it may."""
    if source.kind == "page":
        return Listing(pages=[Listed(url=source.address, always=True)], known=None)
    visit = ask(source.address, known=source.known, limits=LISTING_LIMITS)
    if visit.unchanged:
        kept = [Listed(url=url, stamp=page.stamp) for url, page in pages.kept.items()]
        return Listing(pages=kept, known=source.known)
    listing = listing_of(source, visit, ask)
    return replace(listing, pages=listing.pages[: source.most])


def _not_named(named: Iterable[Listed], pages: Pages) -> Iterator[Listed]:
    """Those that the source named once."""
    urls = {page.url for page in named}
    lost = [url for url, page in pages.kept.items() if page.file and url not in urls]
    return (Listed(url=url, stamp=NOT_NAMED) for url in lost)
