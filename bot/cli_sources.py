"""The commands about sources that are fetched: sources add, list, gather, remove."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from bot.cli_settings import Library, give_way, settings_of
from bot.console import progress_bars
from bot.json_lines import PacedJson

sources = typer.Typer(help="Articles from the web: pages, feeds and sitemaps.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="A source's name or address.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print a JSON line for each.")]


@sources.command()
def add(
    address: Annotated[str, typer.Argument(help="Of a page, a feed (RSS, Atom) or a sitemap.")],
    library: Library = None,
    every: Annotated[str, typer.Option(help="How often the running bot gathers it: 30m, 6h, 1d, 2w, never.")] = "1d",
    name: Annotated[str | None, typer.Option(help="What to call it; the site's name unless given.")] = None,
    pages: Annotated[
        int | None, typer.Option(min=1, max=20_000, help="How many of its pages to keep, 500 unless given.")
    ] = None,
) -> None:
    """Add a page, a feed or a sitemap; citabot index fetches it, and the running bot as often as it is to."""
    from bot.console_sources import show_added
    from bot.gathering import add_source
    from bot.schedules import seconds_of

    with settings_of(library) as settings:
        added = add_source(settings, address, name=name, every=seconds_of(every), most=pages)
        show_added(Console(), added)


@sources.command("list")
def list_(library: Library = None, as_json: AsJson = False) -> None:
    """Say which sources there are, and how the last gathering of each went."""
    from bot.console_sources import line_of, show_sources
    from bot.gathering import sources_in

    with settings_of(library) as settings:
        found = sources_in(settings)
        listed = [(source, found.count(source.name)) for source in found.all()]
        if as_json:
            for source, pages in listed:
                print(json.dumps(line_of(source) | {"pages": pages}))
            for name in found.damaged():
                print(json.dumps({"name": name, "damaged": True}))
        else:
            show_sources(Console(), listed, found.damaged())


@sources.command()
def gather(
    names: Annotated[list[str] | None, typer.Argument(help="Names of sources; all unless given.")] = None,
    library: Library = None,
    due: Annotated[bool, typer.Option("--due", help="Only those whose time has come.")] = False,
    gently: Annotated[bool, typer.Option(help="Let other programs go first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch what is new or changed now; citabot index does it too, and takes it up."""
    from bot.console_sources import line_of, show_gathered
    from bot.gathering import gather_added, sources_in

    with settings_of(library) as settings:
        give_way(gently)
        found = sources_in(settings)
        chosen = [found.find(name) for name in names] if names else found.all()
        if due:
            chosen = [source for source in chosen if source.is_due(datetime.now(UTC))]
        if as_json:
            for source in gather_added(settings, chosen, report=PacedJson()):
                print(json.dumps(line_of(source)), flush=True)
            return
        with progress_bars(Console(stderr=True)) as report:
            done = list(gather_added(settings, chosen, report=report))
        show_gathered(Console(), done)


@sources.command()
def remove(name: Name, library: Library = None) -> None:
    """Forget a source, with all of its pages."""
    from bot.console_sources import show_removed
    from bot.gathering import sources_in

    with settings_of(library) as settings:
        found = sources_in(settings)
        with found.locked():
            named = name if name in found.damaged() else found.find(name).name
            pages = found.count(named)
            found.remove(named)
        show_removed(Console(), named, pages)
