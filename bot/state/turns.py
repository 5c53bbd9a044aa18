"""Questions as they were asked, and the quotes that were shown: what buttons, follow-ups and reports go back to."""

import time
from dataclasses import dataclass
from itertools import takewhile

from bot.state.notes import Notes
from bot.state.quotes import StoredQuote, StoredSayings, keep_quotes, quotes_of, sayings_of
from bot.state.store import Store
from retrieval.answer import Answer, Verdict
from retrieval.question import Place, Turn

REMEMBERED = 30 * 60
"""Seconds of silence after which a conversation begins anew."""
_TURNS = 3
_COLUMNS = (
    "id, chat, thread, user, asked, shown, number, at, text, searched, suggested, language, verdict, confidence,"
    " generation"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Where, by whom and in which message something was asked."""

    chat: int
    user: int
    message: int
    thread: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredTurn:
    """A question and what was shown for it."""

    id: int
    chat: int
    thread: int | None
    user: int
    asked: int
    shown: int | None
    number: int
    at: float
    text: str
    searched: str
    suggested: str | None
    language: str
    verdict: Verdict
    confidence: float
    generation: int
    quotes: tuple[StoredQuote, ...]
    sayings: StoredSayings = ()


class Turns:
    """Keeps questions and finds them again."""

    def __init__(self, store: Store) -> None:
        self._store, self._notes = store, Notes(store)

    def keep(self, asking: Asking, answer: Answer, *, generation: int, suggested: str | None = None) -> StoredTurn:
        """A new one; an edited question takes the place of what it was before."""
        question = answer.question
        with self._store.together():
            before = self._store.row(
                "SELECT id, shown FROM turns WHERE chat = ? AND asked = ? AND user = ?",
                asking.chat, asking.message, asking.user,
            )  # fmt: skip
            waiting = self._store.rows("SELECT user FROM waiting WHERE turn = ?", before[0]) if before else []
            if before:
                self._store.write("DELETE FROM turns WHERE id = ?", before[0])
            id_ = self._store.write(
                f"INSERT INTO turns ({_COLUMNS}, milliseconds) VALUES ({', '.join('?' * 16)})",
                before[0] if before else None, asking.chat, asking.thread, asking.user, asking.message,
                before[1] if before else None, 1, time.time(), question.text, question.searched, suggested,
                question.language, answer.verdict, answer.confidence, generation, answer.timings_ms.get("total", 0.0),
            )  # fmt: skip
            keep_quotes(self._store, id_, answer)
            if answer.verdict == "nothing":
                self._store.write_each("INSERT INTO waiting VALUES (?, ?)", [(id_, user) for (user,) in waiting])
        kept = self.find(id_)
        assert kept is not None
        return kept

    def answered_anew(self, turn: int, answer: Answer, *, generation: int) -> StoredTurn | None:
        """The same question with what is said about it now; None where it was forgotten meanwhile."""
        with self._store.together():
            self._store.write(
                "UPDATE turns SET verdict = ?, confidence = ?, generation = ?, number = 1 WHERE id = ?",
                answer.verdict, answer.confidence, generation, turn,
            )  # fmt: skip
            if self.find(turn) is None:
                return None
            keep_quotes(self._store, turn, answer)
        return self.find(turn)

    def unanswered(self, turn: int, *, generation: int) -> None:
        """That generation doesn't answer it, whatever an earlier one did."""
        self._store.write("UPDATE turns SET verdict = 'nothing', generation = ? WHERE id = ?", generation, turn)

    def shown_as(self, turn: int, message: int) -> None:
        """The message that showed the answer."""
        self._store.write("UPDATE turns SET shown = ? WHERE id = ?", message, turn)

    def shows(self, turn: int, number: int) -> None:
        """Which of the quotes that message shows now."""
        self._store.write("UPDATE turns SET number = ? WHERE id = ?", number, turn)

    def find(self, id_: int) -> StoredTurn | None:
        """By its id, while it is remembered."""
        return self._first("id = ?", id_)

    def shown_in(self, chat: int, message: int) -> StoredTurn | None:
        """What a message of the bot answers."""
        return self._first("chat = ? AND shown = ?", chat, message)

    def conversation(self, asking: Asking) -> list[Turn]:
        """The turns that a question may go back to, oldest first; for an edited one, those before it."""
        begun = int(self._notes.get(_begun(asking)) or 0)
        rows = self._store.rows(
            "SELECT id, at FROM turns WHERE chat = ? AND user = ? AND thread IS ? AND id > ?"
            " AND id < coalesce((SELECT id FROM turns WHERE chat = ? AND asked = ? AND user = ?), 9e18)"
            " ORDER BY id DESC LIMIT ?",
            asking.chat, asking.user, asking.thread, begun,
            asking.chat, asking.message, asking.user, _TURNS,
        )  # fmt: skip
        recent = list(takewhile(lambda row: time.time() - row[1] < REMEMBERED, rows))
        stored = [self.find(id_) for id_, _ in reversed(recent)]
        return [as_turn(turn) for turn in stored if turn]

    def begin_anew(self, asking: Asking) -> None:
        """What was asked before is not gone back to."""
        newest = self._store.row("SELECT max(id) FROM turns WHERE chat = ? AND user = ?", asking.chat, asking.user)
        self._notes.set(_begun(asking), str(newest[0] or 0))

    def _first(self, condition: str, *values: object) -> StoredTurn | None:
        sql = f"SELECT {_COLUMNS} FROM turns WHERE {condition} ORDER BY id DESC LIMIT 1"
        row = self._store.row(sql, *values)
        if row is None:
            return None
        fields = dict(zip(_COLUMNS.split(", "), row, strict=True))
        return StoredTurn(**fields, quotes=quotes_of(self._store, row[0]), sayings=sayings_of(self._store, row[0]))


def as_turn(turn: StoredTurn) -> Turn:
    """What a follow-up is understood by."""
    shown = turn.quotes if turn.verdict != "nothing" else ()
    places = tuple(Place(article=quote.article, span=quote.span) for quote in shown)
    return Turn(text=turn.searched, places=places)


def _begun(asking: Asking) -> str:
    return f"begun {asking.chat} {asking.user} {asking.thread or 0}"
