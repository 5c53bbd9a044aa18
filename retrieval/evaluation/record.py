"""A measurement on file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np

from retrieval.answer import Verdict
from retrieval.evaluation.comparing import Changes
from retrieval.evaluation.figures import Figures
from retrieval.evaluation.measuring import Outcome

_PERCENTILES = (50, 95, 99)

Percentiles = dict[str, dict[str, float]]


class RecordUnreadable(Exception):
    """A file is no record of a measurement."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """All that one run of `citabot evaluate` came to."""

    about: Mapping[str, Any]
    """When, by which version, of which questions and library."""
    figures: Mapping[str, Figures]
    timings_ms: Percentiles
    outcomes: Sequence[Outcome]


def percentiles(timings_ms: Mapping[str, Sequence[float]]) -> Percentiles:
    """p50, p95 and p99 of each step, in milliseconds."""
    return {
        step: {f"p{share}": round(float(np.percentile(spent, share)), 2) for share in _PERCENTILES}
        for step, spent in timings_ms.items()
    }


def make_room(path: Path) -> None:
    """See to it that a record can be written; raises OSError, and RecordUnreadable where anything else would go."""
    path.open("ab").close()
    there = path.read_bytes() if path.is_file() else b""
    try:
        is_record = not there or isinstance(json.loads(there.decode())["outcomes"], list)
    except (ValueError, LookupError, TypeError, RecursionError):
        is_record = False
    if not is_record:
        raise RecordUnreadable(f"{path} is there already and is no record: name another file for the record.")


def save(path: Path, record: Record, changes: Changes | None = None) -> None:
    """As JSON, the changes since an older record with it; raises OSError."""
    fields = {
        "about": dict(record.about),
        "figures": {row: {name: asdict(each) for name, each in named.items()} for row, named in record.figures.items()},
        "timings_ms": record.timings_ms,
        **({"changes": asdict(changes)} if changes else {}),
        "outcomes": [asdict(outcome) for outcome in record.outcomes],
    }
    save_fields(path, fields)


def save_fields(path: Path, fields: Mapping[str, Any]) -> None:
    """As JSON, halves of characters escaped; raises OSError."""
    path.write_bytes(json.dumps(fields, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace"))


def load(path: Path) -> Record:
    """What `save` wrote, but for the figures, which follow from the outcomes; raises RecordUnreadable."""
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Record(
            about=dict(fields["about"]),
            figures={},
            timings_ms={
                step: {f"p{share}": float(spent[f"p{share}"]) for share in _PERCENTILES}
                for step, spent in fields["timings_ms"].items()
            },
            outcomes=[_outcome(outcome) for outcome in fields["outcomes"]],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RecordUnreadable(
            f"{path} is no record that this version of `citabot evaluate --json` wrote ({error})"
        ) from error


def _outcome(fields: dict[str, Any]) -> Outcome:
    outcome = Outcome(**fields)
    for name, kind in get_type_hints(Outcome).items():
        value = getattr(outcome, name)
        fits = value in get_args(kind) if kind == Verdict else isinstance(value, kind)
        if not fits:
            raise TypeError(f"{name}: {value!r:.60}")
    return outcome
