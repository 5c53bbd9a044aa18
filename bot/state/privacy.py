"""What is remembered of one reader, all of it: shown to them, or erased; and what is forgotten in time."""

import time
from typing import Any

from bot.state.store import Store

_DAY = 86_400.0
_HELD = {
    "you": "SELECT id, name, spoken, chosen, role, since, seen FROM users WHERE id = ?",
    "questions": "SELECT at, chat, text, language, verdict FROM turns WHERE user = ? ORDER BY id",
    "opinions": "SELECT at, turn, opinion, number, comment FROM opinions WHERE user = ? ORDER BY at",
    "waiting": "SELECT text FROM waiting JOIN turns ON turns.id = turn WHERE waiting.user = ? ORDER BY turn",
    "deeds": "SELECT at, deed, about FROM deeds WHERE admin = ? ORDER BY id",
}


def exported(store: Store, user: int) -> dict[str, Any]:
    """By kind, in the order in which it came to be."""
    return {kind: [list(row) for row in store.rows(sql, user)] for kind, sql in _HELD.items()}


def erase(store: Store, user: int) -> None:
    """Everything but their role, so that a block stays a block, and what they did as admins; without their name."""
    with store.together():
        store.write("DELETE FROM prompts WHERE about IN (SELECT id FROM turns WHERE user = ?)", user)
        store.write("DELETE FROM turns WHERE user = ?", user)
        store.write("DELETE FROM opinions WHERE user = ?", user)
        store.write("DELETE FROM waiting WHERE user = ?", user)
        store.write("DELETE FROM prompts WHERE chat = ?", user)
        store.write("DELETE FROM meta WHERE key LIKE 'begun % ' || ? || ' %'", user)
        store.write("DELETE FROM users WHERE id = ? AND role IN ('reader', 'asking')", user)
        store.write("UPDATE users SET name = id, spoken = NULL, chosen = NULL WHERE id = ?", user)
        store.write("UPDATE deeds SET about = '' WHERE about = ? AND deed != 'block'", str(user))
    store.wipe()


def forget_older(store: Store, days: int) -> None:
    """Questions with all that hangs on them, and who has not been seen since, but for a role that was given."""
    before = time.time() - days * _DAY
    store.write_in_pieces("DELETE FROM turns WHERE id IN (SELECT id FROM turns WHERE at < ? LIMIT 200)", before)
    with store.together():
        store.write("DELETE FROM prompts WHERE at < ?", before)
        store.write("DELETE FROM users WHERE seen < ? AND role IN ('reader', 'asking')", before)
        store.write("UPDATE users SET name = id, spoken = NULL, chosen = NULL WHERE seen < ?", before)
        store.write("DELETE FROM meta WHERE key LIKE 'begun %' AND CAST(value AS INTEGER) <"
                    " (SELECT coalesce(min(id), 9e18) FROM turns)")  # fmt: skip
    store.wipe()
