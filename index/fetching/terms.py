"""What fetching may take, and the error when nothing comes of it."""

import time
from dataclasses import dataclass

from index.errors import IndexingError


class NotFetched(IndexingError):
    """Nothing came from an address; the text says why, and what can be done, to the person who sent it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much patience and room one fetch has, redirects and robots.txt counted."""

    seconds: float = 30.0
    """From the first look at the address to the last byte; asking for a host's addresses can't be cut short."""
    seconds_a_read: float = 10.0
    """That a server may say nothing."""
    size: int = 20_000_000
    """Bytes of a page, unpacked."""
    redirects: int = 5


class Deadline:
    """The moment when a fetch is over, whatever it waits for."""

    def __init__(self, limits: Limits) -> None:
        self._end, self._most = time.monotonic() + limits.seconds, limits.seconds_a_read

    def left(self) -> float:
        """Seconds that the next step may take; raises TimeoutError where there are none."""
        left = min(self._end - time.monotonic(), self._most)
        if left <= 0:
            raise TimeoutError
        return left
