"""What Telegram refuses in the results of an inline or guest query, in its own words."""

import re
from collections.abc import Mapping
from typing import Any

from tests.bot_api.chats import checked_content
from tests.bot_api.replies import ApiError, bad_request

MAX_RESULTS = 50
MAX_ID = 64
MAX_OFFSET = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def checked_results(params: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The message behind each result, by the result's id; raises ApiError."""
    results = params.get("results") or []
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > MAX_RESULTS:
        raise bad_request("too many inline query results specified")
    messages = dict(map(checked_result, results))
    if len(messages) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(str(params.get("next_offset", "")).encode()) > MAX_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    if params.get("button") is not None:
        _check_button(params["button"])
    return messages


def checked_result(result: Any) -> tuple[str, dict[str, Any]]:
    """The id of an article result and the message that it stands for, the one kind known here; raises ApiError."""
    if not isinstance(result, dict):
        raise _unreadable("Inline query result must be an object")
    kind = _field(result, "type", str)
    result_id = _field(result, "id", str)
    if kind != "article":
        raise _unreadable(f'type "{kind}" is unsupported for the inline query result')
    content = _field(result, "input_message_content", dict)
    text = _field(content, "message_text", str)
    message = checked_content({**content, "text": text, "reply_markup": result.get("reply_markup")})
    if not _field(result, "title", str):
        raise bad_request("ARTICLE_TITLE_EMPTY")
    if not 1 <= len(result_id.encode()) <= MAX_ID:
        raise bad_request("RESULT_ID_INVALID")
    return result_id, {name: value for name, value in message.items() if value}


def _check_button(button: Any) -> None:
    """The button above the results."""
    if not isinstance(button, dict):
        raise _wrong_button("InlineQueryResultsButton must be an Object")
    if not button.get("text"):
        raise _wrong_button('Can\'t find field "text"')
    if ("start_parameter" in button) == ("web_app" in button):
        raise _wrong_button("InlineQueryResultsButton must have exactly one optional field")
    if button.get("start_parameter") == "":
        raise bad_request("START_PARAM_EMPTY")
    if "start_parameter" in button and not START_PARAMETER.fullmatch(button["start_parameter"]):
        raise bad_request("START_PARAM_INVALID")


def _field(owner: Mapping[str, Any], name: str, kind: type) -> Any:
    value = owner.get(name)
    if value is None:
        raise _unreadable(f'Can\'t find field "{name}"')
    if not isinstance(value, kind):
        raise _unreadable(f'Field "{name}" must be of type {"Object" if kind is dict else "String"}')
    return value


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse inline query result: {reason}")


def _wrong_button(reason: str) -> ApiError:
    return bad_request(f"can't parse inline query results button: {reason}")
