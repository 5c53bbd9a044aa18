"""The bot about itself: /start, also with a link's article or question, and /help."""

import asyncio
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from bot.context import Services
from bot.handlers.questions import Questions
from bot.links import article_in, question_in
from bot.sending import send
from bot.views.articles import article_reply
from bot.views.writing import Reply


class About:
    """Says what the bot can do, and follows links into it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._questions = Questions(services)

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The first message; or an article or a question that a link names."""
        message, parameter = update.effective_message, (context.args or [""])[0]
        if message is None:
            return
        if question := question_in(parameter):
            await self._questions.answer(question, message, update, context.bot)
        elif key := article_in(parameter):
            await send(message, await asyncio.to_thread(self._article, key, update))
        else:
            await send(message, Reply(text=self._services.texts(update)("welcome")))

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What can be done; groups and admins see more."""
        message, texts = update.effective_message, self._services.texts(update)
        if message is None:
            return
        articles = await asyncio.to_thread(self._services.lookup.count)
        parts = [texts("help", articles=articles)]
        if message.chat.type != message.chat.PRIVATE:
            parts.append(texts("help-group", bot=context.bot.username))
        if self._services.is_admin(update):
            parts.append(texts("help-admin"))
        await send(message, Reply(text="\n\n".join(parts)))

    def _article(self, key: str, update: Update) -> Reply:
        texts = self._services.texts(update)
        summary = self._services.lookup.with_key(key)
        article = self._services.lookup.read(summary.id) if summary else None
        return article_reply(article, 1, texts) if article else Reply(text=texts("article-gone"))


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Commands that everybody may use."""
    about = About(services)
    return [CommandHandler("start", about.start), CommandHandler("help", about.help)]
