"""What admins did, on record."""

import time
from dataclasses import dataclass
from typing import Literal

from bot.state.store import Store

Kind = Literal[
    "reindex",
    "cancel",
    "add",
    "remove",
    "restore",
    "rollback",
    "export",
    "appoint",
    "dismiss",
    "invite",
    "block",
    "unblock",
]
ABOUT_PEOPLE: tuple[Kind, ...] = ("appoint", "dismiss", "invite", "block", "unblock")
_LONGEST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """One thing that an admin did."""

    at: float
    admin: int
    deed: Kind
    about: str
    """A file, a title, a generation, or the id of somebody; empty where it is about none of these."""

    @property
    def whom(self) -> int | None:
        """The id of the person that it was done to, unless that was erased."""
        return int(self.about) if self.deed in ABOUT_PEOPLE and self.about else None


class Deeds:
    """Newest first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, admin: int, deed: Kind, about: object = "") -> None:
        """For the record."""
        about = str(about)[:_LONGEST]
        self._store.write("INSERT INTO deeds VALUES (NULL, ?, ?, ?, ?)", time.time(), admin, deed, about)

    def last(self, count: int) -> list[Deed]:
        """At most `count`."""
        rows = self._store.rows("SELECT at, admin, deed, about FROM deeds ORDER BY id DESC LIMIT ?", count)
        return [Deed(at=at, admin=admin, deed=deed, about=about) for at, admin, deed, about in rows]
