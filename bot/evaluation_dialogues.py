"""`citabot evaluate` of dialogues: whether follow-ups are understood, and a change of subject is let go."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table

from bot.desk import Desk
from bot.evaluation import Wanted
from retrieval.evaluation.dialogues import (
    Dialogue,
    TurnOutcome,
    are_dialogues,
    dialogues_in,
    every_second,
    measure_dialogues,
    shares,
)
from retrieval.evaluation.questions import Line, QuestionsUnreadable
from retrieval.evaluation.record import make_room, save_fields

_COLUMNS = (
    *("", "questions", "answer first", "after right answers", "asked alone"),
    *("right article first", "asked alone"),
)
_MEANING = (
    "Answer first: the first quote holds the answer. After right answers: the same, as if every turn before had been "
    "led to its answer, as whoever asks on has. Asked alone: the same question without the turns before it. A subject "
    "change is a question about another article than the one before."
)


def prepare_dialogues(wanted: Wanted, files: Sequence[Sequence[Line]]) -> list[Dialogue]:
    """Those in the lines of the files, where they hold dialogues; none where they hold questions.

    Raises QuestionsUnreadable, RecordUnreadable, and OSError where nothing could be written.
    """
    kinds = {are_dialogues(lines) for lines in files}
    if kinds != {True}:
        if True in kinds:
            raise QuestionsUnreadable("Dialogues and single questions are measured apart: name one kind of file.")
        return []
    if wanted.compare or wanted.plots:
        raise QuestionsUnreadable("Dialogues are neither compared nor drawn: leave --compare and --plots out.")
    dialogues = dialogues_in(line for lines in files for line in lines)
    if wanted.part:
        dialogues = every_second(dialogues, wanted.part)
    if not dialogues:
        raise QuestionsUnreadable(f"No dialogue is in the part {wanted.part!r}: leave --part out.")
    if wanted.record:
        make_room(wanted.record)
    return dialogues


def evaluate_dialogues(wanted: Wanted, dialogues: Sequence[Dialogue], desk: Desk, *, shown: Console) -> None:
    """Figures on `shown`, how far it is on stderr; raises QuestionsUnreadable and OSError."""
    _all_present(dialogues, desk)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    told = Console(stderr=True)
    with Bars(*columns, console=told, transient=True, disable=not told.is_terminal) as bars:
        asking = bars.add_task("Asking", total=len(dialogues))
        outcomes = measure_dialogues(dialogues, desk.answerer, lambda done: bars.update(asking, completed=done))
    _show(shown, outcomes)
    if wanted.record:
        _save(wanted.record, outcomes)


def _all_present(dialogues: Sequence[Dialogue], desk: Desk) -> None:
    library = desk.shelf.current()
    known = {name for article in library.articles() for name in (article.id, article.source)}
    for dialogue in dialogues:
        for turn in dialogue.turns:
            if turn.articles.isdisjoint(known):
                raise QuestionsUnreadable(
                    f"Dialogue {dialogue.id!r} asks about {min(turn.articles)!r}, which is not in the library "
                    f"{desk.settings.citabot_library}. Index it with citabot index ARTICLES --library DIR, or name the "
                    "library that holds it."
                )


def _show(console: Console, outcomes: Sequence[TurnOutcome]) -> None:
    table = Table(title="Dialogues", title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in _COLUMNS:
        table.add_column(column, justify="right" if column else "left", no_wrap=not column)
    for kind, share in shares(outcomes).items():
        values = (share.answered, share.answered_after_right, share.answered_alone, share.article, share.article_alone)
        table.add_row(kind, str(share.questions), *(f"{value:.3f}" for value in values))
    console.print(table)
    console.print(_MEANING, highlight=False, soft_wrap=True)


def _save(path: Path, outcomes: Sequence[TurnOutcome]) -> None:
    fields = {
        "shares": {kind: asdict(share) for kind, share in shares(outcomes).items()},
        "outcomes": [asdict(outcome) for outcome in outcomes],
    }
    save_fields(path, fields)
