"""What users write and send in chats where the bot is."""

import time
from collections.abc import Mapping
from typing import Any

from tests.bot_api.acting import Acting
from tests.bot_api.replying import reply_fields
from tests.bot_api.users import READER, UserLike, user_object
from tests.bot_api.utf16 import found_entities


class Conversing(Acting):
    """Writing, sending files, and editing."""

    def say(
        self,
        text: str,
        *,
        user: UserLike = READER,
        chat_id: int | None = None,
        chat_type: str = "private",
        language_code: str | None = "en",
        reply_to: Mapping[str, Any] | int | None = None,
        quote: str | None = None,
        quote_position: int | None = None,
        thread_id: int | None = None,
        entities: list[dict[str, Any]] | None = None,
    ) -> int:
        """Let a user write, perhaps in a topic, or in reply to a message or a `quote` out of it.

        `quote_position` in UTF-16 units tells equal quotes apart. Returns the update's id.
        """
        with self._state.changed:
            chat_id = self._enter(user, chat_id, chat_type)
            fields: dict[str, Any] = {
                "from": user_object(user, language_code=language_code),
                "text": text,
                "entities": found_entities(text) if entities is None else entities,
            }
            reply = self._replying(chat_id, reply_to, quote, quote_position)
            return self._write(fields, chat_id=chat_id, reply=reply, thread_id=thread_id)

    def send_file(
        self,
        name: str,
        content: bytes,
        *,
        mime_type: str = "text/plain",
        caption: str | None = None,
        file_size: int | None = None,
        user: UserLike = READER,
        chat_id: int | None = None,
        chat_type: str = "private",
        language_code: str | None = "en",
        reply_to: Mapping[str, Any] | int | None = None,
        thread_id: int | None = None,
    ) -> int:
        """Let a user send a document; `file_size` in bytes is what Telegram says of it. Returns the update's id."""
        with self._state.changed:
            chat_id = self._enter(user, chat_id, chat_type)
            file = self._state.files.add(content, size=file_size, file_name=name, mime_type=mime_type)
            fields = {
                "from": user_object(user, language_code=language_code),
                "document": file,
                "caption": caption,
                "caption_entities": found_entities(caption or ""),
            }
            return self._write(fields, chat_id=chat_id, reply=self._replying(chat_id, reply_to), thread_id=thread_id)

    def edit(
        self,
        message_id: int,
        text: str,
        *,
        user: UserLike = READER,
        chat_id: int | None = None,
        entities: list[dict[str, Any]] | None = None,
    ) -> int:
        """Let a user change what they wrote (`written` has the ids); returns the update's id."""
        with self._state.changed:
            message = self._found(user.id if chat_id is None else chat_id, message_id)
            assert message["from"]["id"] == user.id, f"message {message_id} is not theirs"
            found = found_entities(text) if entities is None else entities
            message.pop("entities", None)
            message |= {"text": text, "edit_date": int(time.time())} | ({"entities": found} if found else {})
            return self.push({"edited_message": message})

    def written(self, chat_id: int) -> list[dict[str, Any]]:
        """What users wrote and sent in a chat, oldest first, as it now stands."""
        with self._state.changed:
            return [dict(message) for message in self._state.chats.by_others(chat_id)]

    def _write(self, fields: Mapping[str, Any], *, chat_id: int, reply: dict[str, Any], thread_id: int | None) -> int:
        if thread_id is not None:
            topic = self._found(chat_id, thread_id)
            reply = reply_fields(topic, quote=None) | reply
            reply |= {"message_thread_id": thread_id, "is_topic_message": True}
        message = self._state.chats.add({**fields, **reply}, chat_id=chat_id)
        if message["chat"]["type"] != "private":
            self._state.members.seen(chat_id, message["from"])
        return self.push({"message": message})

    def _replying(
        self, chat_id: int, to: Mapping[str, Any] | int | None, quote: str | None = None, position: int | None = None
    ) -> dict[str, Any]:
        if to is None:
            return {}
        original = self._found(chat_id, to if isinstance(to, int) else to["message_id"])
        return reply_fields(original, quote=quote, position=position)

    def _found(self, chat_id: int, message_id: int) -> dict[str, Any]:
        message = self._state.chats.find(chat_id, message_id)
        assert message is not None, f"no message {message_id} in chat {chat_id}"
        return message
