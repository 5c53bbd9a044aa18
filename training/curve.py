"""The course of a training as a picture."""

import json
from pathlib import Path
from typing import Any


def draw(out: Path) -> None:
    """`curve.png` out of `log.jsonl`: the loss, and how much is found of the answers in articles that are kept out.

    Nothing where matplotlib isn't installed.
    """
    try:
        from matplotlib import colormaps
        from matplotlib.figure import Figure
    except ImportError:
        return
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    figure = Figure(figsize=(8, 4), dpi=120, layout="constrained")
    losses = figure.add_subplot()
    _line(losses, lines, "loss", color="#2f6f9f")
    losses.set(xlabel="examples", ylabel="loss", ylim=(0, None))
    found, colours = losses.twinx(), colormaps["tab20"]
    for number, name in enumerate(sorted({name for line in lines for name in line if name.startswith("f1_")})):
        label, colour = name.removeprefix("f1_"), colours(number % colours.N)
        _line(found, lines, name, marker="o", markersize=3, linewidth=1, label=label, color=colour)
    found.set(ylabel="F1, articles kept out", ylim=(0, 1))
    if found.lines:
        found.legend(loc="lower right", fontsize=7, ncols=3)
    for axes in (losses, found):
        axes.spines["top"].set_visible(False)
    figure.savefig(out / "curve.png")


def _line(axes: Any, lines: list[dict[str, float]], name: str, **look: Any) -> None:
    points = [(line["examples"], line[name]) for line in lines if name in line]
    axes.plot([examples for examples, _ in points], [value for _, value in points], **look)
