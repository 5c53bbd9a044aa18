"""What Telegram refuses in a text, a caption and a list of commands, in its own words."""

import re
from collections.abc import Mapping
from typing import Any

from tests.bot_api import utf16
from tests.bot_api.keyboards import URL, checked_keyboard
from tests.bot_api.replies import bad_request

__all__ = ["checked_caption", "checked_commands", "checked_keyboard", "checked_text"]

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100
MAX_COMMANDS = 100
MAX_CALLBACK_ANSWER = 200
SPACE = " \t\r\n\v\f"

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
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
    text, entities = _checked(params, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if utf16.length(text) > MAX_TEXT:
        raise bad_request(too_long)
    return text, entities


def checked_caption(params: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The caption as it will stand, perhaps empty, and its entities; raises ApiError."""
    caption, entities = _checked(params, "caption", "caption_entities")
    if utf16.length(caption) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return caption, entities


def _checked(params: Mapping[str, Any], text_name: str, entities_name: str) -> tuple[str, list[dict[str, Any]]]:
    if params.get("parse_mode"):
        raise bad_request("this test server reads entities only, no parse_mode")
    written = str(params.get(text_name, ""))
    entities = _checked_entities(written, params.get(entities_name) or [])
    text = written.strip(SPACE)
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
