"""What Telegram refuses in an inline keyboard, in its own words."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.bot_api import utf16
from tests.bot_api.replies import ApiError, bad_request

MAX_CALLBACK_DATA = 64
MAX_COPIED_TEXT = 256
MAX_INLINE_QUERY = 256

URL = re.compile(r"(?:tg|ton)://\S|(?:https?://)?[^\s/]*\.[^\s/]")
STYLES = frozenset({"danger", "success", "primary"})
CHAT_KINDS = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")


def checked_keyboard(params: Mapping[str, Any]) -> dict[str, Any] | None:
    """The inline keyboard that a message will carry, if any; raises ApiError."""
    markup = params.get("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if not rows or not any(rows):
        return None
    for row in rows:
        for button in row:
            _check_button(button)
    return {"inline_keyboard": [row for row in rows if row]}


def _check_button(button: Mapping[str, Any]) -> None:
    if not button.get("text"):
        raise bad_request("BUTTON_TEXT_INVALID")
    if button.get("style") not in {None, *STYLES}:
        raise _unreadable("Invalid button style specified")
    kinds = [kind for kind in button if kind not in {"text", "style", "icon_custom_emoji_id"}]
    if len(kinds) != 1:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    check = CHECKS.get(kinds[0])
    if check is not None:
        check(button[kinds[0]])


def _check_callback_data(data: Any) -> None:
    if not 1 <= len(data.encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_copied_text(copied: Any) -> None:
    if not 1 <= utf16.length(copied["text"]) <= MAX_COPIED_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: Any) -> None:
    if not URL.match(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_inline_query(field: str) -> Callable[[Any], None]:
    def check(query: Any) -> None:
        if not isinstance(query, str):
            raise _unreadable(f'Field "{field}" must be of type String')
        if len(query) > MAX_INLINE_QUERY:
            raise bad_request("BUTTON_DATA_INVALID")

    return check


def _check_chosen_chat(asked: Any) -> None:
    if not isinstance(asked, dict):
        raise _unreadable('Field "switch_inline_query_chosen_chat" must be of type Object')
    _check_inline_query("query")(asked.get("query", ""))
    if not any(asked.get(kind) for kind in CHAT_KINDS):
        raise bad_request("at least one chat type must be allowed")


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


CHECKS: dict[str, Callable[[Any], None]] = {
    "callback_data": _check_callback_data,
    "copy_text": _check_copied_text,
    "url": _check_url,
    "switch_inline_query": _check_inline_query("switch_inline_query"),
    "switch_inline_query_current_chat": _check_inline_query("switch_inline_query_current_chat"),
    "switch_inline_query_chosen_chat": _check_chosen_chat,
}
