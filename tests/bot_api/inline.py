"""The methods for messages that stand where the bot is not: inline, and as a guest."""

from typing import Any

from tests.bot_api.chats import checked_content, edited
from tests.bot_api.inline_results import checked_result, checked_results
from tests.bot_api.keyboards import checked_keyboard
from tests.bot_api.replies import bad_request
from tests.bot_api.state import Params, State


def answer_inline_query(state: State, params: Params) -> bool:
    """What answerInlineQuery does: keep the results until somebody chooses one; raises ApiError."""
    query_id = params.get("inline_query_id", "")
    messages = checked_results(params)
    state.queries.open("inline", query_id)
    state.inline_answers[query_id] = messages
    return True


def answer_guest_query(state: State, params: Params) -> dict[str, Any]:
    """What answerGuestQuery does: post the result in the chat of the guest message, once; raises ApiError."""
    if not params.get("result"):
        raise bad_request("result isn't specified")
    _, content = checked_result(params["result"])
    query_id = params.get("guest_query_id", "")
    asked = state.queries.open("guest", query_id)
    state.queries.close(query_id)
    caller = {"guest_bot_caller_user": asked["from"]}
    if "sender_chat" in asked:
        caller = {"guest_bot_caller_chat": asked["sender_chat"]}
    message = state.chats.head(asked["chat"]) | {"from": state.bot} | content | caller
    return {"inline_message_id": post_inline(state, message)}


def post_inline(state: State, message: dict[str, Any]) -> str:
    """Keep a message that only its inline id leads to, and return that."""
    inline_message_id = f"inline-{len(state.inline_messages) + 1}"
    state.inline_messages[inline_message_id] = message
    return inline_message_id


def edit_inline_text(state: State, params: Params) -> bool:
    """What editMessageText does with an inline message; raises ApiError."""
    edited(_found(state, params), checked_content(params))
    return True


def edit_inline_keyboard(state: State, params: Params) -> bool:
    """What editMessageReplyMarkup does with an inline message; raises ApiError."""
    message = _found(state, params)
    edited(message, message | {"reply_markup": checked_keyboard(params)})
    return True


def _found(state: State, params: Params) -> dict[str, Any]:
    if params["inline_message_id"] not in state.inline_messages:
        raise bad_request("MESSAGE_ID_INVALID")
    return state.inline_messages[params["inline_message_id"]]
