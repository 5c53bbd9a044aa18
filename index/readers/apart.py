"""Programs that read what somebody else made: in a process of their own, for so long and so much, and no longer."""

import subprocess
import threading
from collections.abc import Sequence
from typing import IO

from index.readers.making import Unreadable

SECONDS = 60
MEMORY = 1_500_000_000
"""Bytes of address space."""
MOST_SAID = 40_000_000
"""Bytes."""


def said_by(
    command: Sequence[str],
    *,
    given: IO[bytes] | None = None,
    seconds: float = SECONDS,
    most: int = MOST_SAID,
) -> bytes:
    """What a program says on stdout, `given` on its stdin.

    Raises Unreadable where it breaks down, doesn't end in time, or says more than `most` bytes.
    """
    process = subprocess.Popen(
        command, stdin=given or subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    with process:
        assert process.stdout is not None
        try:
            said = process.stdout.read(most + 1)
            if len(said) > most:
                raise Unreadable(f"holds more than {most // 1_000_000} MB of text; split it")
            process.wait()
        finally:
            timer.cancel()
            process.kill()
    if late.is_set():
        raise Unreadable(f"takes more than {seconds:g} seconds to read; save its text instead")
    if process.returncode:
        raise Unreadable("could not be read to its end: it is damaged, or needs too much memory; save its text instead")
    return said
