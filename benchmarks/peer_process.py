"""The processes that `peers.py` compares, each told and heard line by line."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

_ENVIRONMENT = os.environ | {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False"}


class Side:
    """The other end of a library's process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def heard(self) -> dict[str, Any]:
        """One reply."""
        line = _open(self._process.stdout).readline()
        if not line:
            raise RuntimeError(f"{self._process.args!r} ended; why is said above")
        reply: dict[str, Any] = json.loads(line)
        return reply

    def told(self, **wish: Any) -> dict[str, Any]:
        """A wish, and what came of it."""
        stdin = _open(self._process.stdin)
        stdin.write(json.dumps(wish) + "\n")
        stdin.flush()
        return self.heard()


@contextmanager
def started(command: Sequence[str]) -> Iterator[Side]:
    """A process until the end of the block; what it says on stderr is shown."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=_ENVIRONMENT, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as process:
        try:
            yield Side(process)
        finally:
            process.kill()


def _open(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
