"""Answers that readers found good, read beside a bot that is at work, and never a reason to stop."""

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.state.quotes import StoredQuote, stored_quote
from bot.state.store import FILE

_log = logging.getLogger(__name__)
MOST = 200
"""Questions, the newest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Liked:
    """A question whose first quote somebody found good, and nobody bad."""

    turn: int
    question: str
    """As it was searched for, without the turns before it."""
    quote: StoredQuote


def liked_in(folder: Path) -> list[Liked]:
    """Those that the bot remembers in a library's folder, each question once; none where its memory can't be read."""
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            rows = connection.execute(
                'SELECT max(turns.id), searched, article, start, "end", marks, digest, words FROM turns'
                " JOIN quotes ON quotes.turn = turns.id AND quotes.number = 1"
                " WHERE verdict != 'nothing' AND EXISTS"
                " (SELECT 1 FROM opinions WHERE turn = turns.id AND opinion = 'good' AND opinions.number = 1)"
                " AND NOT EXISTS (SELECT 1 FROM opinions WHERE turn = turns.id AND opinion != 'good')"
                " GROUP BY searched ORDER BY 1 DESC LIMIT ?",
                (MOST,),
            ).fetchall()
    except sqlite3.DatabaseError as error:
        _log.warning("Questions that readers liked are not asked, %s can't be read: %s", path, error)
        return []
    return [Liked(turn=turn, question=searched, quote=stored_quote(*quote)) for turn, searched, *quote in rows]
