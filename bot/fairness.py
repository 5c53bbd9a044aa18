"""Whose turn it is: some are inside at once, each sender's updates in the order of arrival, and all senders in turn."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import CallbackQuery, Update

_ERASES = "m:erase"
"""The button of /forget, which comes after whatever the same reader asked before."""
_URGENT_IN_A_ROW = 4
"""While others could go in; then one of them does."""


class Crowded(Exception):
    """A sender has as many waiting as may wait; `first` until the line has been empty again."""

    def __init__(self, *, first: bool) -> None:
        super().__init__("too many are waiting")
        self.first = first


class Closed(Exception):
    """Nobody is let in any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Visitor:
    """Who wants in: `key` is whose line it is, `place` where many senders come together, if they do."""

    key: Hashable
    place: Hashable | None = None
    urgent: bool = False

    def marks(self) -> tuple[Hashable, ...]:
        """What is counted of it while it is inside; the urgent are counted apart."""
        return (self.urgent, (self.urgent, "key", self.key), (self.urgent, "place", self.place))


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """How many at most; `kept` of `at_once` are for the urgent, and a line holds `waiting` that aren't inside yet."""

    at_once: int = 16
    kept: int = 4
    per_key: int = 1
    per_place: int = 4
    waiting: int = 30


class _Line:
    """Those of one urgency who wait: each key's in the order of arrival, and the keys in the order of their turns."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, deque[tuple[Visitor, asyncio.Future[None]]]] = {}

    def count(self, key: Hashable) -> int:
        return len(self._waiting.get(key, ()))

    def add(self, visitor: Visitor, turn: asyncio.Future[None]) -> None:
        self._waiting.setdefault(visitor.key, deque()).append((visitor, turn))

    def discard(self, visitor: Visitor, turn: asyncio.Future[None]) -> None:
        waiting = self._waiting.get(visitor.key, deque())
        if (visitor, turn) in waiting:
            waiting.remove((visitor, turn))
            if not waiting:
                del self._waiting[visitor.key]

    def next(self, may: Callable[[Visitor], bool]) -> tuple[Visitor, asyncio.Future[None]] | None:
        """Take out the first who `may` go in; its key goes to the end of the round."""
        for key, waiting in self._waiting.items():
            if may(waiting[0][0]):
                first = waiting.popleft()
                del self._waiting[key]
                if waiting:
                    self._waiting[key] = waiting
                return first
        return None

    def everybody(self) -> list[asyncio.Future[None]]:
        return [turn for waiting in self._waiting.values() for _, turn in waiting]


class Turnstile:
    """Lets visitors in, the urgent first; after some of those in a row, one of the others."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._ordinary_at_once = max(1, room.at_once - room.kept)
        self._inside: Counter[Hashable] = Counter()
        self._lines = {True: _Line(), False: _Line()}
        self._crowded: set[Hashable] = set()
        self._urgent_in_a_row = 0
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(len(line.everybody()) for line in self._lines.values())

    @asynccontextmanager
    async def turn(self, visitor: Visitor) -> AsyncIterator[None]:
        """Inside, once it is the visitor's turn; raises Crowded or Closed where it can't be."""
        line, turn = self._lines[visitor.urgent], asyncio.get_running_loop().create_future()
        self._refuse(visitor, line)
        line.add(visitor, turn)
        self._let_in()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                line.discard(visitor, turn)
            elif turn.exception() is None:
                self._leave(visitor)
            raise
        try:
            yield
        finally:
            self._leave(visitor)

    def close(self) -> None:
        """Raise Closed to those who wait and those who come; who is inside may finish."""
        self._closed = True
        for line in self._lines.values():
            for turn in line.everybody():
                if not turn.done():
                    turn.set_exception(Closed)
        self._lines = {True: _Line(), False: _Line()}

    def _refuse(self, visitor: Visitor, line: _Line) -> None:
        if self._closed:
            raise Closed
        waiting, mark = line.count(visitor.key), (visitor.urgent, visitor.key)
        if waiting >= self._room.waiting:
            first = mark not in self._crowded
            self._crowded.add(mark)
            raise Crowded(first=first)
        if not waiting:
            self._crowded.discard(mark)

    def _leave(self, visitor: Visitor) -> None:
        self._inside.subtract(visitor.marks())
        self._inside = +self._inside
        self._let_in()

    def _let_in(self) -> None:
        while self._inside[True] + self._inside[False] < self._room.at_once and (admitted := self._next()):
            visitor, turn = admitted
            if turn.cancelled():
                continue
            self._urgent_in_a_row = self._urgent_in_a_row + 1 if visitor.urgent else 0
            self._inside.update(visitor.marks())
            turn.set_result(None)

    def _next(self) -> tuple[Visitor, asyncio.Future[None]] | None:
        urgent_first = self._urgent_in_a_row < _URGENT_IN_A_ROW
        return self._lines[urgent_first].next(self._may) or self._lines[not urgent_first].next(self._may)

    def _may(self, visitor: Visitor) -> bool:
        if not visitor.urgent and self._inside[False] >= self._ordinary_at_once:
            return False
        _, key, place = visitor.marks()
        free = visitor.place is None or self._inside[place] < self._room.per_place
        return free and self._inside[key] < self._room.per_key


def _is_quick(query: CallbackQuery | None) -> bool:
    return query is not None and query.data != _ERASES


def visitor_of(update: Update) -> Visitor:
    """Its sender's line; queries are urgent, since Telegram forgets them after some ten seconds."""
    sender, chat = update.effective_sender or update.effective_chat, update.effective_chat
    return Visitor(
        key=sender.id if sender else None,
        place=chat.id if chat and chat.type != chat.PRIVATE else None,
        urgent=bool(update.inline_query or update.guest_message) or _is_quick(update.callback_query),
    )
