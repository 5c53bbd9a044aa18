"""The bot about itself and its articles: /start, /help and /sources."""

import asyncio
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.context import Desk
from bot.replies import Reply, sources_reply
from bot.sending import acknowledge, edit, send
from index.article import ArticleSummary


class About:
    """Says what the bot can do and what it knows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The first message."""
        if update.effective_message:
            await send(update.effective_message, Reply(text=self._desk.texts(update)("welcome")))

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What can be done; admins see more."""
        if update.effective_message:
            texts = self._desk.texts(update)
            articles = await asyncio.to_thread(self._articles)
            text = texts("help", articles=len(articles))
            if self._desk.is_admin(update):
                text += "\n" + texts("help-admin")
            await send(update.effective_message, Reply(text=text))

    async def sources(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The list of articles, its first page."""
        if update.effective_message:
            articles = await asyncio.to_thread(self._articles)
            await send(update.effective_message, sources_reply(articles, 1, self._desk.texts(update)))

    async def turn(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Another page of it."""
        query = update.callback_query
        if query is None:
            return
        await acknowledge(query)
        if isinstance(query.message, Message):
            articles = await asyncio.to_thread(self._articles)
            page = int((query.data or "").rpartition(":")[2])
            await edit(query.message, sources_reply(articles, page, self._desk.texts(update)))

    def _articles(self) -> list[ArticleSummary]:
        return list(self._desk.shelf.current().articles())


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """Commands that everybody may use."""
    about = About(desk)
    return [
        CommandHandler("start", about.start),
        CommandHandler("help", about.help),
        CommandHandler("sources", about.sources),
        CallbackQueryHandler(about.turn, pattern=r"^sources:\d{1,6}$"),
    ]
