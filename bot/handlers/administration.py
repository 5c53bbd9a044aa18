"""What admins do to the library as a whole: /reindex, looking before leaping, cancelling, and /status."""

import asyncio
import time
from datetime import date
from typing import Any

import psutil
from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.context import Services
from bot.handlers.rights import for_admins
from bot.reindexing import plan_text
from bot.sending import acknowledge, edit, send
from bot.views.buttons import button, pattern
from bot.views.reports import Status, status_reply
from bot.views.writing import Reply, brief, keyboard_of

_LONGEST_PLAN = 4000
"""UTF-16 units."""


class Administration:
    """Takes up changed articles while the bot goes on answering, and tells how the bot is doing."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @for_admins
    async def reindex(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """At once; with the word `dry` after it, only what it would change is told, with a button to do it."""
        if update.effective_message and (context.args or [""])[0].lower() in ("dry", "preview"):
            await self._preview(update.effective_message, update)
        elif update.effective_message:
            await self._services.library_work.reindex(update.effective_message, update)

    @for_admins
    async def confirm(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button beneath a preview."""
        if update.callback_query and isinstance(update.callback_query.message, Message):
            await acknowledge(update.callback_query)
            await self._services.library_work.reindex(update.callback_query.message, update)

    @for_admins
    async def cancel(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button beneath a reindex at work."""
        if update.callback_query:
            cancelled = self._services.library_work.cancel(update)
            notice = None if cancelled else self._services.texts(update)("nothing-to-cancel")
            await acknowledge(update.callback_query, notice)

    @for_admins
    async def status(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Library, model, last reindex, questions of today, latency, memory."""
        if update.effective_message:
            status = await asyncio.to_thread(self._status, update)
            await send(update.effective_message, status_reply(status, self._services.texts(update)))

    async def _preview(self, message: Message, update: Update) -> None:
        texts = self._services.texts(update)
        shown = await send(message, Reply(text=texts("reindex-started")))
        plan = await self._services.reindexer.preview()
        rows = [[button(texts("reindex-now"), "i")]] if getattr(plan, "changes", ()) else []
        await edit(shown, Reply(text=brief(plan_text(plan, texts), _LONGEST_PLAN), keyboard=keyboard_of(rows)))

    def _status(self, update: Update) -> Status:
        services = self._services
        return Status(
            articles=services.lookup.count(),
            passages=services.lookup.passages(),
            generation=services.desk.shelf.current().generation,
            model=services.settings.citabot_embedding_model,
            last=services.library_work.last(),
            uptime=time.monotonic() - services.desk.opened,
            today=services.reports.days(1, date.today())[0],
            latency=services.reports.latency(),
            memory=round(psutil.Process().memory_info().rss / 2**20),
        )


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """For admins."""
    administration = Administration(services)
    return [
        CommandHandler("reindex", administration.reindex),
        CommandHandler("status", administration.status),
        CallbackQueryHandler(administration.confirm, pattern=pattern("i")),
        CallbackQueryHandler(administration.cancel, pattern=pattern("z")),
    ]
