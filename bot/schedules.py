"""How often a source is gathered, as people write it: 30m, 6h, 1d, 2w, never."""

import re

from index.gathering import NotGathered

NEVER = "never"
_SECONDS = {"m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}
_WRITTEN = re.compile(r"(\d{1,4})\s*([mhdw])", re.IGNORECASE)
_SHORTEST = 300.0
"""Seconds; what is asked more often than that is a burden."""


def seconds_of(written: str) -> float | None:
    """None for never; raises NotGathered for what is no time, or too short a one."""
    if written.strip().lower() == NEVER:
        return None
    found = _WRITTEN.fullmatch(written.strip())
    seconds = int(found[1]) * _SECONDS[found[2].lower()] if found else 0.0
    if seconds < _SHORTEST:
        said = written.strip() or "That"
        raise NotGathered(f"{said} is no schedule: write 30m, 6h, 1d, 2w or never; 5m is the shortest.")
    return seconds


def written(seconds: float | None) -> str:
    """In the largest unit that fits."""
    if seconds is None:
        return NEVER
    unit = next((unit for unit in reversed(_SECONDS) if seconds % _SECONDS[unit] == 0), "m")
    return f"{seconds / _SECONDS[unit]:.0f}{unit}"
