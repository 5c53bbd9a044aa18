"""SQLite files whose tables change with the program: step by step, each whole or not at all."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

_PATIENCE, _BREATH = 10.0, 0.01
"""Seconds."""


def write_ahead(connection: sqlite3.Connection) -> None:
    """Readers see one state while another process writes the next one.

    Where two processes open a new file at the same moment, SQLite doesn't wait for the other one, so this does.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_BREATH)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside counts, or nothing of it; the connection must not begin any by itself."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def steps_done(connection: sqlite3.Connection) -> int:
    """By how many steps its tables were made."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def bring_up(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    """Take those `steps` that weren't taken yet, by this process or by another one that opened the file meanwhile."""
    for number, step in enumerate(steps, start=1):
        if steps_done(connection) < number:
            with transaction(connection):
                if steps_done(connection) < number:
                    for statement in _statements(step):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    """One by one: a whole script at once would end the transaction that it is in."""
    statement = ""
    for piece in script.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
