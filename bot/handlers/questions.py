"""Questions, and the buttons beneath their answers."""

import asyncio
import re
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.context import Desk
from bot.replies import Reply, answer_reply, quote_reply
from bot.sending import acknowledge, edit, send, typing
from retrieval.answer import Answer
from retrieval.smalltalk import small_talk


class Questions:
    """Answers what is asked in private, and in groups what is said to the bot."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A message; in a group only one that mentions the bot, replies to it or begins with /ask."""
        message = update.effective_message
        text = question_in(message, context.bot.username) if message else None
        if message is None or text is None:
            return
        texts = self._desk.texts(update)
        if (message.text or "").startswith("/ask") and not text:
            await send(message, Reply(text=texts("how-to-ask")))
        elif kind := small_talk(text):
            await send(message, Reply(text=texts(kind)))
        else:
            async with typing(message):
                answer = await asyncio.to_thread(self._desk.answerer, text)
            await send(message, answer_reply(answer, texts))

    async def turn(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button for another quote: the question stands in the message that was answered."""
        query = update.callback_query
        if query is None:
            return
        texts = self._desk.texts(update)
        shown = query.message
        text = _answered(shown, context.bot.username) if isinstance(shown, Message) else None
        if not isinstance(shown, Message) or not text:
            await acknowledge(query, texts("question-gone"))
            return
        await acknowledge(query)
        answer: Answer = await asyncio.to_thread(self._desk.answerer, text)
        number = int((query.data or "").rpartition(":")[2])
        if answer.quotes:
            await edit(shown, quote_reply(answer, min(number, len(answer.quotes)), texts))
        else:
            await edit(shown, answer_reply(answer, texts))

    async def refuse(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A photo, a voice message or a sticker."""
        if update.effective_message:
            await send(update.effective_message, Reply(text=self._desk.texts(update)("only-text")))


def handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """Whatever is no command is a question."""
    questions = Questions(desk)
    new = filters.UpdateType.MESSAGE
    return [
        CommandHandler("ask", questions.ask, filters=new),
        CallbackQueryHandler(questions.turn, pattern=r"^quote:[1-9]$"),
        MessageHandler(new & filters.TEXT & ~filters.COMMAND, questions.ask),
        MessageHandler(new & filters.ChatType.PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL, questions.refuse),
    ]


def question_in(message: Message, bot_name: str) -> str | None:
    """What `message` asks, without command and mention; None for talk in a group that isn't meant for the bot."""
    text = message.text or ""
    mention = re.compile(rf"(?<!\w)@{bot_name}\b[,:]?", re.IGNORECASE)
    words = text.split()
    if words and words[0].lower() in ("/ask", f"/ask@{bot_name}".lower()):
        return text.strip()[len(words[0]) :].strip()
    replied = message.reply_to_message.from_user if message.reply_to_message else None
    if message.chat.type == message.chat.PRIVATE or mention.search(text) or (replied and replied.username == bot_name):
        return mention.sub("", text).strip()
    return None


def _answered(shown: Message, bot_name: str) -> str | None:
    """The question that `shown` replies to, while it is there."""
    answered = shown.reply_to_message
    if answered is None or not answered.text:
        return None
    return question_in(answered, bot_name) or answered.text
