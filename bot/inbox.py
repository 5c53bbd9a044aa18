"""Updates on disk from the moment they arrive until they are dealt with: none is lost, none is handled twice."""

import asyncio
import json
import logging
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram.error import NetworkError, TelegramError
from telegram.ext import BaseUpdateProcessor

from bot.fairness import Closed, Crowded, Room, Turnstile, visitor_of
from bot.state.store import log_emptied
from bot.updates import read_update, written

_Argument = TypeVar("_Argument")
_Outcome = TypeVar("_Outcome")
_log = logging.getLogger(__name__)

FILE = "inbox.sqlite"
_REMEMBERED = 10_000
"""Update ids; Telegram repeats an update within a day at most."""
_ATTEMPTS = 3
"""Begun, after which an update is given up: it may be the one that brings the bot down each time."""
_PUT_OFF = 60.0
"""Seconds."""
_ALL = 1_000_000
"""Updates that python-telegram-bot hands over at once, so that the turnstile sees all who wait."""

TooMany = Callable[[Update], Awaitable[None]]
"""Tells somebody, once, that too many of their updates wait for the newest to be taken."""


class Inbox(asyncio.Queue[object]):
    """The queue between Telegram and the handlers, which survives the process."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE
        self._kept, self._marks = (
            sqlite3.connect(self._path, isolation_level=None, check_same_thread=False) for _ in range(2)
        )
        self._kept.execute("PRAGMA journal_mode = WAL")
        self._marks.execute("PRAGMA synchronous = NORMAL")  # a mark lost in a power cut is an answer given twice
        self._marks.execute("PRAGMA secure_delete = ON")
        self._kept.execute(
            "CREATE TABLE IF NOT EXISTS updates (id INTEGER PRIMARY KEY, content TEXT, attempts INTEGER NOT NULL)"
        )
        self._lock = threading.Lock()
        self._writer = ThreadPoolExecutor(1, "inbox")
        self._resting = False

    async def put(self, item: object) -> None:
        """Keep an update and queue it, unless it was there before; raises NetworkError where it can't be kept."""
        if not isinstance(item, Update) or await self._in_a_thread(self._keep, item):
            await super().put(item)

    def put_nowait(self, item: object) -> None:
        """Queue what is kept already, unless the inbox rests."""
        if not (self._resting and isinstance(item, Update)):
            super().put_nowait(item)

    def rest(self) -> None:
        """Go on keeping, but queue no update any more: what comes now is for the next run."""
        self._resting = True

    def _keep(self, update: Update) -> bool:
        try:
            kept = self._kept.execute(
                "INSERT OR IGNORE INTO updates VALUES (?, ?, 0)", (update.update_id, written(update))
            )
        except sqlite3.Error as error:
            raise NetworkError(f"The inbox can't be written: {error}") from error
        return kept.rowcount == 1

    async def tick_off(self, update_id: int) -> None:
        """As `done`, beside the event loop."""
        try:
            await self._in_a_thread(self.done, update_id)
        except sqlite3.Error as error:
            _log.error("Update %d could not be ticked off, so that the next run repeats it: %s", update_id, error)

    def done(self, update_id: int) -> None:
        """Forget what an update said, not that it was there."""
        with self._lock, self._marks:
            self._marks.execute("BEGIN")
            self._marks.execute("UPDATE updates SET content = NULL WHERE id = ?", (update_id,))
            self._marks.execute("DELETE FROM updates WHERE content IS NULL AND id <= ?", (update_id - _REMEMBERED,))

    def take_up_unfinished(self, bot: Bot) -> int:
        """Queue what an earlier run of the bot left undone; how many."""
        rows = self._marks.execute("SELECT id, content FROM updates WHERE content IS NOT NULL ORDER BY id")
        unfinished = 0
        for id_, content in rows.fetchall():
            if self.may_be_tried(id_):
                self.put_nowait(read_update(json.loads(content), bot))
                unfinished += 1
            else:
                _log.error("Message %d has been tried %d times in vain; it is given up", id_, _ATTEMPTS)
                self.done(id_)
        return unfinished

    def may_be_tried(self, update_id: int) -> bool:
        """Whether an update was begun less often than it may be."""
        with self._lock:
            row = self._marks.execute("SELECT attempts FROM updates WHERE id = ?", (update_id,)).fetchone()
        return row is not None and row[0] < _ATTEMPTS

    async def begin(self, update_id: int) -> None:
        """Count an attempt at an update before it is made, since it may be the one that brings the bot down."""
        try:
            await self._in_a_thread(self._count, update_id)
        except sqlite3.Error as error:
            _log.error("An attempt at update %d could not be counted: %s", update_id, error)

    def _count(self, update_id: int) -> None:
        with self._lock:
            self._marks.execute("UPDATE updates SET attempts = attempts + 1 WHERE id = ?", (update_id,))

    def wipe(self) -> bool:
        """Leave nothing, in the log beside the file neither, of what updates said that are dealt with.

        False where another process was at the file, so that something may be left until this is called again.
        """
        return self._writer.submit(self._emptied).result()

    def _emptied(self) -> bool:
        with self._lock:
            return log_emptied(self._path)

    def close(self) -> None:
        """Let go of the file."""
        self._writer.shutdown()
        self._kept.close()
        with self._lock:
            self._marks.close()

    async def _in_a_thread(self, work: Callable[[_Argument], _Outcome], argument: _Argument) -> _Outcome:
        return await asyncio.get_running_loop().run_in_executor(self._writer, work, argument)


class InboxProcessor(BaseUpdateProcessor):
    """Handles several updates at once, in a fair order, and ticks off in the inbox those that are dealt with."""

    def __init__(self, inbox: Inbox, *, at_once: int, too_many: TooMany | None = None) -> None:
        super().__init__(_ALL)
        self._inbox, self._too_many = inbox, too_many
        self._turnstile = Turnstile(Room(at_once=at_once))
        self._put_off: set[int] = set()
        self._busy: set[asyncio.Task[Any]] = set()

    @property
    def waiting(self) -> int:
        """Updates whose turn has not come."""
        return self._turnstile.waiting

    def put_off(self, update: Update) -> bool:
        """Handle `update` again in a while, since its reply could not be delivered; false when it was tried enough."""
        if not self._inbox.may_be_tried(update.update_id):
            return False
        self._put_off.add(update.update_id)
        asyncio.get_running_loop().call_later(_PUT_OFF, self._inbox.put_nowait, update)
        return True

    def close(self) -> None:
        """Begin nothing more; what waits is left for the next run."""
        self._inbox.rest()
        self._turnstile.close()

    def abandon(self) -> None:
        """Cut short what is not finished; the next run tries it again."""
        for task in self._busy:
            task.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Tick off whatever was handled, well or badly, but not what was put off or cancelled."""
        if not isinstance(update, Update):
            await coroutine
            return
        try:
            with suppress(Closed):  # it waited in vain for its turn, and the next run takes it up
                async with self._turnstile.turn(visitor_of(update)):
                    await self._handle(update.update_id, coroutine)
        except Crowded as crowded:
            await self._drop(update, first=crowded.first)
        finally:
            if isinstance(coroutine, Coroutine):
                coroutine.close()

    async def _handle(self, update_id: int, coroutine: Awaitable[Any]) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._busy.add(task)
        try:
            await self._inbox.begin(update_id)
            await coroutine
        finally:
            self._busy.discard(task)
        if update_id in self._put_off:
            self._put_off.remove(update_id)
        else:
            await self._inbox.tick_off(update_id)

    async def _drop(self, update: Update, *, first: bool) -> None:
        await self._inbox.tick_off(update.update_id)
        if not first:
            return
        _log.warning("Somebody sends faster than can be answered; what comes beyond is dropped")
        if self._too_many:
            try:
                await self._too_many(update)
            except TelegramError as error:
                _log.warning("Somebody who sends too fast could not be told: %s", error)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""
