"""Updates on disk from the moment they arrive until they are dealt with: none is lost, none is handled twice."""

import asyncio
import json
import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from telegram import Bot, Update
from telegram.error import NetworkError

from bot.state.store import StateUnusable, log_emptied
from bot.updates import read_update, written
from index.stepwise import write_ahead

_Argument = TypeVar("_Argument")
_Outcome = TypeVar("_Outcome")
_log = logging.getLogger(__name__)

FILE = "inbox.sqlite"
_REMEMBERED = 10_000
"""Update ids; Telegram repeats an update within a day at most."""
_ATTEMPTS = 3
"""Begun, after which an update is given up: it may be the one that brings the bot down each time."""


class Inbox(asyncio.Queue[object]):
    """The queue between Telegram and the handlers, which survives the process."""

    def __init__(self, folder: Path) -> None:
        """Raises StateUnusable."""
        super().__init__()
        self._path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._kept, self._marks = (
                sqlite3.connect(self._path, isolation_level=None, check_same_thread=False) for _ in range(2)
            )
            write_ahead(self._kept)
            self._marks.execute("PRAGMA synchronous = NORMAL")  # a mark lost in a power cut is an answer given twice
            self._marks.execute("PRAGMA secure_delete = ON")
            self._kept.execute(
                "CREATE TABLE IF NOT EXISTS updates (id INTEGER PRIMARY KEY, content TEXT, attempts INTEGER NOT NULL)"
            )
        except (OSError, sqlite3.Error) as error:
            raise StateUnusable(
                f"{self._path} cannot be opened ({error}). If it is damaged, move it away: all that it holds are "
                "messages that were not answered yet."
            ) from error
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

    async def begin(self, update_id: int) -> bool:
        """Count an attempt at an update before it is made, since it may be the one that brings the bot down.

        False where it was ticked off while it waited.
        """
        try:
            return await self._in_a_thread(self._count, update_id)
        except sqlite3.Error as error:
            _log.error("An attempt at update %d could not be counted: %s", update_id, error)
            return True

    def _count(self, update_id: int) -> bool:
        with self._lock:
            counted = self._marks.execute(
                "UPDATE updates SET attempts = attempts + 1 WHERE id = ? AND content IS NOT NULL", (update_id,)
            )
        return counted.rowcount == 1

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
