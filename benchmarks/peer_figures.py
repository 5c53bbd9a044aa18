"""What each library's run comes to, and how it stands to plain sentence-transformers'."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

PLAIN = "sentence-transformers"


@dataclass(kw_only=True, slots=True)
class Run:
    """One library's run, filled while it goes on."""

    name: str
    indexing: float
    """Seconds."""
    milliseconds: list[float] = field(default_factory=list)
    peak_mb: float = 0.0
    ranks: dict[str, list[int]] = field(default_factory=dict)
    """By language of the question: the rank of the first passage that holds the answer, 0 where none does."""


def figures_of(run: Run, passages: int) -> dict[str, float]:
    """By name; recall for each language of the questions."""
    speed = {
        "passages/s": passages / run.indexing,
        "p50 ms": float(np.percentile(run.milliseconds, 50)),
        "p95 ms": float(np.percentile(run.milliseconds, 95)),
        "peak MB": run.peak_mb,
    }
    found = {
        f"{language} R@{k}": float(np.mean([0 < rank <= k for rank in ranks]))
        for language, ranks in sorted(run.ranks.items())
        for k in (1, 5)
    }
    return speed | found


def show(runs: Sequence[Run], passages: int, *, console: Console) -> dict[str, Any]:
    """A table, the ratio to plain sentence-transformers behind each figure; the same as numbers."""
    figures = {run.name: figures_of(run, passages) for run in runs}
    plain = figures.get(PLAIN)
    ratios = {name: _ratios(found, plain) for name, found in figures.items()} if plain else {}
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("")
    for name in figures:
        table.add_column(name, justify="right")
    for figure in next(iter(figures.values())):
        table.add_row(figure, *(_shown(figure, found, ratios.get(name, {})) for name, found in figures.items()))
    console.print(table)
    asked = ", ".join(f"{len(ranks)} in {language}" for language, ranks in sorted(runs[0].ranks.items()))
    note = f"{passages} passages; questions: {asked}."
    console.print(note + (f" In brackets: times {PLAIN}." if plain else ""), highlight=False, soft_wrap=True)
    return {"passages": passages, "questions": len(runs[0].milliseconds), "figures": figures, "ratios": ratios}


def _ratios(found: dict[str, float], plain: dict[str, float]) -> dict[str, float]:
    return {name: value / plain[name] for name, value in found.items() if plain.get(name)}


def _shown(name: str, found: dict[str, float], ratios: dict[str, float]) -> str:
    value = found[name]
    number = f"{value:.3f}" if "R@" in name else f"{value:.1f}" if "MB" not in name else f"{value:.0f}"
    return f"{number} ({ratios[name]:.2f})" if name in ratios else number
