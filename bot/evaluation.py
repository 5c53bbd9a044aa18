"""`citabot evaluate`: figures as a table, a record, a comparison and pictures."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress as Bars
from rich.table import Table

from bot.context import Desk
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.measuring import Measured, measure
from retrieval.evaluation.questions import AskedQuestion
from retrieval.evaluation.record import by_pair, changes, load, percentiles

_FINDING = ("R@1", "R@3", "R@5", "R@20", "MRR@10", "marked")
_REFUSING = ("AUC answerable", "AUC right", "answered", "answered, right", "nothing")


def measure_shown(questions: Sequence[AskedQuestion], desk: Desk) -> Measured:
    """Ask all questions, a bar showing how far it is."""
    languages: dict[str, str] = {}
    for article in desk.shelf.current().articles():
        languages |= {article.id: article.language, article.source: article.language}
    console = Console(stderr=True)
    with Bars(console=console, transient=True, disable=not console.is_terminal) as bars:
        asking = bars.add_task("Asking", total=len(questions))
        return measure(questions, desk.answerer, languages, lambda done: bars.update(asking, completed=done))


def show_figures(console: Console, measured: Measured) -> None:
    """A row for each pair of languages, half the width of the 95 % interval beside each value; time by step."""
    finding = Table("", "questions", "R@1", "R@3", "R@5", "R@20", "MRR@10", "marked", title="Finding and marking")
    refusing = Table("", "AUC answerable", "AUC right", "answered", "of it right", "nothing", title="Refusing")
    for pair, named in by_pair(measured.outcomes).items():
        most = max(figure.questions for figure in named.values())
        finding.add_row(pair, str(most), *(_shown(named.get(name)) for name in _FINDING))
        refusing.add_row(pair, *(_shown(named.get(name)) for name in _REFUSING))
    console.print(finding, refusing, sep="\n")
    for step, spent in percentiles(measured.timings_ms).items():
        console.print(f"{step:>6}  " + "  ".join(f"{share} {value:.1f} ms" for share, value in spent.items()))


def show_changes(console: Console, old: Path, measured: Measured) -> None:
    """What rose and fell since `old`; raises QuestionsUnreadable."""
    table = Table("", "change", "95 %", "")
    for name, figure in changes(load(old), measured.outcomes).items():
        real = "" if figure.low <= 0 <= figure.high else "real"
        table.add_row(name, f"{figure.value:+.3f}", f"{figure.low:+.3f} to {figure.high:+.3f}", real)
    console.print(table)


def _shown(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return f"{figure.value:.3f} ±{(figure.high - figure.low) / 2:.3f}".replace("0.", ".")
