"""How much one user or one chat may ask in a minute."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

_WINDOW = 60.0
"""Seconds."""
_MOST_KEYS = 10_000


class Limits:
    """Counts what was asked during the last minute, by user and by chat."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._asked: OrderedDict[object, deque[float]] = OrderedDict()
        self._told: OrderedDict[object, float] = OrderedDict()

    def allows(self, key: object) -> bool:
        """Count a question of `key`; false where it is one too many."""
        now = self._clock()
        asked = self._asked.setdefault(key, deque())
        self._asked.move_to_end(key)
        while len(self._asked) > _MOST_KEYS:
            self._asked.popitem(last=False)
        while asked and now - asked[0] >= _WINDOW:
            asked.popleft()
        if len(asked) >= self._most:
            return False
        asked.append(now)
        return True

    def first_word(self, key: object) -> bool:
        """Whether `key` has not been told during the last minute; from now on they have been."""
        now = self._clock()
        if now - self._told.get(key, -_WINDOW) < _WINDOW:
            return False
        self._told[key] = now
        self._told.move_to_end(key)
        while len(self._told) > _MOST_KEYS:
            self._told.popitem(last=False)
        return True
