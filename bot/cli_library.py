"""The commands that change a library: index, remove, restore."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import wiring
from bot.cli_settings import Library, settings_of
from bot.console import progress_bars, show_outcome, show_plan, show_withheld
from bot.json_lines import print_outcome, print_plan, print_withheld, told_as_json
from bot.settings import Settings

_GENTLY = 10
"""Steps of priority."""
AsJson = Annotated[bool, typer.Option("--json", help="Print progress and outcome as JSON lines.")]


def index(
    sources: Annotated[list[Path] | None, typer.Argument(help="Files or folders of articles.")] = None,
    library: Library = None,
    rebuild: Annotated[bool, typer.Option(help="Embed everything anew.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    gently: Annotated[bool, typer.Option(help="Let other programs go first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the library in line with the articles."""
    with settings_of(library) as settings:
        if gently and sys.platform != "win32":
            os.nice(_GENTLY)
        if dry_run and as_json:
            print_plan(wiring.plan_indexing(settings, sources or (), rebuild=rebuild))
        elif dry_run:
            with progress_bars(Console(stderr=True)) as report:
                plan = wiring.plan_indexing(settings, sources or (), report=report, rebuild=rebuild)
            show_plan(Console(), plan)
        elif as_json:
            with told_as_json() as report:
                print_outcome(wiring.run_indexer(settings, sources or (), report=report, rebuild=rebuild))
        else:
            with progress_bars(Console(stderr=True)) as report:
                outcome = wiring.run_indexer(settings, sources or (), report=report, rebuild=rebuild)
            show_outcome(Console(), outcome)


def remove(
    articles: Annotated[list[str] | None, typer.Argument(help="Ids of articles.")] = None,
    library: Library = None,
    as_json: AsJson = False,
) -> None:
    """Withhold single articles, whatever the sources hold; without an id, list those that are withheld."""
    with settings_of(library) as settings:
        if articles:
            _withhold(settings, articles, back=False, as_json=as_json)
        elif as_json:
            print_withheld(wiring.withheld_articles(settings))
        else:
            show_withheld(Console(), wiring.withheld_articles(settings))


def restore(
    articles: Annotated[list[str], typer.Argument(help="Ids of articles that are withheld.")],
    library: Library = None,
    as_json: AsJson = False,
) -> None:
    """Put back articles that were removed."""
    with settings_of(library) as settings:
        _withhold(settings, articles, back=True, as_json=as_json)


def _withhold(settings: Settings, ids: Sequence[str], *, back: bool, as_json: bool) -> None:
    if as_json:
        with told_as_json() as report:
            print_outcome(wiring.run_withholding(settings, ids, back=back, report=report))
        return
    with progress_bars(Console(stderr=True)) as report:
        outcome = wiring.run_withholding(settings, ids, back=back, report=report)
    show_outcome(Console(), outcome)
