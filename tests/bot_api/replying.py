"""What a reply to a message carries, and the part of it that a reader or the bot selects."""

from typing import Any

from tests.bot_api import utf16
from tests.bot_api.replies import bad_request

MAX_QUOTE = 1024

Message = dict[str, Any]


def reply_fields(original: Message, *, quote: str | None, position: int | None = None) -> dict[str, Any]:
    """The message replied to, and the quote nearest to a `position` in UTF-16 units; raises ApiError."""
    fields: dict[str, Any] = {
        "reply_to_message": {
            name: value for name, value in original.items() if name not in {"reply_to_message", "quote"}
        }
    }
    if quote is None:
        return fields
    text = original.get("text") or original.get("caption") or ""
    place = _place(text, quote, position)
    if place is None or not 0 < utf16.length(quote) <= MAX_QUOTE:
        raise bad_request("QUOTE_TEXT_INVALID")
    return fields | {"quote": {"text": quote, "position": place, "is_manual": True}}


def _place(text: str, quote: str, position: int | None) -> int | None:
    """Where a quote stands; nearest to `position` where it stands more than once."""
    places = [
        utf16.length(text[:start]) for start in range(len(text) - len(quote) + 1) if text.startswith(quote, start)
    ]
    return min(places, key=lambda place: abs(place - (position or 0)), default=None)
