"""The course of a training as a picture."""

import json
from pathlib import Path


def draw(out: Path) -> None:
    """`curve.png` out of `log.jsonl`; nothing where matplotlib isn't installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return
    lines = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    if not lines:
        return
    figure = Figure(figsize=(8, 4), dpi=120, layout="constrained")
    axes = figure.add_subplot()
    axes.plot([line["examples"] for line in lines], [line["loss"] for line in lines], color="#2f6f9f")
    axes.set_xlabel("examples")
    axes.set_ylabel("loss")
    axes.set_ylim(bottom=0)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(out / "curve.png")
