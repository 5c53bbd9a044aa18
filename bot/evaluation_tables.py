"""Figures and changes as tables: a row for each pair of languages, a column for each figure."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.console import CONTROLS
from retrieval.evaluation.comparing import LEVEL, Change, Changes
from retrieval.evaluation.figures import ALL, FEWEST, Figure
from retrieval.evaluation.record import Record

Cell = TypeVar("Cell", bound=Figure | Change)

_TABLES = {
    "Finding": ("R@1", "R@3", "R@5", "R@20", "MRR@10", "nDCG@10"),
    "Marking": ("marked", "marked characters", "marked sentences"),
    "Words": ("answer F1", "exact match", "worded", "words right"),
    "Confidence": ("AUC answerable", "AUC right", "Brier"),
    "Verdict": ("answered", "precision", "recall", "rightly nothing", "wrongly nothing"),
}
_WIDE = 200
"""Columns of a pipe."""
_WEIGHTS = (
    f"Every question counts once, in '{ALL}' too. ± is half the width of the 95 % interval; there is none for fewer "
    f"than {FEWEST} questions, or where all are alike."
)


def wide_console() -> Console:
    """A terminal folds what doesn't fit; a pipe takes it whole."""
    console = Console()
    if not console.is_terminal:
        console.width = _WIDE
    return console


def show_figures(console: Console, record: Record) -> None:
    """What is found, what is marked and what is refused; then the time that each step takes."""
    console.print(*_tables(record.figures, _shown))
    _say(console, _WEIGHTS)
    for step, spent in record.timings_ms.items():
        _say(console, f"{step:>6}  " + "  ".join(f"{share} {value:.1f} ms" for share, value in spent.items()))


def show_changes(console: Console, old: Record, new: Record, changes: Changes) -> None:
    """What rose and fell since `old`."""
    if not changes.shared:
        _say(console, "\nThe two records have no question in common: there is nothing to compare.")
        return
    _say(
        console,
        f"\nChanges since {old.about.get('made')}: {changes.shared} of {len(new.outcomes)} questions are in both.",
    )
    console.print(*_tables(changes.figures, _changed))
    _say(
        console,
        f"* real: chance alone would bring the largest of these {changes.compared} changes that far in fewer than "
        f"{LEVEL:.0%} of cases. ? would be real, were it the only one looked at.",
    )
    for step, spent in new.timings_ms.items():
        if before := old.timings_ms.get(step):
            each = "  ".join(f"{share} {before[share]:.1f} → {value:.1f} ms" for share, value in spent.items())
            _say(console, f"{step:>6}  {each}")


def _tables(rows: Mapping[str, Mapping[str, Cell]], shown: Callable[[str, Cell], str]) -> list[Table]:
    tables = []
    for title, names in _TABLES.items():
        columns = [name for name in names if any(name in figures for figures in rows.values())]
        table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        table.add_column("", no_wrap=True)
        for name in ("questions", *columns):
            table.add_column(name, justify="right")
        for row, figures in rows.items():
            here = [name for name in columns if name in figures]
            cells = (shown(name, figures[name]) if name in here else "" for name in columns)
            table.add_row(
                Text(row.translate(CONTROLS)), str(max((figures[name].questions for name in here), default=0)), *cells
            )
        if columns:
            tables.append(table)
    return tables


def _shown(name: str, figure: Figure) -> str:
    half = (figure.high - figure.low) / 2
    if figure.questions < FEWEST or half == 0:
        return _number(name, figure.value)
    return f"{_number(name, figure.value)} ±{_number(name, half)}"


def _changed(name: str, change: Change) -> str:
    sign = "+" if change.value >= 0 else "-"
    mark = "*" if change.real else "?" if change.alone else " "
    return f"{sign}{_number(name, abs(change.value))}{mark}"


def _number(name: str, value: float) -> str:
    if name == "marked characters":
        return f"{value:.0f}"
    return f"{value:.2f}" if name == "marked sentences" else f"{value:.3f}".removeprefix("0")


def _say(console: Console, text: str) -> None:
    console.print(text, highlight=False, soft_wrap=True, markup=False)
