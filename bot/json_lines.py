"""Indexing as JSON lines: what one process tells another, and how the other one reads it."""

import json
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from index.golden import AnswersFell, Fall, Fallen
from index.indexer import Outcome
from index.library_writer import Withheld
from index.plan import Change, Plan
from index.progress import Progress, Report
from index.readers import Skipped
from index.rollback import KeptGeneration
from index.runs import Run
from index.vanishing import MostAreGone, Vanishing

_PAUSE = 0.2
"""Seconds between two lines of one step."""


@contextmanager
def told_as_json() -> Iterator[Report]:
    """A Report that prints lines. Once something is being published, SIGTERM ends the process no more.

    So whoever sends it is told of what was published, or nothing was. Where most articles or answers would go, a line
    says so.
    """
    before = signal.getsignal(signal.SIGTERM)
    paced = PacedJson()

    def told(progress: Progress) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN if progress.step == "publishing" else before)
        paced(progress)

    try:
        yield told
    except MostAreGone as error:
        print(json.dumps({"vanishing": asdict(error.vanishing)}), flush=True)
        raise
    except AnswersFell as error:
        print(json.dumps({"fall": asdict(error.fall)}), flush=True)
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


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


def print_gone_back(generation: int, outcome: Outcome) -> None:
    """`{"back_to": …, "generation": …, "added": …, …}`, the last line."""
    print(json.dumps({"back_to": generation} | asdict(outcome)), flush=True)


def print_runs(runs: Iterable[Run]) -> None:
    """`{"began": …, "kind": …, "ended": …, …}` for each."""
    for run in runs:
        fields = asdict(run)
        print(json.dumps(fields | fields.pop("settled") | {"began": run.began.isoformat()}))


def print_kept(kept: Iterable[KeptGeneration]) -> None:
    """`{"generation": …, "until": …, "articles": …, "added": …, …}` for each."""
    for each in kept:
        print(json.dumps(asdict(each) | {"until": each.until.isoformat()}))


def print_plan(plan: Plan) -> None:
    """`{"kind": …, "id": …, …}` for each change, then `{"added": …, "changed": …, …}` with what would be skipped."""
    for change in plan.changes:
        print(json.dumps(asdict(change)))
    total = {
        "added": plan.count("added"),
        "changed": plan.count("changed"),
        "removed": plan.count("removed"),
        "unchanged": plan.unchanged,
        "withheld": plan.withheld,
        "skipped": [asdict(skipped) for skipped in plan.skipped],
        "vanishing": asdict(plan.vanishing) if plan.vanishing else None,
    }
    print(json.dumps(total), flush=True)


def print_withheld(withheld: Iterable[Withheld]) -> None:
    """`{"article": …, "title": …, "since": …}` for each."""
    for article in withheld:
        print(json.dumps(asdict(article) | {"since": article.since.isoformat()}))


def read_line(line: str | bytes) -> Progress | Outcome | Vanishing | Fall:
    """What a line tells; raises ValueError for one that no run printed."""
    fields = json.loads(line)
    if "step" in fields:
        return Progress(**fields)
    if "vanishing" in fields:
        return read_vanishing(fields["vanishing"])
    if "fall" in fields:
        return read_fall(fields["fall"])
    fields.pop("back_to", None)
    return Outcome(**fields | {"skipped": _skipped(fields)})


def read_plan(lines: str | bytes) -> Plan:
    """What `print_plan` printed; raises ValueError for anything else."""
    *changes, total = map(json.loads, lines.splitlines())
    return Plan(
        changes=tuple(Change(**fields) for fields in changes),
        unchanged=total["unchanged"],
        withheld=total["withheld"],
        skipped=_skipped(total),
        vanishing=read_vanishing(total["vanishing"]) if total["vanishing"] else None,
    )


def read_vanishing(fields: dict[str, Any]) -> Vanishing:
    """As it was before it became JSON."""
    return Vanishing(**fields | {"empty": tuple(fields["empty"])})


def read_fall(fields: dict[str, Any]) -> Fall:
    """As it was before it became JSON."""
    return Fall(**fields | {"fallen": tuple(Fallen(**each) for each in fields["fallen"])})


def _skipped(fields: dict[str, Any]) -> tuple[Skipped, ...]:
    return tuple(Skipped(**skipped) for skipped in fields["skipped"])
