"""A reader's own affairs: starting over, the bot's language, what is remembered of them."""

import asyncio
import json
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.context import Services
from bot.i18n import languages
from bot.sending import acknowledge, edit, send, send_file
from bot.state.privacy import exported
from bot.state.turns import Asking
from bot.views.buttons import button, pattern, pressed
from bot.views.settings import languages_reply
from bot.views.writing import Reply, keyboard_of


class Personal:
    """What one reader may settle for themselves."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def begin_anew(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/new: what was asked before is not gone back to."""
        message, sender = update.effective_message, update.effective_sender
        if message and sender:
            thread = message.message_thread_id if message.is_topic_message else None
            asking = Asking(chat=message.chat.id, user=sender.id, message=message.message_id, thread=thread)
            self._services.turns.begin_anew(asking)
            await send(message, Reply(text=self._services.texts(update)("begun-anew")))

    async def language(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/language: the bot's words, whatever Telegram says."""
        if update.effective_message:
            await send(update.effective_message, languages_reply("g", self._services.texts(update)))

    async def choose(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """One of them, or again the one of Telegram."""
        query, user = update.callback_query, update.effective_user
        if query and user and isinstance(query.message, Message):
            chosen = pressed(query.data).parts[0]
            self._services.people.choose_language(user.id, chosen if chosen in languages() else None)
            await acknowledge(query)
            await edit(query.message, Reply(text=self._services.texts(update)("language-chosen")))

    async def forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/forget: first to be sure, then to be done."""
        message, texts = update.effective_message, self._services.texts(update)
        if message and message.chat.type != message.chat.PRIVATE:
            await send(message, Reply(text=texts("in-private-only", bot=context.bot.username)))
        elif message:
            rows = [[button(texts("export-mine"), "m", "export")], [button(texts("erase-mine"), "m", "erase")]]
            days = self._services.settings.citabot_keep_days
            await send(message, Reply(text=texts("forget", days=days), keyboard=keyboard_of(rows)))

    async def export(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Everything that is remembered of them, as a file."""
        query, user = update.callback_query, update.effective_user
        if query and user and isinstance(query.message, Message):
            await acknowledge(query)
            held = await asyncio.to_thread(exported, self._services.store, user.id)
            await send_file(query.message, "citabot.json", json.dumps(held, ensure_ascii=False, indent=1).encode())

    async def erase(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """All of it, for good."""
        query, user = update.callback_query, update.effective_user
        if query and user and isinstance(query.message, Message):
            texts = self._services.texts(update)
            await acknowledge(query)
            await self._services.erase(user.id)
            await edit(query.message, Reply(text=texts("forgotten")))


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """For everybody."""
    personal = Personal(services)
    return [
        CommandHandler("new", personal.begin_anew),
        CommandHandler("language", personal.language),
        CommandHandler("forget", personal.forget),
        CallbackQueryHandler(personal.choose, pattern=pattern("g", "[a-z]{2}")),
        CallbackQueryHandler(personal.export, pattern=pattern("m", "export")),
        CallbackQueryHandler(personal.erase, pattern=pattern("m", "erase")),
    ]
