"""A measurement on file, and two of them compared question by question."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.evaluation.figures import Figure, figures, mean_figure
from retrieval.evaluation.measuring import Measured, Outcome
from retrieval.evaluation.questions import QuestionsUnreadable

ALL = "all"
_PERCENTILES = (50, 95, 99)


def by_pair(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Figure]]:
    """Figures over everything, and for each pair of languages where there is more than one."""
    pairs = sorted({outcome.pair for outcome in outcomes})
    parts = (
        {pair: [outcome for outcome in outcomes if outcome.pair == pair] for pair in pairs} if len(pairs) > 1 else {}
    )
    return {name: figures(part) for name, part in {ALL: outcomes, **parts}.items()}


def percentiles(timings_ms: Mapping[str, Sequence[float]]) -> dict[str, dict[str, float]]:
    """p50, p95 and p99 of each step, in milliseconds."""
    return {
        step: {f"p{share}": round(float(np.percentile(spent, share)), 2) for share in _PERCENTILES}
        for step, spent in timings_ms.items()
    }


def save(path: Path, measured: Measured) -> None:
    """Figures, timings and every outcome, as JSON."""
    record = {
        "figures": {
            pair: {name: asdict(figure) for name, figure in named.items()}
            for pair, named in by_pair(measured.outcomes).items()
        },
        "timings_ms": percentiles(measured.timings_ms),
        "outcomes": [asdict(outcome) for outcome in measured.outcomes],
    }
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")


def load(path: Path) -> list[Outcome]:
    """The outcomes of a saved measurement; raises QuestionsUnreadable."""
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return [Outcome(**outcome) for outcome in record["outcomes"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QuestionsUnreadable(f"{path} is no record of `citabot evaluate --json`: {error}") from error


def changes(old: Sequence[Outcome], new: Sequence[Outcome]) -> dict[str, Figure]:
    """How much each figure rose over the questions that both asked; real where the interval leaves zero out."""
    before = {outcome.id: outcome for outcome in old}
    both = [(before[outcome.id], outcome) for outcome in new if outcome.id in before]
    answerable = [(first, second) for first, second in both if second.answerable]
    marked = [(first, second) for first, second in answerable if None not in (first.marked, second.marked)]
    rises = {
        **{f"R@{k}": [_within(second, k) - _within(first, k) for first, second in answerable] for k in (1, 3, 5, 20)},
        "marked": [float(bool(second.marked)) - float(bool(first.marked)) for first, second in marked],
        "confidence": [second.confidence - first.confidence for first, second in both],
    }
    return {name: mean_figure(np.array(values)) for name, values in rises.items() if values}


def _within(outcome: Outcome, k: int) -> float:
    return float(0 < outcome.rank <= k)
