"""Who belongs where: the bot's coming and going, administrators, topics, and groups that become supergroups."""

from typing import Any

from tests.bot_api.acting import Acting
from tests.bot_api.membership import change_bot_status
from tests.bot_api.replies import upgraded
from tests.bot_api.users import GROUP_ID, READER, UserLike, chat_object, user_object

SUPERGROUPS = -1_002_000_000_000


class Belonging(Acting):
    """What users decide about the bot, about each other and about their groups."""

    def block(self, user: UserLike = READER) -> int:
        """Let a user block the bot, which can't write to them any more; returns the update's id."""
        return self._change(user.id, "private", "kicked", by=user)

    def unblock(self, user: UserLike = READER) -> int:
        """Let a user start the bot again; returns the update's id."""
        return self._change(user.id, "private", "member", by=user)

    def add_bot(self, chat_id: int = GROUP_ID, *, chat_type: str = "supergroup", by: UserLike = READER) -> int:
        """Let a user bring the bot into a group; returns the update's id."""
        return self._change(chat_id, chat_type, "member", by=by, before="left")

    def remove_bot(self, chat_id: int = GROUP_ID, *, chat_type: str = "supergroup", by: UserLike = READER) -> int:
        """Let a user put the bot out of a group, where it can't write any more; returns the update's id."""
        return self._change(chat_id, chat_type, "kicked", by=by)

    def promote_bot(self, chat_id: int = GROUP_ID, *, chat_type: str = "supergroup", by: UserLike = READER) -> int:
        """Let a user make the bot an administrator; returns the update's id."""
        return self._change(chat_id, chat_type, "administrator", by=by)

    def make_admin(self, user: UserLike, chat_id: int = GROUP_ID, *, owner: bool = False) -> None:
        """Have a user administer or own a group; the bot learns it when it asks."""
        with self._state.changed:
            self._enter(user, chat_id, "supergroup")
            status = "creator" if owner else "administrator"
            self._state.members.put(chat_id, user_object(user, language_code=None), status)

    def make_member(self, user: UserLike, chat_id: int = GROUP_ID) -> None:
        """Have a user be in a group with no rights of their own, also one who had some."""
        with self._state.changed:
            self._enter(user, chat_id, "supergroup")
            self._state.members.put(chat_id, user_object(user, language_code=None), "member")

    def open_topic(self, name: str = "Questions", *, chat_id: int = GROUP_ID, user: UserLike = READER) -> int:
        """Let a user open a topic in a group, which is a forum from then on; returns its thread id."""
        with self._state.changed:
            self._enter(user, chat_id, "supergroup")
            self._state.chats.enter(self._state.chats.chat(chat_id) | {"is_forum": True})
            fields = {
                "from": user_object(user, language_code="en"),
                "forum_topic_created": {"name": name, "icon_color": 0x6FB9F0},
                "is_topic_message": True,
            }
            message = self._state.chats.add(fields, chat_id=chat_id)
            message["message_thread_id"] = message["message_id"]
            self.push({"message": message})
            return int(message["message_id"])

    def migrate(self, chat_id: int, *, user: UserLike = READER) -> int:
        """Let a group become a supergroup, as two service messages tell; returns the new chat's id.

        Whatever the bot sends to the old one from then on is refused, with the new id.
        """
        with self._state.changed:
            chats, new_id = self._state.chats, SUPERGROUPS + chat_id
            who = {"from": user_object(user, language_code="en")}
            chats.enter(chat_object(chat_id, "group"))
            chats.enter(chat_object(new_id, "supergroup"))
            self._state.members.move(chat_id, new_id)
            self.push({"message": chats.add(who | {"migrate_to_chat_id": new_id}, chat_id=chat_id)})
            self.push({"message": chats.add(who | {"migrate_from_chat_id": chat_id}, chat_id=new_id)})
            chats.close(chat_id, upgraded(new_id))
            return new_id

    def _change(self, chat_id: int, chat_type: str, status: str, *, by: UserLike, before: str | None = None) -> int:
        with self._state.changed:
            self._enter(by, chat_id, chat_type)
            who: dict[str, Any] = user_object(by, language_code="en")
            return change_bot_status(self._state, chat_id, status, by=who, before=before)
