"""What a catalog holds, read for planning: beside an indexer at work too, and without changing anything."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from index.library_writer import Held, KnownArticle, KnownFile, Withheld
from index.local.catalog import FILE, connect
from index.local.past import kept
from index.rollback import KeptGeneration

RECIPE = "4"
"""Raised when articles would be read, cut or analysed differently, so that libraries are made again."""
ROLLED_BACK = "rolled back"
"""The note of the generation whose articles the library went back to, until it is indexed again."""

IMPORTED = "imported"
"""The note of a library that came out of a file, until it is indexed."""
INSTEAD_OF = "instead of"
"""The note of the sources that others were named instead of, until the next indexing."""


def held_in(folder: Path) -> Held:
    """Of the library in `folder`, of one generation; nothing where there is none yet."""
    if not (folder / FILE).is_file():
        return Held()
    with closing(connect(folder)) as connection:
        connection.execute("BEGIN")
        return held(connection)


def kept_in(folder: Path) -> list[KeptGeneration]:
    """The generations of the library in `folder` that can be gone back to, the newest first."""
    if not (folder / FILE).is_file():
        return []
    with closing(connect(folder)) as connection:
        return kept(connection)


def held(connection: sqlite3.Connection) -> Held:
    """All that planning needs."""
    return Held(
        fingerprint=meta(connection, "fingerprint"),
        files=_files(connection) if meta(connection, "recipe") == RECIPE else {},
        articles={
            id_: KnownArticle(title=title, source=source)
            for id_, title, source in connection.execute("SELECT id, title, source FROM articles ORDER BY rowid")
        },
        withheld={
            id_: Withheld(article=id_, title=title, since=datetime.fromisoformat(since))
            for id_, title, since in connection.execute("SELECT article, title, since FROM withheld ORDER BY since")
        },
        rolled_back=_rolled_back(connection),
        imported=meta(connection, IMPORTED) is not None,
    )


def rolled_back_in(folder: Path) -> int | None:
    """The generation whose articles the library in `folder` went back to, until it is indexed again."""
    if not (folder / FILE).is_file():
        return None
    with closing(connect(folder)) as connection:
        return _rolled_back(connection)


def instead_of_in(folder: Path) -> tuple[str, ...]:
    """The sources that others were named instead of, for the library in `folder`, until the next indexing."""
    if not (folder / FILE).is_file():
        return ()
    with closing(connect(folder)) as connection:
        return tuple(json.loads(meta(connection, INSTEAD_OF) or "[]"))


def _rolled_back(connection: sqlite3.Connection) -> int | None:
    generation = meta(connection, ROLLED_BACK)
    return int(generation) if generation else None


def meta(connection: sqlite3.Connection, key: str) -> str | None:
    """What is noted under `key`."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def _files(connection: sqlite3.Connection) -> dict[str, KnownFile]:
    articles: dict[str, dict[str, str]] = {}
    for file, id_, digest in connection.execute("SELECT file, id, digest FROM articles"):
        articles.setdefault(file, {})[id_] = digest
    return {
        path: KnownFile(
            digest=digest,
            articles=articles.get(path, {}),
            skipped=tuple((source, reason) for source, reason in json.loads(skipped)),
            duplicates=tuple(json.loads(duplicates)),
        )
        for path, digest, skipped, duplicates in connection.execute(
            "SELECT path, digest, skipped, duplicates FROM files"
        )
    }
