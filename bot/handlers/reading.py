"""Articles to read: the list of them, one page by page, or as a file."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from telegram import CallbackQuery, Message, Update, User
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.context import Services
from bot.conversation import QuoteGone
from bot.handlers.questions import whole
from bot.i18n import Texts
from bot.sending import acknowledge, edit, send, send_file
from bot.state.quotes import StoredQuote
from bot.views.articles import article_reply, page_at, sources_reply
from bot.views.buttons import pattern, pressed
from bot.views.writing import Reply, brief
from index.article import Article

_LONGEST_WORDS = 200


class Reading:
    """Shows what the library holds."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def sources(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The list of articles, its first page; of those with the words after the command, if there are any."""
        message = update.effective_message
        if message:
            words = _words_after_command(message)
            await send(message, await asyncio.to_thread(self._list, words, 1, update, context.bot.bot))

    async def turn_list(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Another page of the list."""
        query = update.callback_query
        if query is None or not isinstance(query.message, Message):
            return
        press = pressed(query.data)
        words = whole(":".join(press.parts[1:])) or _words_after_command(query.message.reply_to_message)
        if len(press.parts) > 1 and not words:  # the command had too many for a button, and is gone
            await acknowledge(query, self._services.texts(update)("question-gone"))
            return
        await acknowledge(query)
        page = press.number(0)
        await edit(query.message, await asyncio.to_thread(self._list, words, page, update, context.bot.bot))

    async def open(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The article of a quote, where the quote stands in it."""
        query, texts = update.callback_query, self._services.texts(update)
        turn = self._services.turn_behind(query)
        if query is None or turn is None or not turn.quotes or not isinstance(query.message, Message):
            await _excuse(query, texts("question-gone"))
            return
        stored = turn.quotes[min(max(pressed(query.data).number(1), 1), len(turn.quotes)) - 1]
        try:
            reply = await asyncio.to_thread(self._article_with, stored, texts)
        except QuoteGone:
            await acknowledge(query, texts("article-changed"))
            return
        await acknowledge(query)
        await send(query.message, reply)

    async def turn_page(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Another page of an article."""

        async def show(message: Message, article: Article) -> None:
            page = pressed(update.callback_query.data).number(1) if update.callback_query else 1
            await edit(message, await asyncio.to_thread(article_reply, article, page, self._services.texts(update)))

        await self._with_article(update, show)

    async def as_file(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The whole text of an article."""

        async def show(message: Message, article: Article) -> None:
            name = " ".join(re.sub(r"[^\w-]", " ", article.title).split())[:60] or "article"
            await send_file(message, f"{name}.txt", article.text.encode("utf-8", "replace"))

        await self._with_article(update, show)

    async def _with_article(self, update: Update, show: Callable[[Message, Article], Any]) -> None:
        query = update.callback_query
        key = pressed(query.data).parts[0] if query else ""
        summary = await asyncio.to_thread(self._services.lookup.with_key, key)
        article = await asyncio.to_thread(self._services.lookup.read, summary.id) if summary else None
        if query is None or article is None or not isinstance(query.message, Message):
            await _excuse(query, self._services.texts(update)("article-gone"))
            return
        await acknowledge(query)
        await show(query.message, article)

    def _list(self, words: str, page: int, update: Update, me: User) -> Reply:
        """Of the articles that the group may see, those with these `words`."""
        texts = self._services.texts(update)
        chosen = self._services.group(update).articles or ""
        articles = self._services.lookup.with_words(f"{chosen} {words}")
        if words and not articles:
            return Reply(text=texts("no-such-articles", words=brief(words, _LONGEST_WORDS)))
        return sources_reply(articles, page, texts, me, words=words)

    def _article_with(self, stored: StoredQuote, texts: Texts) -> Reply:
        """The page on which the mark of a quote stands; raises QuoteGone."""
        article = self._services.conversation.article_of(stored)
        mark = stored.marks[0] if stored.marks else stored.span
        return article_reply(article, page_at(article, mark.start), texts)


def _words_after_command(message: Message | None) -> str:
    text = whole(message.text or "") if message else ""
    return " ".join(text.split()[1:]) if text.startswith("/") else ""


async def _excuse(query: CallbackQuery | None, notice: str) -> None:
    if query:
        await acknowledge(query, notice)


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """For everybody."""
    reading = Reading(services)
    return [
        CommandHandler("sources", reading.sources),
        CallbackQueryHandler(reading.turn_list, pattern=pattern("l", r"\d{1,15}(:.*)?")),
        CallbackQueryHandler(reading.open, pattern=pattern("r", "number", "number")),
        CallbackQueryHandler(reading.turn_page, pattern=pattern("a", "key", "number")),
        CallbackQueryHandler(reading.as_file, pattern=pattern("f", "key")),
    ]
