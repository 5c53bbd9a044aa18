"""What readers thought of answers, and who waits for one."""

import time
from typing import Literal

from bot.state.store import Store

Opinion = Literal["good", "bad", "wrong"]


class Opinions:
    """One opinion of each reader on each turn, the last one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def give(self, turn: int, user: int, opinion: Opinion, number: int = 1) -> None:
        """Good, bad, or bad because the quote is wrong; what was said before about it stays."""
        self._store.write(
            "INSERT INTO opinions SELECT id, ?, ?, ?, NULL, ? FROM turns WHERE id = ?"
            " ON CONFLICT (turn, user) DO UPDATE"
            " SET opinion = excluded.opinion, number = excluded.number, at = excluded.at",
            user, opinion, number, time.time(), turn,
        )  # fmt: skip

    def take_back(self, turn: int, user: int) -> None:
        """As if it had never been given, unless it was put into words."""
        self._store.write("DELETE FROM opinions WHERE turn = ? AND user = ? AND comment IS NULL", turn, user)

    def comment(self, turn: int, user: int, comment: str) -> None:
        """In the reader's own words; without an opinion before, a bad one."""
        self._store.write(
            "INSERT INTO opinions SELECT id, ?, 'bad', 1, ?, ? FROM turns WHERE id = ?"
            " ON CONFLICT (turn, user) DO UPDATE SET comment = excluded.comment",
            user, comment[:1000], time.time(), turn,
        )  # fmt: skip

    def of(self, turn: int) -> list[tuple[int, Opinion, str | None]]:
        """User, opinion and comment."""
        return self._store.rows("SELECT user, opinion, comment FROM opinions WHERE turn = ? ORDER BY at", turn)

    def wait(self, turn: int, user: int) -> None:
        """Be told when the articles say it."""
        self._store.write("INSERT OR IGNORE INTO waiting SELECT id, ? FROM turns WHERE id = ?", user, turn)

    def waiting(self) -> list[tuple[int, int]]:
        """Turns and users, oldest first."""
        return self._store.rows("SELECT turn, user FROM waiting ORDER BY turn, user")

    def waiting_for(self, generation: int) -> list[tuple[int, int]]:
        """Those whose question wasn't asked of that generation, or is answered without their having been told."""
        return self._store.rows(
            "SELECT turn, waiting.user FROM waiting JOIN turns ON turns.id = turn"
            " WHERE generation != ? OR verdict = 'answered' ORDER BY turn, waiting.user",
            generation,
        )

    def told(self, turn: int, user: int) -> None:
        """No need to wait any more."""
        self._store.write("DELETE FROM waiting WHERE turn = ? AND user = ?", turn, user)


class Prompts:
    """Messages of the bot whose reply is no question."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def expect(self, chat: int, message: int, kind: str, about: int) -> None:
        """A reply to that message is about `about`."""
        self._store.write(
            "INSERT OR REPLACE INTO prompts VALUES (?, ?, ?, ?, ?)", chat, message, kind, about, time.time()
        )

    def answered(self, chat: int, message: int) -> tuple[str, int] | None:
        """Kind, and what it is about; also for a second reply, or one that was edited."""
        row = self._store.row("SELECT kind, about FROM prompts WHERE chat = ? AND message = ?", chat, message)
        return (row[0], row[1]) if row else None
