"""Who writes to the bot: names, languages and roles; and what a group has set."""

import time
from dataclasses import dataclass
from typing import Literal

from bot.state.store import Store

GivenRole = Literal["member", "asking", "admin", "blocked"]
Role = Literal["reader"] | GivenRole


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who wrote to the bot."""

    id: int
    name: str
    spoken: str | None
    """The language of their Telegram."""
    chosen: str | None
    """The language that they chose for the bot's words."""
    role: Role


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupSettings:
    """What a group's admins have set; None where they left it to the bot."""

    language: str | None = None
    quotes: int | None = None
    articles: str | None = None
    """Words that the articles must have in title, author or source."""


class People:
    """Users by id, and groups by chat."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def seen(self, id_: int, *, name: str, spoken: str | None) -> Person:
        """Note that somebody is there."""
        now = time.time()
        self._store.write(
            "INSERT INTO users VALUES (?, ?, ?, NULL, 'reader', ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET name = excluded.name, spoken = excluded.spoken, seen = excluded.seen",
            id_, name[:200], spoken, now, now,
        )  # fmt: skip
        found = self.find(id_)
        assert found is not None
        return found

    def find(self, id_: int) -> Person | None:
        """Who has that id, if they ever wrote."""
        row = self._store.row("SELECT id, name, spoken, chosen, role FROM users WHERE id = ?", id_)
        return _person(row) if row else None

    def with_role(self, role: GivenRole) -> list[Person]:
        """All of a role, by name."""
        found = self._store.rows(
            "SELECT id, name, spoken, chosen, role FROM users"
            " WHERE role = ? AND role != 'reader' ORDER BY name, id",  # as the index has it, which is used only then
            role,
        )
        return [_person(row) for row in found]

    def count(self) -> int:
        """Everybody who ever wrote and is remembered."""
        return int(self._store.row("SELECT count(*) FROM users")[0])

    def choose_language(self, id_: int, language: str | None) -> None:
        """What the bot is to speak with them; None leaves it to Telegram."""
        self._store.write("UPDATE users SET chosen = ? WHERE id = ?", language, id_)

    def give_role(self, id_: int, role: Role) -> None:
        """Also to somebody who never wrote."""
        now = time.time()
        self._store.write(
            "INSERT INTO users VALUES (?, ?, NULL, NULL, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET role = excluded.role",
            id_, str(id_), role, now, now,
        )  # fmt: skip

    def group(self, chat: int) -> GroupSettings:
        """What was set in a group."""
        row = self._store.row("SELECT language, quotes, articles FROM chats WHERE id = ?", chat)
        return GroupSettings(language=row[0], quotes=row[1], articles=row[2]) if row else GroupSettings()

    def set_group(self, chat: int, settings: GroupSettings) -> None:
        """From now on."""
        self._store.write(
            "INSERT OR REPLACE INTO chats VALUES (?, ?, ?, ?)",
            chat, settings.language, settings.quotes, settings.articles,
        )  # fmt: skip

    def move_group(self, old: int, new: int) -> None:
        """A group became a supergroup, where messages are counted from one again."""
        with self._store.together():
            self._store.write("UPDATE OR REPLACE chats SET id = ? WHERE id = ?", new, old)
            self._store.write("UPDATE turns SET chat = ?, asked = -id, shown = NULL WHERE chat = ?", new, old)
            self._store.write("DELETE FROM prompts WHERE chat = ?", old)


def _person(row: tuple[int, str, str | None, str | None, Role]) -> Person:
    id_, name, spoken, chosen, role = row
    return Person(id=id_, name=name, spoken=spoken, chosen=chosen, role=role)
