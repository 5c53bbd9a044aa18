"""What admins do: /reindex and /status."""

import asyncio
import time
from datetime import timedelta
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from bot.context import Desk
from bot.i18n import Texts
from bot.progress import ProgressMessage
from bot.reindexing import Ending, outcome_text, progress_text
from bot.replies import Reply
from bot.sending import send
from index.progress import Progress


class Administration:
    """Takes up changed articles while the bot goes on answering, and tells how the bot is doing."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: Ending | None = None
        self._starting = asyncio.Lock()

    async def reindex(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Starts a process of its own and returns; its progress shows in one message."""
        message = update.effective_message
        if message is None or await self._refused(update, message):
            return
        texts = self._desk.texts(update)
        async with self._starting:
            if self._desk.reindexer.busy:
                await send(message, Reply(text=texts("reindex-busy")))
                return
            shown = ProgressMessage(await send(message, Reply(text=texts("reindex-started"))))
            self._desk.reindexer.start(lambda report: self._follow(report, shown, texts))

    async def _follow(self, report: Progress | Ending, shown: ProgressMessage, texts: Texts) -> None:
        if isinstance(report, Progress):
            shown.show(progress_text(report, texts))
            return
        self._last = report
        await shown.finish(outcome_text(report, texts))
        await asyncio.to_thread(self._desk.shelf.current)

    async def status(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Library, model, last reindex."""
        message = update.effective_message
        if message is None or await self._refused(update, message):
            return
        texts = self._desk.texts(update)
        library = self._desk.shelf.current()
        articles = await asyncio.to_thread(lambda: list(library.articles()))
        text = texts(
            "status",
            articles=len(articles),
            passages=sum(article.passages for article in articles),
            generation=str(library.generation),
            model=self._desk.settings.citabot_embedding_model,
            reindex=outcome_text(self._last, texts) if self._last else texts("reindex-never"),
            uptime=str(timedelta(seconds=int(time.monotonic() - self._desk.opened))),
        )
        await send(message, Reply(text=text))

    async def _refused(self, update: Update, message: Message) -> bool:
        if self._desk.is_admin(update):
            return False
        await send(message, Reply(text=self._desk.texts(update)("admins-only")))
        return True


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """Commands for those whom the settings name."""
    administration = Administration(desk)
    return [
        CommandHandler("reindex", administration.reindex),
        CommandHandler("status", administration.status),
    ]
