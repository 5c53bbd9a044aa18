"""What was embedded of texts that nobody can ask for any more, taken out of the catalog now and then."""

import sqlite3
from collections.abc import Iterator

from index.local import past
from index.local.catalog import KEY_BYTES

EVERY = 16
"""Generations between two looks, each of which goes through all that is stored."""


def sweep(connection: sqlite3.Connection, generation: int) -> None:
    """In the transaction that publishes the `generation`; what earlier ones need that can be gone back to stays."""
    if generation % EVERY:
        return
    connection.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
    connection.executemany("INSERT OR IGNORE INTO used VALUES (?)", ((key,) for key in _used(connection)))
    connection.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM used)")
    connection.execute("DELETE FROM tokens WHERE key NOT IN (SELECT key FROM used)")
    connection.execute("DROP TABLE used")


def _used(connection: sqlite3.Connection) -> Iterator[bytes]:
    for (keys,) in connection.execute("SELECT keys FROM passages UNION ALL SELECT keys FROM set_aside"):
        yield from (keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES))
    yield from past.keys(connection)
