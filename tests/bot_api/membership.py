"""The bot's own coming and going: what it is told, and what it may do afterwards."""

import time
from typing import Any

from tests.bot_api.members import member_object
from tests.bot_api.replies import ApiError, forbidden
from tests.bot_api.state import State

INSIDE = frozenset({"member", "administrator", "creator"})


def change_bot_status(state: State, chat_id: int, status: str, *, by: dict[str, Any], before: str | None = None) -> int:
    """Let the bot be something else in a chat, by somebody's doing; returns the id of the `my_chat_member` update."""
    chat = state.chats.chat(chat_id)
    old = before or state.members.status(chat_id, state.bot["id"]) or "left"
    state.members.put(chat_id, state.bot, status)
    if status in INSIDE:
        state.chats.reopen(chat_id)
    else:
        state.chats.close(chat_id, _refusal(chat["type"], status))
    changed = {
        "chat": chat,
        "from": by,
        "date": int(time.time()),
        "old_chat_member": member_object(state.bot, old),
        "new_chat_member": member_object(state.bot, status),
    }
    return state.updates.push({"my_chat_member": changed})


def _refusal(chat_type: str, status: str) -> ApiError:
    if chat_type == "private":
        return forbidden("bot was blocked by the user")
    reason = "was kicked from" if status == "kicked" else "is not a member of"
    return forbidden(f"bot {reason} the {chat_type} chat")
