"""How far the confidence can be trusted, as pictures."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retrieval.evaluation.measuring import Outcome

INSTALL = "Plots need matplotlib: pip install 'citabot[plots]'"
_BINS = 10


class PlotsMissing(Exception):
    """The library that draws is not installed."""


def draw(outcomes: Sequence[Outcome], folder: Path) -> list[Path]:
    """`reliability.png` and `coverage.png`; raises PlotsMissing, and OSError from the folder."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise PlotsMissing(INSTALL) from error

    confidence = np.array([outcome.confidence for outcome in outcomes])
    right = np.array([outcome.rank == 1 for outcome in outcomes], np.float64)
    folder.mkdir(parents=True, exist_ok=True)

    reliability = Figure(figsize=(5, 5), layout="constrained")
    axes = reliability.add_subplot(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="first quote holds the answer")
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    used = [bin_ for bin_ in range(_BINS) if (bins == bin_).any()]
    axes.plot([0, 1], [0, 1], color="0.7", linestyle="--", label="as it should be")
    axes.plot(
        [confidence[bins == bin_].mean() for bin_ in used],
        [right[bins == bin_].mean() for bin_ in used],
        marker="o",
        label="measured",
    )
    for bin_ in used:
        here = bins == bin_
        axes.annotate(
            str(int(here.sum())),
            (confidence[here].mean(), right[here].mean()),
            (4, -10),
            textcoords="offset points",
            fontsize=7,
        )
    axes.legend()

    order = np.argsort(-confidence, kind="stable")
    answered = np.arange(1, len(order) + 1)
    coverage = Figure(figsize=(5, 5), layout="constrained")
    axes = coverage.add_subplot(
        xlim=(0, 1), ylim=(0, 1.02), xlabel="share of questions answered", ylabel="share of them right"
    )
    axes.plot(answered / len(order), np.cumsum(right[order]) / answered)

    paths = [folder / "reliability.png", folder / "coverage.png"]
    for picture, path in zip((reliability, coverage), paths, strict=True):
        picture.savefig(path, dpi=150)
    return paths
