"""The commands that move a library: export and import."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import condition, wiring
from bot.cli_library import TERMINAL, By
from bot.cli_settings import Library, settings_of
from bot.console import say, show_outcome
from bot.console_record import still_imported

Replace = Annotated[bool, typer.Option("--replace", help="Even if something is there already.")]


def export(
    file: Annotated[Path, typer.Argument(help="The file to write.")], library: Library = None, replace: Replace = False
) -> None:
    """Write the library into one file, to be imported elsewhere; nothing of who asked what is in it."""
    with settings_of(library) as settings:
        with Console(stderr=True).status("Writing …"):
            manifest = wiring.run_export(settings, file, replace=replace)
        size = file.stat().st_size / 1e6
        say(
            Console(),
            f"{file}: generation {manifest.generation}, {manifest.articles} articles, {manifest.passages} passages, "
            f"{size:.1f} MB",
        )
        if withheld := condition.withheld_articles(settings):
            what = "a removed article" if len(withheld) == 1 else f"{len(withheld)} removed articles"
            say(Console(), f"The text of {what} is in it too: keep the file as you keep the library.")


def import_(
    file: Annotated[Path, typer.Argument(help="A file of citabot export.")],
    library: Library = None,
    replace: Replace = False,
    by: By = TERMINAL,
) -> None:
    """Make the library what a file holds, without embedding anything; what was there answers until it is whole."""
    with settings_of(library) as settings:
        with Console(stderr=True).status("Reading …"):
            outcome = wiring.run_import(settings, file, replace=replace, by=by)
        show_outcome(Console(), outcome)
        say(Console(), f"It is generation {outcome.generation}. {still_imported()}")
