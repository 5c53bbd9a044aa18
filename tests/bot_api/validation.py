"""What Telegram refuses in a message, its buttons and a list of commands, in its own words."""

import re
from collections.abc import Mapping
from typing import Any

from tests.bot_api import utf16
from tests.bot_api.replies import bad_request

MAX_TEXT = 4096
MAX_ENTITIES = 100
MAX_CALLBACK_DATA = 64
MAX_COPIED_TEXT = 256
MAX_COMMANDS = 100
MAX_CALLBACK_ANSWER = 200
SPACE = " \t\r\n\v\f"

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
URL = re.compile(r"(?:tg|ton)://\S|(?:https?://)?[^\s/]*\.[^\s/]")
ENTITY_TYPES = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
    }
)
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def checked_text(
    params: Mapping[str, Any], *, too_long: str = "message is too long"
) -> tuple[str, list[dict[str, Any]]]:
    """The text as it will stand, without space around it, and its entities; raises ApiError."""
    if params.get("parse_mode"):
        raise bad_request("this test server reads entities only, no parse_mode")
    written = str(params.get("text", ""))
    entities = _checked_entities(written, params.get("entities") or [])
    text = written.strip(SPACE)
    if not text:
        raise bad_request("message text is empty")
    if utf16.length(text) > MAX_TEXT:
        raise bad_request(too_long)
    before = len(written) - len(written.lstrip(SPACE))
    moved = [_moved(entity, by=-before, end=utf16.length(text)) for entity in entities]
    ordered = sorted(moved, key=lambda entity: (entity["offset"], -entity["length"]))
    return text, [entity for entity in ordered if entity["length"] > 0][:MAX_ENTITIES]


def _checked_entities(text: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    end = utf16.length(text)
    for entity in entities:
        if entity.get("type") not in ENTITY_TYPES:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        start, length = entity.get("offset"), entity.get("length")
        if not isinstance(start, int) or start < 0:
            raise bad_request("ENTITY_BOUNDS_INVALID: receive an entity with incorrect offset")
        if not isinstance(length, int) or length < 0:
            raise bad_request("ENTITY_BOUNDS_INVALID: receive an entity with incorrect length")
        if start + length > end:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text "
                f"at UTF-16 offset {start + length}"
            )
        if utf16.inside_character(text, start):
            raise bad_request(f"entity begins in a middle of a UTF-16 symbol at offset {start}")
        if utf16.inside_character(text, start + length):
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol "
                f"at offset {start + length}"
            )
        if entity["type"] == "text_link" and not URL.match(entity.get("url", "")):
            raise bad_request(f"entity URL '{entity.get('url', '')}' is invalid: Wrong HTTP URL")
    return entities


def _moved(entity: dict[str, Any], *, by: int, end: int) -> dict[str, Any]:
    start = max(0, entity["offset"] + by)
    stop = min(end, entity["offset"] + entity["length"] + by)
    return entity | {"offset": start, "length": max(0, stop - start)}


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
    kinds = [kind for kind in button if kind not in {"text", "style", "icon_custom_emoji_id"}]
    if len(kinds) != 1:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if kinds == ["callback_data"] and not 1 <= len(button["callback_data"].encode()) <= MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if kinds == ["copy_text"] and not 1 <= utf16.length(button["copy_text"]["text"]) <= MAX_COPIED_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if kinds == ["url"] and not URL.match(button["url"]):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def checked_commands(params: Mapping[str, Any]) -> list[dict[str, str]]:
    """The bot's list of commands; raises ApiError."""
    commands = params.get("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command.get("command", "").removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands
