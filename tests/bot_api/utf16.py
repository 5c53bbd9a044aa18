"""UTF-16 as Telegram counts it: lengths, slices, and the entities of a text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])", re.ASCII)
MENTION = re.compile(r"(?<!\w)@\w{3,32}\b", re.ASCII)


def length(text: str) -> int:
    """How many UTF-16 units a text takes."""
    return len(_encoded(text)) // 2


def part(text: str, offset: int, units: int) -> str:
    """The text in a range of UTF-16 units; raises UnicodeDecodeError where it splits a character."""
    return _encoded(text)[2 * offset : 2 * (offset + units)].decode("utf-16-le")


def inside_character(text: str, offset: int) -> bool:
    """Whether an offset lies between the two halves of one character."""
    following = _encoded(text)[2 * offset : 2 * offset + 2]
    return 0xDC00 <= int.from_bytes(following, "little") <= 0xDFFF


def marked(message_or_params: Mapping[str, Any], type_: str = "bold") -> list[str]:
    """The exact substrings that the entities of one type mark, in the order of the entities."""
    text = message_or_params["text"]
    entities = message_or_params.get("entities") or []
    return [part(text, entity["offset"], entity["length"]) for entity in entities if entity["type"] == type_]


def found_entities(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that Telegram finds by itself in what a user types."""
    return sorted(_matches(text), key=lambda entity: entity["offset"])


def _matches(text: str) -> Iterator[dict[str, Any]]:
    for type_, pattern in (("bot_command", COMMAND), ("mention", MENTION)):
        for match in pattern.finditer(text):
            yield {"type": type_, "offset": length(text[: match.start()]), "length": length(match.group())}


def _encoded(text: str) -> bytes:
    return text.encode("utf-16-le")
