"""The commands that look back: log and rollback."""

from typing import Annotated

import typer
from rich.console import Console

from bot import condition, wiring
from bot.cli_library import TERMINAL, AsJson, By
from bot.cli_settings import Library, settings_of
from bot.console import progress_bars, show_outcome
from bot.console_record import show_gone_back, show_kept, show_runs
from bot.json_lines import print_gone_back, print_kept, print_runs, told_as_json
from index.rollback import choose


def log(
    library: Library = None,
    count: Annotated[int, typer.Option(min=1, max=1_000_000, help="Runs to show.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON line for each.")] = False,
) -> None:
    """Say how the newest indexing runs ended, the newest first."""
    with settings_of(library) as settings:
        runs = condition.runs_on_record(settings, count)
        if as_json:
            print_runs(runs)
        else:
            show_runs(Console(), runs)


def rollback(
    generation: Annotated[int | None, typer.Argument(help="The one before the last change, unless named.")] = None,
    library: Library = None,
    listed: Annotated[bool, typer.Option("--list", help="Say what can be gone back to, and go nowhere.")] = False,
    as_json: AsJson = False,
    by: By = TERMINAL,
) -> None:
    """Go back to the articles of an earlier generation, until the articles are indexed again."""
    with settings_of(library) as settings:
        kept = condition.kept_generations(settings)
        if listed and as_json:
            print_kept(kept)
        elif listed:
            show_kept(Console(), kept)
        elif as_json:
            wanted = choose(generation, kept)
            with told_as_json() as report:
                print_gone_back(wanted, wiring.run_rollback(settings, wanted, report=report, by=by))
        else:
            wanted = choose(generation, kept)
            with progress_bars(Console(stderr=True)) as report:
                outcome = wiring.run_rollback(settings, wanted, report=report, by=by)
            show_outcome(Console(), outcome)
            show_gone_back(Console(), wanted, outcome)
