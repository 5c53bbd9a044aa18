"""What becomes of errors: the log has them whole, admins learn what failed, readers get a kind word."""

import logging
import secrets
import time

from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot.context import Services
from bot.i18n import texts_for
from bot.sending import send
from bot.update_processor import InboxProcessor
from bot.views.writing import Reply
from index.errors import LibraryMissing

_log = logging.getLogger(__name__)
_ALERT_PAUSE = 60.0
"""Seconds between two alerts; the log has what lies between."""
_LONGEST_ALERT = 500
_SHUT_OUT = ("not found", "not enough rights", "have no rights", "topic_closed", "chat_restricted")
"""In what Telegram says where a chat, or what was to be answered, is gone, or the bot may not write there."""


class Failures:
    """The one error handler."""

    def __init__(self, services: Services, processor: InboxProcessor) -> None:
        self._services = services
        self._processor = processor
        self._alerted = -_ALERT_PAUSE

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Sorts errors by whom they concern."""
        error = context.error
        if error is None:
            return
        if not isinstance(update, Update):
            _log.warning("While polling: %s; still trying", error)
        elif isinstance(error, ChatMigrated) and update.effective_chat:
            self._services.people.move_group(update.effective_chat.id, error.new_chat_id)
            _log.info("A group became a supergroup while it was answered")
        elif _is_shut_out(error):
            _log.info("Nobody there to answer: %s", error)
        elif _is_passing(error) and self._processor.put_off(update):
            _log.warning("A reply could not be delivered and is put off: %s", error)
        else:
            await self._tell(update, error, context)

    async def _tell(self, update: Update, error: Exception, context: ContextTypes.DEFAULT_TYPE) -> None:
        reference = secrets.token_hex(3)
        _log.error("%s: update %d failed", reference, update.update_id, exc_info=error)
        text = "not-ready" if isinstance(error, LibraryMissing) else "failed"
        try:
            if update.effective_message:
                await send(update.effective_message, Reply(text=self._services.texts(update)(text)))
        except TelegramError as unsent:
            _log.warning("%s: the reader could not be told: %s", reference, unsent)
        if time.monotonic() - self._alerted >= _ALERT_PAUSE:
            self._alerted = time.monotonic()
            await self._alert(f"{type(error).__name__}: {error}", reference, context)

    async def _alert(self, error: str, reference: str, context: ContextTypes.DEFAULT_TYPE) -> None:
        texts = texts_for(self._services.settings.citabot_language)
        token = context.bot.token
        alert = texts("admin-alert", reference=reference, error=error.replace(token, "…")[:_LONGEST_ALERT])
        for admin in self._services.admins():
            try:
                await context.bot.send_message(admin, alert)
            except TelegramError as unsent:
                _log.warning("%s: admin %d could not be told: %s", reference, admin, unsent)


def _is_shut_out(error: Exception) -> bool:
    """Whether there is nobody to answer, or nobody who lets the bot write."""
    said = str(error).lower()
    return isinstance(error, Forbidden) or (isinstance(error, BadRequest) and any(why in said for why in _SHUT_OUT))


def _is_passing(error: Exception) -> bool:
    """Whether it may work later. (BadRequest is a NetworkError by name only.)"""
    return isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest)
