"""`citabot evaluate`: what it needs is looked at first, then it asks, then it shows and writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from bot.desk import Desk
from bot.evaluation_tables import show_changes, show_figures
from retrieval.evaluation.comparing import changes
from retrieval.evaluation.figures import by_pair
from retrieval.evaluation.measuring import Measured, measure
from retrieval.evaluation.plots import can_draw, draw
from retrieval.evaluation.questions import (
    AskedQuestion,
    Line,
    Part,
    QuestionsUnreadable,
    part_of,
    present,
    questions_in,
)
from retrieval.evaluation.record import Record, load, make_room, percentiles, save


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is to be measured, and what is to become of it."""

    files: Sequence[Path]
    part: Part | None = None
    record: Path | None = None
    compare: Path | None = None
    plots: Path | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """All that could be wrong has been looked at."""

    wanted: Wanted
    questions: Sequence[AskedQuestion]
    old: Record | None


def prepare(wanted: Wanted, files: Sequence[Sequence[Line]]) -> Prepared:
    """Look at everything, the lines of all `files` among it, before minutes are spent.

    Raises QuestionsUnreadable, RecordUnreadable, PlotsMissing, and OSError where nothing could be written.
    """
    questions = questions_in(line for lines in files for line in lines)
    if wanted.part:
        questions = part_of(questions, wanted.part)
    if not questions:
        raise QuestionsUnreadable(f"No question is in the part {wanted.part!r}: leave --part out.")
    if wanted.plots:
        can_draw()
        wanted.plots.mkdir(parents=True, exist_ok=True)
    old = load(wanted.compare) if wanted.compare else None
    if wanted.record:
        make_room(wanted.record)
    return Prepared(wanted=wanted, questions=questions, old=old)


def evaluate(prepared: Prepared, desk: Desk, *, shown: Console, told: Console) -> None:
    """Figures on `shown`; how far it is, and what is odd, on `told`. Raises QuestionsUnreadable and OSError."""
    wanted = prepared.wanted
    languages = _languages(desk)
    questions = _present(prepared.questions, languages, desk, told)
    measured = _asked(questions, desk, languages, told)
    record = Record(
        about=_about(wanted, questions, desk),
        figures=by_pair(measured.outcomes),
        timings_ms=percentiles(measured.timings_ms),
        outcomes=measured.outcomes,
    )
    show_figures(shown, record)
    if measured.misplaced:
        _warn(
            told,
            f"{len(measured.misplaced)} answers don't stand where their questions say (such as "
            f"{measured.misplaced[0]}): the library holds another version of those articles, and figures are too low.",
        )
    changed = changes(prepared.old.outcomes, record.outcomes) if prepared.old else None
    if prepared.old and changed:
        show_changes(shown, prepared.old, record, changed)
    if wanted.record:
        save(wanted.record, record, changed)
    if wanted.plots:
        for path in draw(record.outcomes, wanted.plots):
            told.print(f"Drawn: {path}", highlight=False, soft_wrap=True, markup=False)


def _languages(desk: Desk) -> dict[str, str]:
    """Of the library's articles, by id and by source."""
    languages: dict[str, str] = {}
    for article in desk.shelf.current().articles():
        languages |= {article.id: article.language, article.source: article.language}
    return languages


def _present(
    questions: Sequence[AskedQuestion], languages: dict[str, str], desk: Desk, told: Console
) -> list[AskedQuestion]:
    kept, absent = present(questions, languages)
    if not absent:
        return kept
    mend = (
        f"(such as {absent[0]!r}) that are not in the library {desk.settings.citabot_library}. Index them into it with "
        "citabot index ARTICLES --library DIR, or name the library that holds them."
    )
    if not any(question.answerable for question in kept):
        raise QuestionsUnreadable(f"The questions are about {len(absent)} articles {mend}")
    _warn(told, f"{len(questions) - len(kept)} questions are left out: they are about {len(absent)} articles {mend}")
    return kept


def _asked(questions: Sequence[AskedQuestion], desk: Desk, languages: dict[str, str], told: Console) -> Measured:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=told, transient=True, disable=not told.is_terminal) as bars:
        asking = bars.add_task("Asking", total=len(questions))
        return measure(questions, desk.answerer, languages, lambda done: bars.update(asking, completed=done))


def _about(wanted: Wanted, questions: Sequence[AskedQuestion], desk: Desk) -> dict[str, Any]:
    library = desk.shelf.current()
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "citabot": version("citabot"),
        "files": [str(path) for path in wanted.files],
        "part": wanted.part or "all",
        "questions": len(questions),
        "library": str(desk.settings.citabot_library),
        "articles": sum(library.languages.values()),
        "embedder": library.fingerprint,
    }


def _warn(told: Console, text: str) -> None:
    told.print(f"Warning: {text}", highlight=False, soft_wrap=True, markup=False)
