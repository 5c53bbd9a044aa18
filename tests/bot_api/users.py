"""Who writes to the bot, and where."""

from dataclasses import dataclass
from typing import Any, Protocol


class UserLike(Protocol):
    """What a user is known by; `Reader` and `telegram.User` both are one."""

    @property
    def id(self) -> int: ...
    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str | None: ...
    @property
    def username(self) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who asks."""

    id: int
    first_name: str = "Ada"
    last_name: str | None = None
    username: str | None = None


READER = Reader(id=1001)
GROUP_ID = -1001000000001


def user_object(user: UserLike, *, language_code: str | None) -> dict[str, Any]:
    """The `User` of the Bot API."""
    return _present(_names(user) | {"is_bot": False, "language_code": language_code})


def chat_object(chat_id: int, chat_type: str, *, user: UserLike | None = None) -> dict[str, Any]:
    """The `Chat` of the Bot API."""
    chat = {"id": chat_id, "type": chat_type}
    if chat_type != "private":
        return chat | {"title": f"Group {chat_id}"}
    return chat if user is None else _present(_names(user) | chat)


def _names(user: UserLike) -> dict[str, Any]:
    return {
        "id": user.id,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "username": user.username,
    }


def _present(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
