"""The chats, and every message in them as it now stands."""

import time
from collections.abc import Mapping
from typing import Any

from tests.bot_api.replies import NOT_MODIFIED, ApiError, bad_request
from tests.bot_api.replying import Message, reply_fields
from tests.bot_api.users import chat_object
from tests.bot_api.validation import checked_keyboard, checked_text

CONTENT = ("text", "entities", "reply_markup")


class Chats:
    """Messages by chat and id; the caller holds the server's lock."""

    def __init__(self, bot: dict[str, Any]) -> None:
        self._bot = bot
        self._chats: dict[int, dict[str, Any]] = {}
        self._closed: dict[int, ApiError] = {}
        self._messages: dict[tuple[int, int], Message] = {}
        self._last_id = 0

    def enter(self, chat: dict[str, Any]) -> None:
        """Remember a chat as its last update showed it; a forum stays one."""
        known = self._chats.get(chat["id"], {})
        forum = {"is_forum": True} if known.get("is_forum") else {}
        self._chats[chat["id"]] = forum | chat
        self.reopen(chat["id"])

    def knows(self, chat_id: int) -> bool:
        """Whether the bot ever saw a chat."""
        return chat_id in self._chats

    def chat(self, chat_id: int) -> dict[str, Any]:
        """The `Chat` of the Bot API; raises ApiError for one that the bot never saw."""
        if chat_id not in self._chats:
            raise bad_request("chat not found")
        return self._chats[chat_id]

    def close(self, chat_id: int, error: ApiError) -> None:
        """Refuse the bot whatever it does in a chat."""
        self._closed[chat_id] = error

    def reopen(self, chat_id: int) -> None:
        """Let the bot do what it likes in a chat."""
        self._closed.pop(chat_id, None)

    def head(self, chat: dict[str, Any]) -> Message:
        """What a new message begins with: the next id, the date and the chat."""
        self._last_id += 1
        return {"message_id": self._last_id, "date": int(time.time()), "chat": chat}

    def add(self, fields: Mapping[str, Any], *, chat_id: int) -> Message:
        """Keep a new message, with an id, a date and its chat."""
        message = self.head(self._chats[chat_id])
        message |= {name: value for name, value in fields.items() if value not in (None, [])}
        self._messages[chat_id, message["message_id"]] = message
        return message

    def find(self, chat_id: int, message_id: int) -> Message | None:
        """The message as it stands, if it still does."""
        return self._messages.get((chat_id, message_id))

    def by_bot(self, chat_id: int) -> list[Message]:
        """The bot's messages in a chat, oldest first."""
        return [message for message in self._in(chat_id) if message["from"] == self._bot]

    def by_others(self, chat_id: int) -> list[Message]:
        """The messages of everybody else in a chat, oldest first."""
        return [message for message in self._in(chat_id) if message["from"] != self._bot]

    def send(self, params: Mapping[str, Any]) -> Message:
        """What sendMessage does; raises ApiError."""
        self.chat_id(params)
        text, entities = checked_text(params)
        previews = params.get("link_preview_options")
        return self.post(params, {"text": text, "entities": entities, "link_preview_options": previews})

    def post(self, params: Mapping[str, Any], content: Mapping[str, Any]) -> Message:
        """Let the bot send a message with this content, wherever and under whatever the call says; raises ApiError."""
        chat_id = self.chat_id(params)
        reply = self._reply_fields(params, chat_id=chat_id)
        fields = {"from": self._bot, **content, "reply_markup": checked_keyboard(params)}
        return self.add(fields | reply | self._thread_fields(params, reply, chat_id=chat_id), chat_id=chat_id)

    def edit_text(self, params: Mapping[str, Any]) -> Message:
        """What editMessageText does; raises ApiError."""
        message = self._editable(params)
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        return edited(message, checked_content(params))

    def edit_keyboard(self, params: Mapping[str, Any]) -> Message:
        """What editMessageReplyMarkup does; raises ApiError."""
        message = self._editable(params)
        return edited(message, message | {"reply_markup": checked_keyboard(params)})

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
        if chat_id in self._closed:
            raise self._closed[chat_id].with_traceback(None)
        self._chats.setdefault(chat_id, chat_object(chat_id, "private" if chat_id > 0 else "supergroup"))
        return chat_id

    def _in(self, chat_id: int) -> list[Message]:
        return [message for (chat, _), message in self._messages.items() if chat == chat_id]

    def _editable(self, params: Mapping[str, Any]) -> Message:
        message = self.find(self.chat_id(params), params.get("message_id", 0))
        if message is None:
            raise bad_request("message to edit not found")
        if message["from"] != self._bot:
            raise bad_request("message can't be edited")
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
        return reply_fields(original, quote=asked.get("quote"), position=asked.get("quote_position"))

    def _thread_fields(self, params: Mapping[str, Any], reply: Mapping[str, Any], *, chat_id: int) -> dict[str, Any]:
        """The topic: the one named, else that of the message replied to."""
        thread_id = params.get("message_thread_id")
        if not self._chats[chat_id].get("is_forum"):
            return {"message_thread_id": thread_id}
        thread_id = thread_id or reply.get("reply_to_message", {}).get("message_thread_id")
        if thread_id is None:
            return {}
        if "forum_topic_created" not in (self.find(chat_id, thread_id) or {}):
            raise bad_request("message thread not found")
        return {"message_thread_id": thread_id, "is_topic_message": True}


def checked_content(params: Mapping[str, Any]) -> dict[str, Any]:
    """What a text message will be after an edit; raises ApiError."""
    text, entities = checked_text(params, too_long="MESSAGE_TOO_LONG")
    return {"text": text, "entities": entities, "reply_markup": checked_keyboard(params)}


def edited(message: Message, content: Mapping[str, Any]) -> Message:
    """The message, changed in place; raises ApiError where nothing would change."""
    new = {name: content[name] for name in CONTENT if content.get(name)}
    if new == {name: message[name] for name in CONTENT if name in message}:
        raise bad_request(NOT_MODIFIED)
    for name in CONTENT:
        message.pop(name, None)
    message |= new | {"edit_date": int(time.time())}
    return message
