"""Sends replies and edits them, and shows that the bot is at work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import CallbackQuery, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.replies import Reply

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TYPING_SHOWN = 4.5
"""Seconds; Telegram shows it for five."""


async def send(message: Message, reply: Reply) -> Message:
    """Answer `message`, in its topic; also when it was deleted meanwhile."""
    return await message.reply_text(
        reply.text,
        entities=reply.entities,
        reply_markup=reply.keyboard,
        link_preview_options=_NO_PREVIEW,
        reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
    )


async def acknowledge(query: CallbackQuery, notice: str | None = None) -> None:
    """Let go of a pressed button, with a `notice` over the chat if there is one; too late is no error."""
    with suppress(TelegramError):
        await query.answer(notice, show_alert=notice is not None)


async def edit(message: Message, reply: Reply) -> None:
    """Put `reply` in the place of what the message says; the same again is no error."""
    try:
        await message.edit_text(
            reply.text, entities=reply.entities, reply_markup=reply.keyboard, link_preview_options=_NO_PREVIEW
        )
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
