"""The file of the bot's memory: opened, brought up to date, written to by one connection, and read by another."""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bot.state.tables import STEPS
from index.stepwise import bring_up, steps_done, transaction, write_ahead

FILE = "state.sqlite"
_BREATH = 0.002
"""Seconds between two pieces of a long piece of work."""


class StateUnusable(Exception):
    """The bot's memory can't be read; the text says what to do."""


class Store:
    """Short statements, safe from any thread; each write is on disk or not there at all."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock, self._reading = threading.RLock(), threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = _opened(self._path)
            write_ahead(self._connection)
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA secure_delete = ON")
            self._migrate()
            self._reader = _opened(self._path)
            self._reader.execute("PRAGMA query_only = ON")
        except (OSError, sqlite3.DatabaseError) as error:
            raise StateUnusable(
                f"{self._path} cannot be read ({error}). Restore it from a copy, or move it away to begin anew."
            ) from error

    def _migrate(self) -> None:
        if steps_done(self._connection) > len(STEPS):
            raise StateUnusable(f"{self._path} was written by a newer Citabot: update Citabot.")
        bring_up(self._connection, STEPS)

    def rows(self, sql: str, *values: object) -> list[Any]:
        """What a query finds."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> Any:
        """The first row of it, None where there is none."""
        with self._lock:
            return self._connection.execute(sql, values).fetchone()

    def report_rows(self, sql: str, *values: object) -> list[Any]:
        """What a query finds that takes its time: nobody who asks or writes something waits for it.

        Not to be called from within `together`.
        """
        with self._reading:
            return self._reader.execute(sql, values).fetchall()

    def write(self, sql: str, *values: object) -> int:
        """Change something; the id of a row that was put in."""
        with self._lock:
            return self._connection.execute(sql, [_storable(value) for value in values]).lastrowid or 0

    def write_each(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """The same for several rows."""
        with self._lock:
            self._connection.executemany(sql, rows)

    def write_in_pieces(self, sql: str, *values: object) -> None:
        """A statement that changes only some rows at a time, again and again until it changes none.

        Others get their turn between two pieces, of which each counts by itself.
        """
        changed = 1
        while changed > 0:
            with self._lock:
                changed = self._connection.execute(sql, values).rowcount
            time.sleep(_BREATH)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that is written inside counts, or nothing of it."""
        with self._lock, transaction(self._connection):
            yield

    def wipe(self) -> bool:
        """Leave nothing in the file, nor in the log beside it, of what was deleted; a report is waited for.

        False where another process was at the file, so that something may be left until this is called again.
        """
        with self._reading, self._lock:
            return log_emptied(self._path)

    def close(self) -> None:
        """Let go of the file."""
        with self._reading, self._lock:
            self._reader.close()
            self._connection.close()


def log_emptied(path: Path) -> bool:
    """Whether a file has all that was in the log beside it; whoever else reads or writes it isn't waited for."""
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)


def _storable(value: object) -> object:
    """Halves of characters, which a name may hold, are replaced: SQLite takes none."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
