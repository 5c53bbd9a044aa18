"""Replies as Telegram takes them, for tests of the views."""

from typing import Any

from telegram import User

from bot.views.writing import Reply
from tests.bot_api.validation import checked_keyboard, checked_text

ME = User(id=1, first_name="Citabot", is_bot=True, username="citabot", supports_inline_queries=True)
QUIET = User(id=1, first_name="Citabot", is_bot=True, username="citabot")
"""The bot where inline mode is off."""


def message(reply: Reply) -> dict[str, Any]:
    """As Telegram takes it; raises where Telegram refuses it."""
    params = {"text": reply.text, "entities": [entity.to_dict() for entity in reply.entities]}
    text, entities = checked_text(params)
    keyboard = checked_keyboard({"reply_markup": reply.keyboard.to_dict()} if reply.keyboard else {})
    return {"text": text, "entities": entities, "reply_markup": keyboard}
