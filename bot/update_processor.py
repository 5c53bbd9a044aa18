"""Updates are handled several at once, in a fair order, and ticked off in the inbox when they are dealt with."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Hashable
from contextlib import suppress
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseUpdateProcessor

from bot.fairness import Closed, Crowded, Room, Turnstile, visitor_of
from bot.inbox import Inbox

_log = logging.getLogger(__name__)

_PUT_OFF = 60.0
"""Seconds."""
_ALL = 1_000_000
"""Updates that python-telegram-bot hands over at once, so that the turnstile sees all who wait."""

TooMany = Callable[[Update], Awaitable[None]]
"""Tells somebody, once, that too many of their updates wait for the newest to be taken."""


class InboxProcessor(BaseUpdateProcessor):
    """Handles several updates at once, in a fair order, and ticks off in the inbox those that are dealt with."""

    def __init__(self, inbox: Inbox, *, at_once: int, too_many: TooMany | None = None) -> None:
        super().__init__(_ALL)
        self._inbox, self._too_many = inbox, too_many
        self._turnstile = Turnstile(Room(at_once=at_once))
        self._put_off: dict[int, Hashable] = {}
        """Whose each update is."""
        self._busy: set[asyncio.Task[Any]] = set()

    @property
    def waiting(self) -> int:
        """Updates whose turn has not come."""
        return self._turnstile.waiting

    def put_off(self, update: Update) -> bool:
        """Handle `update` again in a while, since its reply could not be delivered; false when it was tried enough."""
        if not self._inbox.may_be_tried(update.update_id):
            return False
        self._put_off[update.update_id] = visitor_of(update).key
        asyncio.get_running_loop().call_later(_PUT_OFF, self._inbox.put_nowait, update)
        return True

    async def drop_put_off(self, sender: int) -> None:
        """Let go for good of what is put off of somebody's."""
        for update_id in [update_id for update_id, key in self._put_off.items() if key == sender]:
            self._put_off.pop(update_id, None)
            await self._inbox.tick_off(update_id)

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
            if not await self._inbox.begin(update_id):
                return
            self._put_off.pop(update_id, None)
            await coroutine
        finally:
            self._busy.discard(task)
        if update_id not in self._put_off:
            await self._inbox.tick_off(update_id)

    async def _drop(self, update: Update, *, first: bool) -> None:
        self._put_off.pop(update.update_id, None)
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
