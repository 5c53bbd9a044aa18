"""`citabot evaluate`."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from bot.cli_desk import opened_desk
from bot.cli_settings import Library, fail, settings_of


def evaluate(
    questions: Annotated[list[Path], typer.Argument(help="Files of questions whose answers are known.")],
    library: Library = None,
    part: Annotated[
        Literal["all", "tuning", "reporting"], typer.Option(help="All questions, or those about every second article.")
    ] = "all",
    record: Annotated[Path | None, typer.Option("--json", help="Write the record there.")] = None,
    compare: Annotated[Path | None, typer.Option(help="A record to compare with.")] = None,
    plots: Annotated[Path | None, typer.Option(help="Folder for pictures of the confidence.")] = None,
) -> None:
    """Measure finding, marking and refusing on questions whose answers are known, or follow-ups on dialogues."""
    from bot import evaluation, evaluation_dialogues
    from bot.evaluation_tables import wide_console
    from retrieval.evaluation.plots import PlotsMissing
    from retrieval.evaluation.questions import QuestionsUnreadable, lines_of
    from retrieval.evaluation.record import RecordUnreadable

    wanted = evaluation.Wanted(
        files=questions, part=None if part == "all" else part, record=record, compare=compare, plots=plots
    )
    with settings_of(library) as settings:
        try:
            lines = [lines_of(path) for path in questions]
            if dialogues := evaluation_dialogues.prepare_dialogues(wanted, lines):
                with opened_desk(settings) as desk:
                    evaluation_dialogues.evaluate_dialogues(wanted, dialogues, desk, shown=wide_console())
                return
            prepared = evaluation.prepare(wanted, lines)
            with opened_desk(settings) as desk:
                evaluation.evaluate(prepared, desk, shown=wide_console(), told=Console(stderr=True))
        except (QuestionsUnreadable, RecordUnreadable, PlotsMissing) as error:
            fail(error)
