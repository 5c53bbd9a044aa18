"""Updates on disk from the moment they arrive until they are dealt with: none is lost, none is handled twice."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

_log = logging.getLogger(__name__)

FILE = "inbox.sqlite"
_REMEMBERED = 10_000
"""Update ids; Telegram repeats an update within a day at most."""
_ATTEMPTS = 3
"""After which an update is given up: it may be the one that brings the bot down each time."""
_PUT_OFF = 60.0
"""Seconds."""


class Inbox(asyncio.Queue[object]):
    """The queue between Telegram and the handlers, which survives the process."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        folder.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS updates (id INTEGER PRIMARY KEY, content TEXT, attempts INTEGER NOT NULL)"
        )

    async def put(self, item: object) -> None:
        """Keep an update and queue it, unless it was there before."""
        if not isinstance(item, Update) or self._keep(item):
            await super().put(item)

    def _keep(self, update: Update) -> bool:
        kept = self._connection.execute(
            "INSERT OR IGNORE INTO updates VALUES (?, ?, 1)", (update.update_id, _json_of(update))
        )
        return kept.rowcount == 1

    def done(self, update_id: int) -> None:
        """Forget what an update said, not that it was there."""
        self._connection.execute("UPDATE updates SET content = NULL WHERE id = ?", (update_id,))
        self._connection.execute("DELETE FROM updates WHERE content IS NULL AND id <= ?", (update_id - _REMEMBERED,))

    def take_up_unfinished(self, bot: Bot) -> int:
        """Queue what an earlier run of the bot left undone; how many."""
        rows = self._connection.execute("SELECT id, content FROM updates WHERE content IS NOT NULL ORDER BY id")
        unfinished = 0
        for id_, content in rows.fetchall():
            if self.try_again(id_):
                self.put_nowait(Update.de_json(json.loads(content), bot))
                unfinished += 1
            else:
                _log.error("Message %d has been tried %d times in vain; it is given up", id_, _ATTEMPTS)
                self.done(id_)
        return unfinished

    def try_again(self, update_id: int) -> bool:
        """Count another attempt at an update; false when there were enough."""
        counted = self._connection.execute(
            "UPDATE updates SET attempts = attempts + 1 WHERE id = ? AND attempts < ?", (update_id, _ATTEMPTS)
        )
        return counted.rowcount == 1

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _json_of(update: Update) -> str:
    """As Telegram sent it; the date of a message that is gone is a time, where all others are numbers."""
    return json.dumps(update.to_dict(), default=lambda moment: int(moment.timestamp()))


class InboxProcessor(BaseUpdateProcessor):
    """Handles several updates at once, and ticks off in the inbox those that are dealt with."""

    def __init__(self, inbox: Inbox, *, at_once: int) -> None:
        super().__init__(at_once)
        self._inbox = inbox
        self._put_off: set[int] = set()

    def put_off(self, update: Update) -> bool:
        """Handle `update` again in a while, since its reply could not be delivered; false when it was tried enough."""
        if not self._inbox.try_again(update.update_id):
            return False
        self._put_off.add(update.update_id)
        asyncio.get_running_loop().call_later(_PUT_OFF, self._inbox.put_nowait, update)
        return True

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Tick off whatever was handled, well or badly, but not what was put off or cancelled."""
        await coroutine
        if isinstance(update, Update):
            if update.update_id in self._put_off:
                self._put_off.remove(update.update_id)
            else:
                self._inbox.done(update.update_id)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""
