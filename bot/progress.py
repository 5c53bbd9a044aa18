"""A piece of work shown in one message, which is edited as the work goes on."""

import asyncio
import logging
import time

from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.sending import edit, send
from bot.views.writing import Reply

_log = logging.getLogger(__name__)
_PAUSE = 3.0
"""Seconds between edits; a group takes 20 messages a minute, edits included."""


class ProgressMessage:
    """Shows the newest state; what comes too fast, or while an edit is under way, is left out."""

    def __init__(self, message: Message, keyboard: InlineKeyboardMarkup | None = None) -> None:
        self._message, self._keyboard = message, keyboard
        self._edited = time.monotonic()
        self._editing: asyncio.Task[None] | None = None

    def show(self, text: str) -> None:
        """Begin to put `text` in place of what stands there; whoever works needn't wait for Telegram."""
        under_way = self._editing is not None and not self._editing.done()
        if not under_way and time.monotonic() - self._edited >= _PAUSE:
            self._edited = time.monotonic()
            self._editing = asyncio.create_task(self._try(text))

    async def finish(self, text: str) -> None:
        """The end is told in any case, without buttons, anew where its message is gone or its group moved."""
        if self._editing is not None:
            await self._editing
        try:
            await edit(self._message, Reply(text=text))
        except (BadRequest, ChatMigrated):
            await send(self._message, Reply(text=text))

    async def _try(self, text: str) -> None:
        try:
            await edit(self._message, Reply(text=text, keyboard=self._keyboard))
        except TelegramError as error:
            _log.warning("Progress could not be shown: %s", error)
