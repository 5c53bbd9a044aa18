"""What was measured of a model's evidence, in a file beside the catalog, by the model's fingerprint."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.whole_file import write_whole

FILE = "calibration.json"


def load_calibration(library: Path, fingerprint: str) -> Mapping[str, Any] | None:
    """None where there is none, or the file is damaged."""
    try:
        found = json.loads((library / FILE).read_text(encoding="utf-8"))[fingerprint]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, dict) else None


def save_calibration(library: Path, fingerprint: str, fields: Mapping[str, Any]) -> None:
    """In place of the one before, whole or not at all; a library reads it when it is opened next."""
    write_whole(library / FILE, json.dumps({fingerprint: dict(fields)}, indent=1))
