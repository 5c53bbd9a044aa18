"""Groups: what their admins settle, and what becomes of the bot in them."""

import asyncio
from dataclasses import replace
from typing import Any

from telegram import Chat, ChatMember, Message, Update
from telegram.error import TelegramError
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.context import Services
from bot.i18n import languages
from bot.sending import acknowledge, edit, send, send_to
from bot.state.people import GroupSettings
from bot.views.buttons import pattern, pressed
from bot.views.settings import group_reply, languages_reply
from bot.views.writing import Reply

_ADMINS = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)
_LONGEST_WORDS = 200


class Groups:
    """Each group for itself."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def settings(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/settings: how the bot answers in this group."""
        message = update.effective_message
        if message is None:
            return
        if message.chat.type == message.chat.PRIVATE:
            await send(message, Reply(text=self._services.texts(update)("settings-in-groups")))
        elif await self._may(update, message.chat):
            await send(message, await asyncio.to_thread(self._view, message.chat.id, update))
        else:
            await send(message, Reply(text=self._services.texts(update)("group-admins-only")))

    async def articles(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/articles with words in a group: only articles with these are quoted there."""
        message = update.effective_message
        if message is None or not await self._may(update, message.chat):
            return
        words = " ".join(context.args or [])[:_LONGEST_WORDS] or None
        texts = self._services.texts(update)
        if words and not await asyncio.to_thread(self._services.lookup.with_words, words):
            await send(message, Reply(text=texts("no-such-articles", words=words)))
            return
        self._set(message.chat, articles=words)
        await send(message, await asyncio.to_thread(self._view, message.chat.id, update))

    async def press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button of the settings."""
        query = update.callback_query
        if query is None or not isinstance(query.message, Message):
            return
        message, texts = query.message, self._services.texts(update)
        if not await self._may(update, message.chat):
            await acknowledge(query, texts("group-admins-only"))
            return
        press = pressed(query.data)
        await acknowledge(query, texts("articles-how") if press.parts[0] == "articles" else None)
        if press.parts[0] == "languages":
            await edit(message, languages_reply("j", texts))
        elif press.parts[0] != "articles":
            chosen: dict[str, Any] = {"articles": None} if press.parts[0] == "all" else {"quotes": press.number(1)}
            self._set(message.chat, **chosen)
            await edit(message, await asyncio.to_thread(self._view, message.chat.id, update))

    async def speak(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A language for the whole group."""
        query = update.callback_query
        if query is None or not isinstance(query.message, Message):
            return
        if not await self._may(update, query.message.chat):
            await acknowledge(query, self._services.texts(update)("group-admins-only"))
            return
        code = pressed(query.data).parts[0]
        self._set(query.message.chat, language=code if code in languages() else None)
        await acknowledge(query)
        await edit(query.message, await asyncio.to_thread(self._view, query.message.chat.id, update))

    async def moved(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A group became a supergroup, under another id."""
        message = update.effective_message
        if message and message.migrate_to_chat_id:
            self._services.people.move_group(message.chat.id, message.migrate_to_chat_id)

    async def joined(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The bot was added to a group: it says once how to speak to it."""
        change = update.my_chat_member
        if change is None or change.chat.type not in (Chat.GROUP, Chat.SUPERGROUP):
            return
        here = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR)
        if change.new_chat_member.status in here and change.old_chat_member.status not in here:
            text = self._services.texts(update)("hello-group", bot=context.bot.username)
            await send_to(context.bot, change.chat.id, Reply(text=text))

    def _view(self, chat: int, update: Update) -> Reply:
        settings = self._services.people.group(chat)
        count = len(self._services.lookup.with_words(settings.articles or ""))
        return group_reply(settings, count, self._services.texts(update))

    def _set(self, chat: Chat, **chosen: Any) -> GroupSettings:
        settings = replace(self._services.people.group(chat.id), **chosen)
        self._services.people.set_group(chat.id, settings)
        return settings

    async def _may(self, update: Update, chat: Chat) -> bool:
        """Whether an admin of the group sent it, an anonymous one too, or one of the bot's."""
        user, message = update.effective_user, update.effective_message
        if message and message.sender_chat and message.sender_chat.id == chat.id and not update.callback_query:
            return True
        if user is None or self._services.is_admin(update):
            return user is not None
        try:
            return (await chat.get_member(user.id)).status in _ADMINS
        except TelegramError:
            return False


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """For the admins of groups."""
    groups = Groups(services)
    return [
        CommandHandler("settings", groups.settings),
        CommandHandler("articles", groups.articles, filters=filters.ChatType.GROUPS),
        CallbackQueryHandler(groups.press, pattern=pattern("h", "(languages|articles|all|quotes:[123])")),
        CallbackQueryHandler(groups.speak, pattern=pattern("j", "[a-z]{2}")),
        MessageHandler(filters.StatusUpdate.MIGRATE, groups.moved),
        ChatMemberHandler(groups.joined, ChatMemberHandler.MY_CHAT_MEMBER),
    ]
