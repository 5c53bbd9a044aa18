"""What everything that users do has in common: it becomes an update for the bot."""

from collections.abc import Mapping
from typing import Any

from tests.bot_api.state import State
from tests.bot_api.users import GROUP_ID, UserLike, chat_object


class Acting:
    """The side of the server that users are on."""

    _state: State

    def push(self, update: Mapping[str, Any]) -> int:
        """Queue an update as it is, also one whose id was there before; returns its id."""
        with self._state.changed:
            if "callback_query" in update:
                self._state.callback_ids.add(update["callback_query"]["id"])
            self._state.queries.note(update)
            return self._state.updates.push(update)

    def _enter(self, user: UserLike, chat_id: int | None, chat_type: str) -> int:
        """Have a chat seen, the user's own or the usual group where none is named; returns its id."""
        if chat_id is None:
            chat_id = user.id if chat_type == "private" else GROUP_ID
        self._state.chats.enter(chat_object(chat_id, chat_type, user=user))
        return chat_id
