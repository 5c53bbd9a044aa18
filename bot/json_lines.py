"""An indexing run as JSON lines: what one process tells another."""

import json
import time
from dataclasses import asdict

from index.indexer import Outcome
from index.progress import Progress

_PAUSE = 0.2
"""Seconds between two lines of one step."""


class PacedJson:
    """A Report that prints a line now and then, and the end of each step."""

    def __init__(self) -> None:
        self._printed = -_PAUSE

    def __call__(self, progress: Progress) -> None:
        """`{"step": …, "done": …, "total": …}`."""
        if progress.done == progress.total or time.monotonic() - self._printed >= _PAUSE:
            self._printed = time.monotonic()
            print(json.dumps(asdict(progress)), flush=True)


def print_outcome(outcome: Outcome) -> None:
    """`{"outcome": {…}}`, the last line."""
    skipped = [f"{skipped.source}: {skipped.reason}" for skipped in outcome.skipped]
    print(json.dumps({"outcome": asdict(outcome) | {"skipped": skipped}}), flush=True)
