"""An indexing run as JSON lines: what one process tells another, and how the other one reads it."""

import json
import time
from dataclasses import asdict

from index.indexer import Outcome
from index.progress import Progress
from index.readers import Skipped

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
    """`{"generation": …, "added": …, …}`, the last line."""
    print(json.dumps(asdict(outcome)), flush=True)


def read_line(line: str | bytes) -> Progress | Outcome:
    """What a line tells; raises ValueError for one that neither of the two printed."""
    fields = json.loads(line)
    if "step" in fields:
        return Progress(**fields)
    skipped = tuple(Skipped(**skipped) for skipped in fields.pop("skipped"))
    return Outcome(**fields, skipped=skipped)
