"""What users do with the messages that they see: reactions, and presses of buttons."""

import time
from collections.abc import Mapping
from typing import Any

from tests.bot_api.acting import Acting
from tests.bot_api.users import READER, UserLike, user_object


class Responding(Acting):
    """Reacting and pressing."""

    def react(
        self, message: Mapping[str, Any], *emoji: str, user: UserLike = READER, language_code: str | None = "en"
    ) -> int:
        """Let a user react to a message with these emoji, in place of those before; returns the update's id.

        As with Telegram the bot hears of it only when it asked for `message_reaction`, and in a group as an
        administrator.
        """
        with self._state.changed:
            chat, message_id = message["chat"], message["message_id"]
            admin = self._state.members.is_admin(chat["id"], self._state.bot["id"])
            assert admin or chat["type"] == "private", "only administrators hear of reactions: call promote_bot first"
            key = (chat["id"], message_id, user.id)
            before = self._state.reactions.get(key, [])
            self._state.reactions[key] = list(emoji)
            reaction = {
                "chat": chat,
                "message_id": message_id,
                "user": user_object(user, language_code=language_code),
                "date": int(time.time()),
                "old_reaction": [{"type": "emoji", "emoji": one} for one in before],
                "new_reaction": [{"type": "emoji", "emoji": one} for one in emoji],
            }
            return self.push({"message_reaction": reaction})

    def press(
        self,
        message: Mapping[str, Any],
        data: str,
        *,
        user: UserLike = READER,
        language_code: str | None = "en",
        expired: bool = False,
    ) -> str:
        """Let a user press a button of a bot message, even a stale one; returns the callback query's id.

        An `expired` press reaches the bot too late to be answered.
        """
        with self._state.changed:
            chat, message_id = message["chat"], message["message_id"]
            gone = {"chat": chat, "message_id": message_id, "date": 0}
            callback_id = self._state.queries.new_id(user.id)
            query = {
                "id": callback_id,
                "from": user_object(user, language_code=language_code),
                "message": self._state.chats.find(chat["id"], message_id) or gone,
                "chat_instance": str(chat["id"]),
                "data": data,
            }
            self.push({"callback_query": query})
            if expired:
                self._state.callback_ids.discard(callback_id)
            return callback_id

    def press_inline(
        self, inline_message_id: str, data: str, *, user: UserLike = READER, language_code: str | None = "en"
    ) -> str:
        """Let a user press a button beneath an inline or guest message; returns the callback query's id."""
        with self._state.changed:
            callback_id = self._state.queries.new_id(user.id)
            query = {
                "id": callback_id,
                "from": user_object(user, language_code=language_code),
                "inline_message_id": inline_message_id,
                "chat_instance": inline_message_id,
                "data": data,
            }
            self.push({"callback_query": query})
            return callback_id
