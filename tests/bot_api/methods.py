"""The Bot API's methods, each a function of the server's state and the call's parameters."""

from collections.abc import Callable
from typing import Any

from tests.bot_api import inline, places, profile, uploads
from tests.bot_api.replies import TOO_OLD, ApiError, Reply, bad_request, success
from tests.bot_api.state import Params, State
from tests.bot_api.validation import ACTIONS, MAX_CALLBACK_ANSWER


def answer(state: State, method: str, params: Params, gone: Callable[[], bool]) -> Reply:
    """The reply to a call; raises ApiError for one refused, ClientGoneError when nobody waits any more."""
    if method == "getUpdates":
        return success(state.updates.poll(params, gone))
    if method not in METHODS:
        raise ApiError(404, "Not Found")
    with state.changed:
        return success(METHODS[method](state, params))


def _edit_message_text(state: State, params: Params) -> Any:
    if "inline_message_id" in params:
        return inline.edit_inline_text(state, params)
    return state.chats.edit_text(params)


def _edit_message_reply_markup(state: State, params: Params) -> Any:
    if "inline_message_id" in params:
        return inline.edit_inline_keyboard(state, params)
    return state.chats.edit_keyboard(params)


def _send_chat_action(state: State, params: Params) -> bool:
    state.chats.chat_id(params)
    if params.get("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def _delete_message(state: State, params: Params) -> bool:
    state.chats.delete(params)
    return True


def _answer_callback_query(state: State, params: Params) -> bool:
    if params.get("callback_query_id") not in state.callback_ids:
        raise bad_request(TOO_OLD)
    if len(params.get("text", "")) > MAX_CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    return True


def _set_webhook(state: State, params: Params) -> bool:
    state.webhook.set(params)
    return True


def _delete_webhook(state: State, params: Params) -> bool:
    state.webhook.delete(params)
    return True


def _done(state: State, params: Params) -> bool:
    return True


METHODS: dict[str, Callable[[State, Params], Any]] = {
    "getMe": profile.get_me,
    "sendMessage": lambda state, params: state.chats.send(params),
    "sendDocument": uploads.send_document,
    "sendPhoto": uploads.send_photo,
    "editMessageText": _edit_message_text,
    "editMessageReplyMarkup": _edit_message_reply_markup,
    "deleteMessage": _delete_message,
    "sendChatAction": _send_chat_action,
    "setMessageReaction": places.set_message_reaction,
    "answerCallbackQuery": _answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "answerGuestQuery": inline.answer_guest_query,
    "setMyCommands": profile.set_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "getMyCommands": profile.get_my_commands,
    "setMyDescription": profile.setter("description"),
    "getMyDescription": profile.getter("description"),
    "setMyShortDescription": profile.setter("short_description"),
    "getMyShortDescription": profile.getter("short_description"),
    "getChat": places.get_chat,
    "getChatMember": places.get_chat_member,
    "getChatAdministrators": places.get_chat_administrators,
    "leaveChat": places.leave_chat,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": lambda state, params: state.webhook.info(),
    "getFile": uploads.get_file,
    "logOut": _done,
    "close": _done,
}
CANONICAL = {method.lower(): method for method in (*METHODS, "getUpdates")}
"""Telegram reads the names of methods in any case."""
