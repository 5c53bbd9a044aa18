"""Answers in chats that the bot isn't in: inline mode and guest mode, within Telegram's time limits."""

import asyncio
from contextlib import suppress
from typing import Any

from telegram import InlineQueryResultsButton, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, ContextTypes, InlineQueryHandler, TypeHandler

from bot.context import Services
from bot.handlers.questions import question_in, whole
from bot.views.inline import plain_choice, quote_choice, quote_choices
from retrieval.smalltalk import small_talk

_SHORTEST = 3
"""Characters; less is somebody still typing."""
_KEPT = 30
"""Seconds that Telegram may give the same answer to the same words."""


class Anywhere:
    """Nothing of it is remembered: half of what comes is words that are still being typed."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def inline(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """`@bot question` in any chat: quotes to pick from."""
        query = update.inline_query
        if query is None:
            return
        question, choices = whole(query.query).strip(), []
        texts = self._services.texts(update, question)
        asks = len(question) >= _SHORTEST and not small_talk(question) and self._within_limits(update)
        if asks:
            answer = await asyncio.to_thread(self._services.desk.answerer, question)
            choices = quote_choices(answer, texts, context.bot.bot)
        label = texts("inline-none" if asks and not choices else "inline-ask")
        with suppress(BadRequest):  # somebody typed on meanwhile, and this query is over
            await query.answer(
                choices, cache_time=_KEPT, is_personal=True,
                button=InlineQueryResultsButton(label, start_parameter="inline"),
            )  # fmt: skip

    async def guest(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A mention in a chat that the bot is no member of: one answer, posted there."""
        message = update.guest_message
        if message is None or not message.guest_query_id or not self._within_limits(update):
            return
        question = _guest_question(message, context.bot.username)
        texts = self._services.texts(update, question)
        answer = None if small_talk(question) else await asyncio.to_thread(self._services.desk.answerer, question)
        if answer is None or answer.verdict == "nothing":
            choice = plain_choice(texts("nothing" if answer else "empty"))
        else:
            choice = quote_choice(answer, 1, texts, context.bot.bot)
        with suppress(BadRequest):  # too late
            await context.bot.answer_guest_query(message.guest_query_id, choice)

    def _within_limits(self, update: Update) -> bool:
        user = update.effective_user
        return user is None or self._services.anywhere_limits.allows(user.id)


def _guest_question(message: Message, bot_name: str) -> str:
    asked = question_in(message, bot_name)
    return (whole(message.text or "") if asked is None else asked).strip()


class _GuestHandler(TypeHandler[Update, Any, Any]):
    def check_update(self, update: object) -> bool:
        return isinstance(update, Update) and update.guest_message is not None


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """For everybody who is let in."""
    anywhere = Anywhere(services)
    return [InlineQueryHandler(anywhere.inline), _GuestHandler(Update, anywhere.guest)]
