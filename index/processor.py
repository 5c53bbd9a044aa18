"""How many cores this process may use."""

import math
import os
from pathlib import Path

_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def usable_cores(quota: Path = _QUOTA) -> int:
    """A container's quota counts: libraries see the whole machine and would start a thread for each core of it."""
    seen = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        allowed, period = quota.read_text().split()
        return seen if allowed == "max" else max(1, min(seen, math.ceil(int(allowed) / int(period))))
    except (OSError, ValueError):
        return seen
