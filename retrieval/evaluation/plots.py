"""How far the confidence can be trusted, as pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.installing import install_command
from retrieval.evaluation.measuring import Outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INSTALL = f"Plots need matplotlib: {install_command('plots')}"
BINS = 10
_BLUE, _GREY = "#20639b", "0.55"
_SURE = 1.96
"""Standard errors to either side of a 95 % interval."""

Values = NDArray[np.float64]


class PlotsMissing(Exception):
    """The library that draws is not installed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """What the pictures are made of: whether each first quote is right, how sure each answer was, and the verdicts."""

    right: Values
    confidence: Values
    answered_from: float | None
    """The lowest confidence of an answer given without reserve."""
    nothing_below: float | None
    """The lowest confidence at which the articles are not said to be silent, where some lie below."""


def can_draw() -> None:
    """Raises PlotsMissing."""
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise PlotsMissing(INSTALL) from error


def draw(outcomes: Sequence[Outcome], folder: Path) -> list[Path]:
    """`reliability.png` and `coverage.png`; raises PlotsMissing, and OSError from the folder."""
    can_draw()
    trust = trust_of(outcomes)
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {folder / "reliability.png": reliability(trust), folder / "coverage.png": coverage(trust)}
    for path, picture in pictures.items():
        picture.savefig(path, dpi=150)
    return list(pictures)


def trust_of(outcomes: Sequence[Outcome]) -> Trust:
    """Of all questions; the first quote of one that no article answers is never right."""
    given = [outcome.confidence for outcome in outcomes if outcome.verdict == "answered"]
    shown = [outcome.confidence for outcome in outcomes if outcome.verdict != "nothing"]
    return Trust(
        right=np.array([outcome.rank == 1 for outcome in outcomes], np.float64),
        confidence=np.array([outcome.confidence for outcome in outcomes]),
        answered_from=min(given, default=None),
        nothing_below=min(shown, default=None) if len(shown) < len(outcomes) else None,
    )


def calibration_error(trust: Trust) -> float:
    """Expected calibration error over `BINS` equally wide bins: Naeini, Cooper and Hauskrecht (2015)."""
    gaps = [abs(trust.right[here].sum() - trust.confidence[here].sum()) for here in _bins(trust)]
    return float(sum(gaps) / len(trust.right))


def wilson(right: Values, of: Values) -> tuple[Values, Values]:
    """The 95 % interval of a share, by Wilson (1927)."""
    share, z = right / of, _SURE
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * np.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return middle - half, middle + half


def reliability(trust: Trust) -> "Figure":
    """How often the first quote holds the answer, by confidence, and how many questions had such a confidence."""
    from matplotlib.figure import Figure

    picture = Figure(figsize=(5.6, 6.2), layout="constrained")
    axes, below = picture.subplots(2, sharex=True, height_ratios=(4, 1))
    axes.set(xlim=(0, 1), ylim=(0, 1), ylabel="share of first quotes that hold the answer")
    axes.set_title(
        f"{len(trust.right):,} questions · expected calibration error {calibration_error(trust):.3f}", fontsize=10
    )
    axes.plot([0, 1], [0, 1], color=_GREY, linestyle="--", linewidth=1, label="as it should be")
    bins = list(_bins(trust))
    of = np.array([here.sum() for here in bins], np.float64)
    right = np.array([trust.right[here].sum() for here in bins], np.float64)
    low, high = wilson(right, of)
    axes.errorbar(
        [trust.confidence[here].mean() for here in bins],
        right / of,
        yerr=np.maximum(0, [right / of - low, high - right / of]),
        fmt="o",
        color=_BLUE,
        capsize=3,
        label=f"measured, in {BINS} equal bins (95 % interval)",
    )
    _thresholds(axes, trust)
    axes.legend(loc="lower right", fontsize=8)
    _counted(below, trust)
    return picture


def coverage(trust: Trust) -> "Figure":
    """How often the first quote holds the answer among the questions answered, from the surest on."""
    from matplotlib.figure import Figure

    order = np.argsort(-trust.confidence, kind="stable")
    sure = trust.confidence[order]
    ends = np.flatnonzero(np.r_[sure[1:] != sure[:-1], True])
    of, right = (ends + 1).astype(np.float64), np.cumsum(trust.right[order])[ends]
    share, total = of / len(sure), trust.right.sum()
    picture = Figure(figsize=(5.6, 5.2), layout="constrained")
    axes = picture.subplots()
    axes.set(xlim=(0, 1), ylim=(0, 1.03), xlabel="share of questions answered, the surest first")
    axes.set(ylabel="share of them whose first quote holds the answer")
    axes.set_title(f"{len(sure):,} questions · {total / len(sure):.1%} right when all are answered", fontsize=10)
    axes.plot(share, np.minimum(1, total / of), color=_GREY, linestyle="--", linewidth=1, label="all right ones first")
    axes.fill_between(share, *wilson(right, of), color=_BLUE, alpha=0.18, linewidth=0, label="95 % interval")
    axes.plot(share, right / of, color=_BLUE, label="measured")
    for name, threshold, marker in _named(trust):
        at = int(np.flatnonzero(sure[ends] >= threshold)[-1])
        axes.plot(
            share[at],
            right[at] / of[at],
            marker,
            color="black",
            label=f"{name} {threshold:.2f}: {share[at]:.1%} answered, {right[at] / of[at]:.1%} of them right",
        )
    axes.legend(loc="lower left", fontsize=8)
    return picture


def _bins(trust: Trust) -> Iterator[NDArray[np.bool_]]:
    """Which questions fall into each bin that isn't empty."""
    bins = np.minimum((trust.confidence * BINS).astype(int), BINS - 1)
    return (bins == bin_ for bin_ in np.unique(bins))


def _counted(axes: "Axes", trust: Trust) -> None:
    counts, edges = np.histogram(trust.confidence, bins=BINS, range=(0, 1))
    bars = axes.bar(edges[:-1], counts, width=1 / BINS, align="edge", color=_BLUE, alpha=0.5, edgecolor="white")
    axes.bar_label(bars, labels=[str(count) if count else "" for count in counts], fontsize=7)
    axes.set(xlabel="confidence", ylabel="questions")
    axes.margins(y=0.25)
    _thresholds(axes, trust)


def _thresholds(axes: "Axes", trust: Trust) -> None:
    for name, threshold, _marker in _named(trust):
        axes.axvline(threshold, color="black", linewidth=0.8, linestyle=":" if "unsure" in name else "-.")
        if axes.get_ylim() == (0, 1):
            axes.text(threshold - 0.012, 0.98, f"{name} {threshold:.2f}", rotation=90, ha="right", va="top", fontsize=7)


def _named(trust: Trust) -> list[tuple[str, float, str]]:
    named = (("answered from", trust.answered_from, "o"), ("unsure from", trust.nothing_below, "s"))
    return [(name, threshold, marker) for name, threshold, marker in named if threshold is not None]
