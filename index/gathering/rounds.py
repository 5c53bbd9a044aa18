"""Sources looked at before they are added, and gathered one after the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from index.fetching import Visitor
from index.gathering.gather import gather
from index.gathering.kinds import recognised
from index.gathering.politeness import Polite
from index.gathering.store import Sources
from index.gathering.terms import DEFAULT_PAGES, ERRAND, LISTING_LIMITS, Bounds, Clock, Manners, WebSource
from index.progress import Report, silent


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """On which all sources are gathered."""

    allow_private: bool = False
    """Whether a source's own host may be a private one."""
    manners: Manners = field(default_factory=Manners)
    bounds: Bounds = field(default_factory=Bounds)
    clock: Clock = field(default_factory=Clock)


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """A source that was added, and what else was seen there."""

    source: WebSource
    feeds: tuple[str, ...]
    """That the page names."""


def add(
    sources: Sources,
    address: str,
    *,
    terms: Terms,
    name: str | None = None,
    every: float | None = None,
    most: int = DEFAULT_PAGES,
) -> Added:
    """Looks what is at `address`, and adds it; nothing is gathered yet.

    Raises NotFetched, NotGathered, GatheringBusy and NoRoom.
    """
    address = address.strip()
    with sources.locked(adding=True):
        chosen = sources.name_for(address, name)
        found = recognised(_visitor(address, terms)(address, limits=LISTING_LIMITS))
        source = WebSource(name=chosen, address=address, kind=found.kind, every=every, most=most)
        sources.save(source)
    return Added(source=source, feeds=found.feeds)


def gather_all(
    sources: Sources, chosen: Iterable[WebSource], *, terms: Terms, report: Report = silent
) -> Iterator[WebSource]:
    """Each as it is when it has been gathered, without those that somebody removed meanwhile.

    Raises GatheringBusy before the first, and NoRoom.
    """
    with sources.locked():
        polite = Polite(terms.manners, terms.clock)
        there = {source.name: source for source in sources.all()}
        for source in [there[each.name] for each in chosen if each.name in there]:
            ask = partial(polite, _visitor(source.address, terms))
            folder = sources.folder_of(source)
            done = gather(source, folder, ask=ask, bounds=terms.bounds, clock=terms.clock, report=report)
            sources.save(done)
            yield done


def _visitor(address: str, terms: Terms) -> Visitor:
    return Visitor(private=address if terms.allow_private else None, errand=ERRAND)
