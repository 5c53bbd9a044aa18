"""Questions, and the buttons beneath their answers."""

import asyncio
import re
from typing import Any

from telegram import Bot, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.context import Services
from bot.conversation import Asked, QuoteGone, Shown
from bot.i18n import Texts
from bot.sending import NO_PREVIEW, acknowledge, edit, send, typing
from bot.state.turns import Asking
from bot.views.buttons import pattern, pressed
from bot.views.quotes import nothing_reply, quote_reply
from bot.views.writing import Reply
from retrieval.answerer import QUOTES
from retrieval.smalltalk import small_talk


class Questions:
    """Answers what is asked in private, and in groups what is said to the bot."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A message; in a group only one that mentions the bot, replies to it or begins with /ask."""
        message = update.effective_message
        text = question_in(message, context.bot.username) if message else None
        if message is None or text is None or await self._comments(message, text, update):
            return
        if (message.text or "").startswith("/ask") and not text:
            await send(message, Reply(text=self._services.texts(update)("how-to-ask")))
        else:
            await self.answer(text, message, update, context.bot)

    async def answer(self, text: str, message: Message, update: Update, bot: Bot) -> None:
        """A kind word for what asks nothing and for one question too many, else a quote."""
        texts = self._services.texts(update, text)
        if kind := small_talk(text):
            await send(message, Reply(text=texts(kind)))
        elif self._within_limits(update):
            await self._quote(text, message, update, bot)
        elif self._services.limits.first_word(("told", message.chat.id)):
            await send(message, Reply(text=texts("too-many")))

    async def _quote(self, text: str, message: Message, update: Update, bot: Bot) -> None:
        """Look for it, and reply to `message`, or correct what was replied before it was edited."""
        async with typing(message):
            shown = await asyncio.to_thread(self._services.conversation.ask, self._asked(text, message, update, bot))
        reply = reply_of(shown, self._services.texts(update, text), bot, private=message.chat.type == "private")
        if shown.turn.shown is not None and await _corrected(shown.turn.shown, message, reply):
            return
        sent = await send(message, reply)
        if sent.chat.id != message.chat.id:
            self._services.people.move_group(message.chat.id, sent.chat.id)
        self._services.turns.shown_as(shown.turn.id, sent.message_id)

    async def turn(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Another quote, or more around it, in the place of what was shown."""
        query = update.callback_query
        if query is None:
            return
        texts, press = self._services.texts(update), pressed(query.data)
        turn = self._services.turn_behind(query)
        if turn is None or not isinstance(query.message, Message):
            await acknowledge(query, texts("question-gone"))
            return
        try:
            shown = await asyncio.to_thread(self._services.conversation.show, turn, press.number(1), press.number(2))
        except QuoteGone:
            await acknowledge(query, texts("article-changed"))
            return
        await acknowledge(query)
        self._services.turns.shows(turn.id, shown.number)
        await edit(query.message, quote_reply(shown, texts, context.bot.bot))

    async def ask_suggested(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button with a better spelling."""
        query = update.callback_query
        turn = self._services.turn_behind(query)
        if query is None or turn is None or not turn.suggested or not isinstance(query.message, Message):
            if query:
                await acknowledge(query, self._services.texts(update)("question-gone"))
            return
        await acknowledge(query)
        await self.answer(turn.suggested, query.message, update, context.bot)

    async def wait(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button of somebody who wants to be told when the articles say it."""
        query, user = update.callback_query, update.effective_user
        if query and user:
            turn = self._services.turn_behind(query)
            if turn:
                self._services.opinions.wait(turn.id, user.id)
            await acknowledge(query, self._services.texts(update)("will-tell" if turn else "question-gone"))

    async def refuse(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A photo, a voice message or a sticker; of an album only the first."""
        message = update.effective_message
        album = message.media_group_id if message else None
        if message and (album is None or self._services.limits.first_word(("album", album))):
            await send(message, Reply(text=self._services.texts(update)("only-text")))

    def _asked(self, text: str, message: Message, update: Update, bot: Bot) -> Asked:
        sender, replied, group = update.effective_sender, message.reply_to_message, self._services.group(update)
        asking = Asking(
            chat=message.chat.id,
            user=sender.id if sender else message.chat.id,
            message=message.message_id,
            thread=message.message_thread_id if message.is_topic_message else None,
        )
        ours = replied is not None and replied.from_user is not None and replied.from_user.id == bot.id
        return Asked(
            text=text,
            asking=asking,
            after=self._services.turns.shown_in(message.chat.id, replied.message_id) if ours and replied else None,
            selected=message.quote.text if ours and message.quote else None,
            quotes=group.quotes or QUOTES,
            articles=group.articles,
        )

    async def _comments(self, message: Message, text: str, update: Update) -> bool:
        """Whether it was a comment that the bot had asked for; then it is kept."""
        replied, user = message.reply_to_message, update.effective_user
        expected = self._services.prompts.answered(message.chat.id, replied.message_id) if replied else None
        if expected is None or user is None:
            return False
        self._services.opinions.comment(expected[1], user.id, text)
        await send(message, Reply(text=self._services.texts(update)("thanks-for-opinion")))
        return True

    def _within_limits(self, update: Update) -> bool:
        sender, chat = update.effective_sender, update.effective_chat
        return self._services.is_admin(update) or (
            (sender is None or self._services.limits.allows(sender.id))
            and (chat is None or self._services.chat_limits.allows(chat.id))
        )


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Whatever is no command is a question; an edited one is answered anew."""
    questions = Questions(services)
    told = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
    new = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("ask", questions.ask, filters=told),
        CallbackQueryHandler(questions.turn, pattern=pattern("q", "number", "number", "number")),
        CallbackQueryHandler(questions.ask_suggested, pattern=pattern("s", "number")),
        CallbackQueryHandler(questions.wait, pattern=pattern("w", "number")),
        MessageHandler(told & filters.TEXT & ~filters.COMMAND, questions.ask),
        MessageHandler(new & ~filters.TEXT & ~filters.StatusUpdate.ALL, questions.refuse),
    ]


def question_in(message: Message, bot_name: str) -> str | None:
    """What `message` asks, without command and mention; None for talk in a group that isn't meant for the bot."""
    if message.via_bot and message.via_bot.username == bot_name:
        return None  # a quote of its own, picked in inline mode
    text = whole(message.text or "")
    mention = re.compile(rf"(?<!\w)@{bot_name}\b[,:]?", re.IGNORECASE)
    words = text.split()
    if words and words[0].lower() in ("/ask", f"/ask@{bot_name}".lower()):
        return text.strip()[len(words[0]) :].strip()
    replied = message.reply_to_message.from_user if message.reply_to_message else None
    if message.chat.type == message.chat.PRIVATE or mention.search(text) or (replied and replied.username == bot_name):
        return mention.sub("", text).strip()
    return None


def whole(text: str) -> str:
    """Without halves of characters, which Telegram doesn't send but others may, and which nothing can store."""
    return text.encode("utf-8", "replace").decode()


def reply_of(shown: Shown, texts: Texts, bot: Bot, *, private: bool) -> Reply:
    """What is sent for a question: its first quote, or that there is none."""
    if shown.first:
        return quote_reply(shown.first, texts, bot.bot)
    return nothing_reply(shown.turn, texts, can_wait=private, unfiled=shown.unfiled)


async def _corrected(shown: int, message: Message, reply: Reply) -> bool:
    """Whether the earlier answer could be changed."""
    try:
        await message.get_bot().edit_message_text(
            reply.text, message.chat.id, shown, entities=reply.entities, reply_markup=reply.keyboard,
            link_preview_options=NO_PREVIEW,
        )  # fmt: skip
    except BadRequest as error:
        return "not modified" in str(error)
    return True
