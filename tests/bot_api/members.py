"""Who is what in which chat."""

from typing import Any

from tests.bot_api.replies import bad_request

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
ADMINISTRATORS = frozenset({"creator", "administrator"})

User = dict[str, Any]


class Members:
    """Users and their status by chat, the bot a member wherever nothing else is known; the caller holds the lock."""

    def __init__(self, bot: User) -> None:
        self._bot = bot
        self._members: dict[tuple[int, int], tuple[User, str]] = {}

    def put(self, chat_id: int, user: User, status: str) -> None:
        """Give somebody a status, such as `administrator`."""
        self._members[chat_id, user["id"]] = user, status

    def seen(self, chat_id: int, user: User) -> None:
        """Somebody wrote in a chat, and so is at least its member."""
        status = self.status(chat_id, user["id"])
        self.put(chat_id, user, status if status in ADMINISTRATORS else "member")

    def status(self, chat_id: int, user_id: int) -> str | None:
        """Somebody's status, None for who was never there."""
        if user_id == self._bot["id"]:
            self._members.setdefault((chat_id, user_id), (self._bot, "member"))
        known = self._members.get((chat_id, user_id))
        return None if known is None else known[1]

    def is_admin(self, chat_id: int, user_id: int) -> bool:
        """Whether somebody owns or administers a chat."""
        return self.status(chat_id, user_id) in ADMINISTRATORS

    def member(self, chat_id: int, user_id: int) -> dict[str, Any]:
        """The `ChatMember` of the Bot API; raises ApiError for who was never there."""
        status = self.status(chat_id, user_id)
        if status is None:
            raise bad_request("member not found")
        return member_object(self._members[chat_id, user_id][0], status)

    def administrators(self, chat_id: int) -> list[dict[str, Any]]:
        """The owner and the administrators of a chat that are no bots."""
        return [
            member_object(user, status)
            for (chat, _), (user, status) in self._members.items()
            if chat == chat_id and status in ADMINISTRATORS and not user["is_bot"]
        ]

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Let everybody be in a new chat what they are in an old one."""
        for (chat, _), (user, status) in list(self._members.items()):
            if chat == old_chat_id:
                self.put(new_chat_id, user, status)


def member_object(user: User, status: str) -> dict[str, Any]:
    """The `ChatMember` of the Bot API; an administrator has every right."""
    member = {"user": user, "status": status}
    if status == "creator":
        return member | {"is_anonymous": False}
    if status == "administrator":
        return member | {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(RIGHTS, True)
    return member | {"until_date": 0} if status == "kicked" else member
