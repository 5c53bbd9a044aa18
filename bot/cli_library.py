"""The commands that change a library: index, remove, restore."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import sleep
from typing import Annotated

import typer
from rich.console import Console

from bot import condition, wiring
from bot.cli_settings import Library, give_way, settings_of
from bot.console import progress_bars, show_outcome, show_plan, show_withheld
from bot.console_record import show_fall
from bot.json_lines import print_outcome, print_plan, print_withheld, told_as_json
from bot.settings import Settings
from index.errors import LibraryBusy, SourceMissing
from index.golden import AnswersFell
from index.indexer import Outcome
from index.progress import Report

_ADDRESS = re.compile(r"https?:", re.IGNORECASE)
By = Annotated[str, typer.Option(hidden=True, help="Who is on record as having started it.")]
TERMINAL = "terminal"
_LOOKED_AFTER = 2.0
"""Seconds between two looks whether the library is free."""
AsJson = Annotated[bool, typer.Option("--json", help="Print progress and outcome as JSON lines.")]


def index(
    sources: Annotated[list[str] | None, typer.Argument(help="Files or folders of articles.")] = None,
    library: Library = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make it anew, for another model; what this one has embedded is kept.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    gently: Annotated[bool, typer.Option(help="Let other programs go first.")] = False,
    even_if_most_are_gone: Annotated[
        bool, typer.Option("--even-if-most-are-gone", help="Do it even if most articles, or a folder's, would go.")
    ] = False,
    even_if_answers_fell: Annotated[
        bool, typer.Option("--even-if-answers-fell", help="Publish without asking the golden questions first.")
    ] = False,
    gather: Annotated[bool, typer.Option(help="Fetch what was added by `citabot sources add` first.")] = True,
    patient: Annotated[bool, typer.Option("--patient", help="Wait until no other indexer is at work.")] = False,
    as_json: AsJson = False,
    by: By = TERMINAL,
) -> None:
    """Bring the library in line with the articles."""
    with settings_of(library) as settings:
        named = _paths(sources or ())
        give_way(gently)
        if dry_run and as_json:
            print_plan(wiring.plan_indexing(settings, named, rebuild=rebuild))
        elif dry_run:
            with progress_bars(Console(stderr=True)) as report:
                plan = wiring.plan_indexing(settings, named, report=report, rebuild=rebuild)
            show_plan(Console(), plan)
        else:
            run: Callable[..., Outcome] = partial(
                wiring.run_indexer,
                settings,
                named,
                rebuild=rebuild,
                even_if_most_are_gone=even_if_most_are_gone,
                even_if_answers_fell=even_if_answers_fell,
                by=by,
            )
            run = _when_free(run) if patient else run
            _run(_gathering_first(settings, run) if gather and not named else run, as_json=as_json)


def remove(
    articles: Annotated[list[str] | None, typer.Argument(help="Ids of articles.")] = None,
    library: Library = None,
    as_json: AsJson = False,
    by: By = TERMINAL,
) -> None:
    """Withhold single articles, whatever the sources hold; without an id, list those that are withheld."""
    with settings_of(library) as settings:
        if articles:
            _run(partial(wiring.run_withholding, settings, articles, by=by), as_json=as_json)
        elif as_json:
            print_withheld(condition.withheld_articles(settings))
        else:
            show_withheld(Console(), condition.withheld_articles(settings))


def restore(
    articles: Annotated[list[str], typer.Argument(help="Ids of articles that are withheld.")],
    library: Library = None,
    as_json: AsJson = False,
    by: By = TERMINAL,
) -> None:
    """Put back articles that were removed."""
    with settings_of(library) as settings:
        _run(partial(wiring.run_withholding, settings, articles, back=True, by=by), as_json=as_json)


def _paths(named: Sequence[str]) -> list[Path]:
    """Raises SourceMissing for no name, and for the address of a page, which would be gone with the next run."""
    for source in named:
        if not source:
            raise SourceMissing("A source has no name: name a file or folder of articles, . for this folder.")
        if _ADDRESS.match(source):
            raise SourceMissing(
                f"{source} is fetched as often as you like once it is added: citabot sources add {source}"
            )
    return [Path(source) for source in named]


def _gathering_first(settings: Settings, run: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """What could not be fetched counts as skipped."""
    from bot.gathering import gathered_first

    def both(*, report: Report) -> Outcome:
        lacking = gathered_first(settings, report)
        outcome = run(report=report)
        return replace(outcome, skipped=(*lacking, *outcome.skipped))

    return both


def _when_free(run: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """As soon as no other indexer is at work."""

    def waiting(*, report: Report) -> Outcome:
        while True:
            with suppress(LibraryBusy):
                return run(report=report)
            sleep(_LOOKED_AFTER)

    return waiting


def _run(run: Callable[..., Outcome], *, as_json: bool) -> None:
    """With its progress shown, and its outcome told."""
    if as_json:
        with told_as_json() as report:
            print_outcome(run(report=report))
        return
    try:
        with progress_bars(Console(stderr=True)) as report:
            outcome = run(report=report)
    except AnswersFell as error:
        show_fall(Console(stderr=True), error.fall)
        raise
    show_outcome(Console(), outcome)
