"""What users do with the bot in chats where it is not: inline queries, and calling it as a guest."""

from typing import Any

from tests.bot_api.acting import Acting
from tests.bot_api.inline import post_inline
from tests.bot_api.replies import forbidden
from tests.bot_api.replying import reply_fields
from tests.bot_api.users import READER, UserLike, chat_object, user_object
from tests.bot_api.utf16 import found_entities

ELSEWHERE = -1_001_999_999_999
LONGEST_QUERY = 256


class Elsewhere(Acting):
    """Asking in any chat."""

    @property
    def answer_within(self) -> float:
        """How long an inline or guest query may be answered, in seconds; 10 unless a test sets it."""
        return self._state.queries.answer_within

    @answer_within.setter
    def answer_within(self, seconds: float) -> None:
        self._state.queries.answer_within = seconds

    def inquire(
        self,
        query: str,
        *,
        user: UserLike = READER,
        offset: str = "",
        chat_type: str = "sender",
        language_code: str | None = "en",
    ) -> str:
        """Let a user type after the bot's name in a chat of this kind; returns the inline query's id."""
        assert len(query) <= LONGEST_QUERY, f"an inline query takes {LONGEST_QUERY} characters"
        with self._state.changed:
            query_id = self._state.queries.new_id(user.id)
            inline_query = {
                "id": query_id,
                "from": user_object(user, language_code=language_code),
                "query": query,
                "offset": offset,
                "chat_type": chat_type,
            }
            self.push({"inline_query": inline_query})
            return query_id

    def choose(self, inline_query_id: str, result_id: str) -> str | None:
        """Let who asked post one of the results; returns the inline message's id, None for one without buttons."""
        with self._state.changed:
            answers = self._state.inline_answers.get(inline_query_id, {})
            assert result_id in answers, f"no result {result_id} for query {inline_query_id}; there are {list(answers)}"
            asked = self._state.queries.asked("inline", inline_query_id)
            chosen = {"result_id": result_id, "from": asked["from"], "query": asked["query"]}
            message = dict(answers[result_id])
            if "reply_markup" in message:
                chosen["inline_message_id"] = post_inline(self._state, message)
            self.push({"chosen_inline_result": chosen})
            return chosen.get("inline_message_id")

    def summon(
        self,
        text: str,
        *,
        user: UserLike = READER,
        chat_id: int = ELSEWHERE,
        chat_type: str = "supergroup",
        sender_chat: dict[str, Any] | None = None,
        reply_to: str | dict[str, Any] | None = None,
        quote: str | None = None,
        language_code: str | None = "en",
    ) -> str:
        """Let a user mention the bot in a chat where it is no member; returns the guest query's id.

        They may speak for a channel, the `sender_chat`, and may reply to a message of somebody, or to one that the bot
        itself left there, by its inline id.
        """
        with self._state.changed:
            chats, chat = self._state.chats, chat_object(chat_id, chat_type)
            if not chats.knows(chat_id) and chat_type != "private":
                chats.close(chat_id, forbidden(f"bot is not a member of the {chat_type} chat"))
            message = chats.head(chat) | {
                "from": user_object(user, language_code=language_code),
                "text": text,
                "entities": found_entities(text),
                "guest_query_id": self._state.queries.new_id(user.id),
            }
            if sender_chat is not None:
                message["sender_chat"] = sender_chat
            if reply_to is not None:
                original = self._state.inline_messages[reply_to] if isinstance(reply_to, str) else reply_to
                message |= reply_fields(original, quote=quote)
            self.push({"guest_message": message})
            return str(message["guest_query_id"])

    def inline_message(self, inline_message_id: str) -> dict[str, Any]:
        """An inline or guest message of the bot as it now stands."""
        with self._state.changed:
            return dict(self._state.inline_messages[inline_message_id])
