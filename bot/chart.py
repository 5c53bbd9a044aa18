"""Questions by day and verdict, as a picture."""

import io
from collections.abc import Sequence
from typing import Any

from bot.i18n import Texts
from bot.state.report import Day

_COLOURS = {"answered": "#3b7ea1", "unsure": "#e3b23c", "nothing": "#c8553d"}
_INK, _RULE = "#333333", "#dddddd"
_LABELS = 8
"""Dates beneath the bars, at most one more than these."""


class ChartsMissing(Exception):
    """What draws isn't installed."""


def chart(days: Sequence[Day], texts: Texts) -> bytes:
    """A PNG with a bar for each day; raises ChartsMissing."""
    try:
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError as error:
        raise ChartsMissing from error
    figure = Figure(figsize=(9, 4.5), dpi=120, layout=ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.15))
    axes = figure.add_subplot()
    floor = [0] * len(days)
    for verdict, colour in _COLOURS.items():
        heights = [getattr(day, verdict) for day in days]
        label = f"{texts(f'verdict-{verdict}')} ({sum(heights)})"
        axes.bar(range(len(days)), heights, bottom=floor, color=colour, width=0.78, label=label)
        floor = [below + height for below, height in zip(floor, heights, strict=True)]
    _dress(axes, days, top=max(floor, default=0))
    axes.set_title(texts("chart-title"), loc="left", pad=34, color=_INK, fontsize=14, fontweight="bold")
    axes.legend(frameon=False, ncols=3, loc="lower left", bbox_to_anchor=(-0.01, 1), labelcolor=_INK,
                handlelength=1, handleheight=1, borderaxespad=0.4)  # fmt: skip
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png")
    return drawn.getvalue()


def _dress(axes: Any, days: Sequence[Day], *, top: int) -> None:
    """Dates counted back from the last day, whole numbers, and nothing that needn't be there."""
    from matplotlib.ticker import MaxNLocator

    step = max(1, -(-len(days) // _LABELS))
    shown = sorted(range(len(days) - 1, -1, -step))
    axes.set_xticks(shown, [days[place].day.strftime("%d/%m") for place in shown])
    axes.set_xlim(-0.7, len(days) - 0.3)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=1))
    axes.set_ylim(0, max(1, top) * 1.08)
    axes.grid(axis="y", color=_RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, colors=_INK)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(_RULE)
