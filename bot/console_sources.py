"""Sources that are fetched, in the terminal: which there are, and what came of the last gathering."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console

from bot.console import say
from bot.console_record import local
from bot.schedules import written
from index.gathering import Added, Gathered, WebSource

_NONE = "No sources are added yet: citabot sources add ADDRESS, with the address of a page, a feed or a sitemap."
_NOTHING_DUE = "There was nothing to gather."
_LISTED = 5
"""Lines about pages that could not be had."""


def show_added(console: Console, added: Added) -> None:
    """What it is, and what happens next."""
    source = added.source
    schedule = (
        "when citabot index runs" if source.every is None else f"every {written(source.every)} by the running bot"
    )
    say(console, f"Added {source.name}: a {source.kind}, gathered {schedule}. Fetch it now: citabot index")
    for feed in added.feeds:
        say(console, f"  The page names a feed, should you want all its entries: citabot sources add {feed}")


def show_sources(console: Console, listed: Sequence[tuple[WebSource, int]], damaged: Sequence[str]) -> None:
    """A line for each, with how many pages are kept, and below it how the last gathering went."""
    if not listed and not damaged:
        say(console, _NONE)
    for source, pages in listed:
        schedule = f"every {written(source.every)}" if source.every else "by hand"
        say(console, f"{source.name} · {source.kind} · {source.address} · {schedule} · {_pages(pages)}")
        if source.last:
            _show_last(console, source.last)
        else:
            say(console, "  not gathered yet: citabot index")
    for name in damaged:
        say(console, f"{name} · {_damaged(name)}")


def show_gathered(console: Console, gathered: Sequence[WebSource]) -> None:
    """How it went."""
    if not gathered:
        say(console, _NOTHING_DUE)
    for source in gathered:
        say(console, source.name)
        if source.last:
            _show_last(console, source.last)


def show_removed(console: Console, name: str, pages: int) -> None:
    """What becomes of its articles."""
    leave = "leaves" if pages == 1 else "leave"
    left = f" Its {_pages(pages)} {leave} the library when citabot index runs." if pages else ""
    say(console, f"Removed {name}.{left}")


def show_checked(console: Console, sources: Sequence[WebSource], damaged: Sequence[str]) -> None:
    """Whether all could be had the last time; nothing where there are none."""
    for name in damaged:
        say(console, f"sources    {name} {_damaged(name)}")
    failed = [source for source in sources if source.failure]
    for source in failed:
        say(console, f"sources    {source.name} failed: {source.failure}")
    if sources and not failed and not damaged:
        say(console, f"sources    fine ({len(sources)})")


def line_of(source: WebSource) -> dict[str, Any]:
    """The same for scripts."""
    fields = asdict(source)
    del fields["known"]
    if source.last:
        fields["last"]["began"] = source.last.began.isoformat()
    return fields


def _show_last(console: Console, last: Gathered) -> None:
    when = local(last.began)
    if last.failure:
        say(console, f"  {when}: failed, {_pages(last.unchanged)} kept as before. {last.failure}")
        return
    counts = [
        f"{last.new} new, {last.changed} changed, {last.unchanged} unchanged, {last.gone} gone, {last.failed} failed",
        *([f"{last.left} left for the next time"] if last.left else []),
    ]
    say(console, f"  {when}: {', '.join(counts)} in {last.seconds:.1f} s")
    for trouble in last.troubles[:_LISTED]:
        say(console, f"    {trouble.where}: {trouble.why}")
    if last.failed > _LISTED:
        say(console, f"    … and {last.failed - _LISTED} more")


def _damaged(name: str) -> str:
    return (
        "isn't gathered, since what it is can't be read any more; its pages stay. Add it again: "
        f"citabot sources add ADDRESS --name {name}"
    )


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"
