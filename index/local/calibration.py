"""What was measured of a model's evidence, in a file beside the catalog, by the model's fingerprint."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.whole_file import write_whole

FILE = "calibration.json"
_PREPARED = "calibration-"


def load_calibration(library: Path, fingerprint: str, *, generation: int | None = None) -> Mapping[str, Any] | None:
    """None where there is none, or the file is damaged; with a `generation`, what came along with that if any did."""
    try:
        found = json.loads(_written(library, generation))[fingerprint]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def save_calibration(library: Path, fingerprint: str, fields: Mapping[str, Any]) -> None:
    """In place of the one before, whole or not at all; a library reads it when it is opened next."""
    write_whole(library / FILE, _text(fingerprint, fields))


def prepare_calibration(library: Path, generation: int, fingerprint: str, fields: Mapping[str, Any] | None) -> None:
    """For a generation that comes out of a file: it counts from the moment that one is published, and not before."""
    write_whole(_prepared(library, generation), _text(fingerprint, fields) if fields else "{}")


def settle_calibration(library: Path, generation: int) -> None:
    """What was prepared for the published generation in place of the one before, and nothing left of others."""
    if (prepared := _prepared(library, generation)).exists():
        prepared.replace(library / FILE)
    for left in library.glob(f"{_PREPARED}*"):
        left.unlink()


def _written(library: Path, generation: int | None) -> str:
    try:
        return _prepared(library, generation).read_text(encoding="utf-8")
    except FileNotFoundError:
        return (library / FILE).read_text(encoding="utf-8")


def _prepared(library: Path, generation: int | None) -> Path:
    return library / f"{_PREPARED}{generation}.json"


def _text(fingerprint: str, fields: Mapping[str, Any]) -> str:
    return json.dumps({fingerprint: dict(fields)}, indent=1)
