"""The methods about chats: what they are, who is in them, and how the bot reacts there or leaves."""

from typing import Any

from telegram.constants import ReactionEmoji

from tests.bot_api.membership import change_bot_status
from tests.bot_api.replies import bad_request
from tests.bot_api.state import Params, State

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
EMOJI = frozenset(emoji.value for emoji in ReactionEmoji)


def get_chat(state: State, params: Params) -> dict[str, Any]:
    """What getChat returns; raises ApiError."""
    accepted = dict.fromkeys(GIFTS, False)
    return _chat(state, params) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": accepted,
    }


def get_chat_member(state: State, params: Params) -> dict[str, Any]:
    """What getChatMember returns; raises ApiError."""
    chat = _chat(state, params)
    user_id = params.get("user_id")
    if not isinstance(user_id, int) or user_id <= 0:
        raise bad_request("invalid user_id specified")
    return state.members.member(chat["id"], user_id)


def get_chat_administrators(state: State, params: Params) -> list[dict[str, Any]]:
    """What getChatAdministrators returns; raises ApiError."""
    chat = _chat(state, params)
    if chat["type"] == "private":
        raise bad_request("there are no administrators in the private chat")
    return state.members.administrators(chat["id"])


def leave_chat(state: State, params: Params) -> bool:
    """What leaveChat does; raises ApiError."""
    chat = _chat(state, params)
    if chat["type"] == "private":
        raise bad_request("chat member status can't be changed in private chats")
    change_bot_status(state, chat["id"], "left", by=state.bot)
    return True


def set_message_reaction(state: State, params: Params) -> bool:
    """What setMessageReaction does: one emoji or none, as for every bot; raises ApiError."""
    chat = _chat(state, params)
    message_id = params.get("message_id", 0)
    if state.chats.find(chat["id"], message_id) is None:
        raise bad_request("message to react not found")
    reactions = params.get("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(reaction.get("emoji") not in EMOJI for reaction in reactions):
        raise bad_request("REACTION_INVALID")
    state.reactions[chat["id"], message_id, state.bot["id"]] = [reaction["emoji"] for reaction in reactions]
    return True


def _chat(state: State, params: Params) -> dict[str, Any]:
    """The chat that a call names, which the bot must have seen."""
    chat_id = params.get("chat_id")
    if isinstance(chat_id, int):
        state.chats.chat(chat_id)
    return state.chats.chat(state.chats.chat_id(params))
