"""The Bot API's methods, each a function of the server's state and the call's parameters."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api.chats import Chats
from tests.bot_api.replies import ApiError, Reply, bad_request, success
from tests.bot_api.updates import UpdateQueue
from tests.bot_api.validation import ACTIONS, MAX_CALLBACK_ANSWER, checked_commands

MAX_DOWNLOAD = 20 * 1024 * 1024
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120

Params = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class State:
    """All that the server remembers; `changed` guards it, and is notified of each change."""

    bot: dict[str, Any]
    changed: threading.Condition
    chats: Chats
    updates: UpdateQueue
    callback_ids: set[str] = field(default_factory=set)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def new_state(token: str) -> State:
    """A server that nobody has called yet."""
    changed = threading.Condition()
    bot = {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Citabot",
        "username": "citabot_test_bot",
    }
    return State(bot=bot, changed=changed, chats=Chats(bot), updates=UpdateQueue(changed))


def answer(state: State, method: str, params: Params, gone: Callable[[], bool]) -> Reply:
    """The reply to a call; raises ApiError for one refused, ClientGoneError when nobody waits any more."""
    if method == "getUpdates":
        return success(state.updates.poll(params, gone))
    if method not in METHODS:
        raise ApiError(404, "Not Found")
    with state.changed:
        return success(METHODS[method](state, params))


def _get_me(state: State, params: Params) -> dict[str, Any]:
    return state.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


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
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(params.get("text", "")) > MAX_CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    return True


def _command_list(params: Params) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), params.get("language_code", "")


def _set_my_commands(state: State, params: Params) -> bool:
    state.commands[_command_list(params)] = checked_commands(params)
    return True


def _delete_my_commands(state: State, params: Params) -> bool:
    state.commands.pop(_command_list(params), None)
    return True


def _get_my_commands(state: State, params: Params) -> list[dict[str, str]]:
    return state.commands.get(_command_list(params), [])


def _set_my_description(state: State, params: Params) -> bool:
    if len(params.get("description", "")) > LONGEST_DESCRIPTION:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    return True


def _set_my_short_description(state: State, params: Params) -> bool:
    if len(params.get("short_description", "")) > LONGEST_SHORT_DESCRIPTION:
        raise bad_request("BOT_SHORT_DESCRIPTION_TOO_LONG")
    return True


def _delete_webhook(state: State, params: Params) -> bool:
    if params.get("drop_pending_updates"):
        state.updates.clear()
    return True


def _get_webhook_info(state: State, params: Params) -> dict[str, Any]:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(state.updates)}


def _get_file(state: State, params: Params) -> dict[str, Any]:
    file_id = params.get("file_id", "")
    content = state.files.get(file_id)
    if content is None:
        raise bad_request("invalid file_id")
    if len(content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": f"unique-{file_id}",
        "file_size": len(content),
        "file_path": f"documents/{file_id}",
    }


def _done(state: State, params: Params) -> bool:
    return True


METHODS: dict[str, Callable[[State, Params], Any]] = {
    "getMe": _get_me,
    "sendMessage": lambda state, params: state.chats.send(params),
    "editMessageText": lambda state, params: state.chats.edit_text(params),
    "editMessageReplyMarkup": lambda state, params: state.chats.edit_keyboard(params),
    "deleteMessage": _delete_message,
    "sendChatAction": _send_chat_action,
    "answerCallbackQuery": _answer_callback_query,
    "setMyCommands": _set_my_commands,
    "deleteMyCommands": _delete_my_commands,
    "getMyCommands": _get_my_commands,
    "setMyDescription": _set_my_description,
    "setMyShortDescription": _set_my_short_description,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
    "getFile": _get_file,
    "logOut": _done,
    "close": _done,
}
CANONICAL = {method.lower(): method for method in (*METHODS, "getUpdates")}
"""Telegram reads the names of methods in any case."""
