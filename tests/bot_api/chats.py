"""The chats, and every message in them as it now stands."""

import time
from collections.abc import Mapping
from typing import Any

from tests.bot_api import utf16
from tests.bot_api.replies import NOT_MODIFIED, bad_request
from tests.bot_api.users import chat_object
from tests.bot_api.validation import checked_keyboard, checked_text

CONTENT = ("text", "entities", "reply_markup")

Message = dict[str, Any]


class Chats:
    """Messages by chat and id; the caller holds the server's lock."""

    def __init__(self, bot: dict[str, Any]) -> None:
        self._bot = bot
        self._chats: dict[int, dict[str, Any]] = {}
        self._messages: dict[tuple[int, int], Message] = {}
        self._last_id = 0

    def enter(self, chat: dict[str, Any]) -> None:
        """Remember a chat as its last update showed it."""
        self._chats[chat["id"]] = chat

    def add(self, fields: Mapping[str, Any], *, chat_id: int) -> Message:
        """Keep a new message, with an id, a date and its chat."""
        self._last_id += 1
        head = {"message_id": self._last_id, "date": int(time.time()), "chat": self._chats[chat_id]}
        message = head | {name: value for name, value in fields.items() if value not in (None, [])}
        self._messages[chat_id, self._last_id] = message
        return message

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """The message as it stands, if it still does."""
        return self._messages.get((chat_id, message_id))

    def by_bot(self, chat_id: int) -> list[Message]:
        """The bot's messages in a chat, oldest first."""
        return [
            message for (chat, _), message in self._messages.items() if chat == chat_id and message["from"] == self._bot
        ]

    def send(self, params: Mapping[str, Any]) -> Message:
        """What sendMessage does; raises ApiError."""
        chat_id = self.chat_id(params)
        text, entities = checked_text(params)
        fields = {
            "from": self._bot,
            "text": text,
            "entities": entities,
            "reply_markup": checked_keyboard(params),
            "link_preview_options": params.get("link_preview_options"),
            "message_thread_id": params.get("message_thread_id"),
        }
        return self.add(fields | self._reply_fields(params, chat_id=chat_id), chat_id=chat_id)

    def edit_text(self, params: Mapping[str, Any]) -> Message:
        """What editMessageText does; raises ApiError."""
        message = self._editable(params)
        text, entities = checked_text(params, too_long="MESSAGE_TOO_LONG")
        return self._edit(message, {"text": text, "entities": entities, "reply_markup": checked_keyboard(params)})

    def edit_keyboard(self, params: Mapping[str, Any]) -> Message:
        """What editMessageReplyMarkup does; raises ApiError."""
        message = self._editable(params)
        return self._edit(message, message | {"reply_markup": checked_keyboard(params)})

    def delete(self, params: Mapping[str, Any]) -> None:
        """What deleteMessage does; raises ApiError."""
        key = (self.chat_id(params), params.get("message_id", 0))
        if self._messages.pop(key, None) is None:
            raise bad_request("message to delete not found")

    def chat_id(self, params: Mapping[str, Any]) -> int:
        """The chat that a call names, which need not have been seen before; raises ApiError."""
        chat_id = params.get("chat_id")
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        if not isinstance(chat_id, int) or chat_id == 0:
            raise bad_request("chat not found")
        self._chats.setdefault(chat_id, chat_object(chat_id, "private" if chat_id > 0 else "supergroup"))
        return chat_id

    def _editable(self, params: Mapping[str, Any]) -> Message:
        message = self.find(self.chat_id(params), params.get("message_id", 0))
        if message is None:
            raise bad_request("message to edit not found")
        if message["from"] != self._bot:
            raise bad_request("message can't be edited")
        return message

    def _edit(self, message: Message, content: Mapping[str, Any]) -> Message:
        new = {name: content[name] for name in CONTENT if content.get(name)}
        if new == {name: message[name] for name in CONTENT if name in message}:
            raise bad_request(NOT_MODIFIED)
        for name in CONTENT:
            message.pop(name, None)
        message |= new | {"edit_date": int(time.time())}
        return message

    def _reply_fields(self, params: Mapping[str, Any], *, chat_id: int) -> dict[str, Any]:
        asked = params.get("reply_parameters") or {
            "message_id": params.get("reply_to_message_id"),
            "allow_sending_without_reply": params.get("allow_sending_without_reply"),
        }
        if asked.get("message_id") is None:
            return {}
        original = self.find(asked.get("chat_id", chat_id), asked["message_id"])
        if original is None:
            if asked.get("allow_sending_without_reply"):
                return {}
            raise bad_request("message to be replied not found")
        return reply_fields(original, quote=asked.get("quote"))


def reply_fields(original: Message, *, quote: str | None) -> dict[str, Any]:
    """What a reply to a message carries, with the part that it quotes; raises ApiError where it is none."""
    fields: dict[str, Any] = {
        "reply_to_message": {
            name: value for name, value in original.items() if name not in {"reply_to_message", "quote"}
        }
    }
    if quote is None:
        return fields
    place = original.get("text", "").find(quote)
    if place < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    position = utf16.length(original["text"][:place])
    return fields | {"quote": {"text": quote, "position": position, "is_manual": True}}
