"""Sends replies and edits them, and shows that the bot is at work."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import Bot, CallbackQuery, ForceReply, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.views.writing import Reply

_log = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TYPING_SHOWN = 4.5
"""Seconds; Telegram shows it for five."""


async def send(message: Message, reply: Reply) -> Message:
    """Answer `message`, in its topic; also when it was deleted meanwhile, or its group became a supergroup."""
    keyboard = ForceReply(selective=True) if reply.asks else reply.keyboard
    try:
        return await message.reply_text(
            reply.text,
            entities=reply.entities,
            reply_markup=keyboard,
            link_preview_options=NO_PREVIEW,
            reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
        )
    except ChatMigrated as moved:
        return await message.get_bot().send_message(
            moved.new_chat_id, reply.text, entities=reply.entities, reply_markup=keyboard,
            link_preview_options=NO_PREVIEW,
        )  # fmt: skip


async def deliver(bot: Bot, chat: int, reply: Reply) -> Message:
    """Write to somebody, or to a group, of the bot's own accord; raises TelegramError."""
    return await bot.send_message(
        chat, reply.text, entities=reply.entities, reply_markup=reply.keyboard, link_preview_options=NO_PREVIEW
    )


async def send_to(bot: Bot, chat: int, reply: Reply) -> None:
    """The same to whom it may concern: who can't be reached is left alone."""
    try:
        await deliver(bot, chat, reply)
    except TelegramError as error:
        _log.warning("Somebody could not be written to: %s", error)


async def send_file(message: Message, name: str, content: bytes, caption: str | None = None) -> None:
    """A file as an answer to `message`."""
    await message.reply_document(
        content,
        filename=name,
        caption=caption,
        reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
    )


async def acknowledge(query: CallbackQuery, notice: str | None = None, *, alert: bool = True) -> None:
    """Let go of a pressed button, with a `notice` over the chat if there is one; too late is no error."""
    with suppress(TelegramError):
        await query.answer(notice, show_alert=alert and notice is not None)


async def edit(message: Message, reply: Reply) -> None:
    """Put `reply` in the place of what the message says; the same again is no error."""
    try:
        await message.edit_text(
            reply.text, entities=reply.entities, reply_markup=reply.keyboard, link_preview_options=NO_PREVIEW
        )
    except BadRequest as error:
        if "not modified" not in str(error):
            raise


async def edit_keyboard(message: Message, keyboard: InlineKeyboardMarkup | None) -> None:
    """Put other buttons, or none, beneath what the message says; the same again is no error."""
    try:
        await message.edit_reply_markup(keyboard)
    except BadRequest as error:
        if "not modified" not in str(error):
            raise


@asynccontextmanager
async def typing(message: Message) -> AsyncIterator[None]:
    """Show "typing" until the work inside is done."""
    showing = asyncio.create_task(_keep_typing(message))
    try:
        yield
    finally:
        showing.cancel()
        with suppress(asyncio.CancelledError):
            await showing


async def _keep_typing(message: Message) -> None:
    with suppress(TelegramError):
        while True:
            await message.reply_chat_action(ChatAction.TYPING)
            await asyncio.sleep(_TYPING_SHOWN)
