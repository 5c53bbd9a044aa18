"""Sources that are fetched, as the settings want them: added, gathered, and what is told of that."""

from collections.abc import Iterator, Sequence

from bot.settings import Settings
from index.gathering import Added, GatheringBusy, Manners, Sources, Terms, WebSource, add, gather_all
from index.gathering.terms import DEFAULT_PAGES
from index.progress import Report, silent
from index.readers import Skipped

MANNERS = Manners()
_BUSY = Skipped(
    source="sources", reason="are being gathered already; what that brings is taken up by the next citabot index"
)


def sources_in(settings: Settings) -> Sources:
    """Those that were added to the settings' library."""
    return Sources(settings.citabot_library)


def add_source(
    settings: Settings,
    address: str,
    *,
    name: str | None = None,
    every: float | None = None,
    most: int | None = None,
) -> Added:
    """Looks what is there, and adds it; raises IndexingError."""
    return add(
        sources_in(settings), address, terms=_terms(settings), name=name, every=every, most=most or DEFAULT_PAGES
    )


def gather_added(settings: Settings, chosen: Sequence[WebSource], *, report: Report = silent) -> Iterator[WebSource]:
    """Each of them as it is when it has been gathered; raises GatheringBusy."""
    return gather_all(sources_in(settings), chosen, terms=_terms(settings), report=report)


def gathered_first(settings: Settings, report: Report) -> tuple[Skipped, ...]:
    """Gathers all that were added, before they are indexed; what could not be had."""
    chosen = sources_in(settings).all()
    if not chosen:
        return ()
    try:
        return tuple(told for source in gather_added(settings, chosen, report=report) for told in _skipped(source))
    except GatheringBusy:
        return (_BUSY,)


def _skipped(source: WebSource) -> Iterator[Skipped]:
    """Pages of it that could not be had, and those that stay."""
    if source.last is None:
        return
    if source.last.failure:
        yield Skipped(source=source.name, reason=f"{source.last.failure} Its pages stay as they are.")
    for trouble in source.last.troubles:
        yield Skipped(source=trouble.where, reason=trouble.why)
    more = source.last.failed - len(source.last.troubles)
    if more > 0:
        yield Skipped(source=source.name, reason=f"{more} more pages could not be had")


def _terms(settings: Settings) -> Terms:
    return Terms(allow_private=settings.citabot_private_pages, manners=MANNERS)
