"""What the newest generations changed, kept in the catalog so that they can be gone back to."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np

from index.errors import GenerationNotKept
from index.library_writer import Entry
from index.local import entries
from index.local.catalog import article_of
from index.passages import Cut
from index.preparing import entry_with, keys_of
from index.rollback import Exchange, KeptGeneration

KEPT = 10
"""Generations that changed articles: what they replaced is kept."""


class Past:
    """Puts by what the publication of one generation is about to change."""

    def __init__(self, connection: sqlite3.Connection, generation: int, successors: Mapping[str, str]) -> None:
        """`successors` are the ids of articles, and of those that take their places."""
        self._connection, self._generation, self._successors = connection, generation, successors
        self._added: set[str] = set()
        self._removed: set[str] = set()
        self._changed = 0
        self._any = False
        (articles,) = connection.execute("SELECT count(*) FROM titles").fetchone()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute(
            "INSERT INTO generations (number, at, articles) VALUES (?, ?, ?)", (generation, now, articles)
        )

    def keep(self, id_: str, digest: str | None) -> None:
        """An article as it is, before it becomes one with this digest, or goes; nothing where it stays the same."""
        row = self._connection.execute("SELECT digest FROM articles WHERE id = ?", (id_,)).fetchone()
        if digest == (row[0] if row else None):
            return
        self._any = True
        self._write(id_)
        seen = bool(self._connection.execute("SELECT 1 FROM titles WHERE article = ?", (id_,)).fetchone())
        withheld = self._connection.execute("SELECT 1 FROM withheld WHERE article = ?", (id_,)).fetchone()
        will_be_seen = digest is not None and not withheld
        if will_be_seen and not seen:
            self._added.add(id_)
        elif seen and not will_be_seen:
            self._removed.add(id_)
        elif seen:
            self._changed += 1

    def _write(self, id_: str) -> None:
        values = (self._generation, self._successors.get(id_), id_)
        found = self._connection.execute(
            "INSERT INTO replaced (generation, successor, article, digest, file, title, text, language, source, author,"
            " published, url, pages, tags) SELECT ?, ?, id, digest, file, title, text, language, source, author,"
            " published, url, pages, tags FROM articles WHERE id = ?",
            values,
        )
        if not found.rowcount:
            self._connection.execute("INSERT INTO replaced (generation, successor, article) VALUES (?, ?, ?)", values)
        self._connection.execute(
            "INSERT INTO replaced_passages SELECT ?1, article, place, bounds FROM passages WHERE article = ?2"
            " UNION ALL SELECT ?1, article, place, bounds FROM set_aside WHERE article = ?2",
            (self._generation, id_),
        )

    def finish(self) -> Exchange:
        """What this generation changes; generations that are too old are forgotten."""
        in_place = sum(old in self._removed and new in self._added for old, new in self._successors.items())
        exchange = Exchange(
            generation=self._generation,
            added=len(self._added) - in_place,
            changed=self._changed + in_place,
            removed=len(self._removed) - in_place,
        )
        if not self._any:
            self._connection.execute("DELETE FROM generations WHERE number = ?", (self._generation,))
        self._connection.execute(
            "UPDATE generations SET added = ?, changed = ?, removed = ? WHERE number = ?",
            (exchange.added, exchange.changed, exchange.removed, self._generation),
        )
        self._connection.execute(
            "DELETE FROM generations WHERE number NOT IN (SELECT number FROM generations ORDER BY number DESC LIMIT ?)",
            (KEPT,),
        )
        return exchange


def forget(connection: sqlite3.Connection) -> None:
    """What another model or recipe made can't be gone back to without embedding it anew."""
    connection.execute("DELETE FROM generations")


def keys(connection: sqlite3.Connection) -> Iterator[bytes]:
    """Of all that is kept."""
    for text, bounds in connection.execute(
        "SELECT text, bounds FROM replaced JOIN replaced_passages USING (generation, article)"
    ):
        yield from keys_of(text, _cut(bounds))


def kept(connection: sqlite3.Connection) -> list[KeptGeneration]:
    """Those before each generation that changed articles, the newest first."""
    return [
        KeptGeneration(
            generation=number - 1, until=datetime.fromisoformat(at), articles=articles, added=added, changed=changed,
            removed=removed,
        )
        for number, at, articles, added, changed, removed in connection.execute(
            "SELECT number, at, articles, added, changed, removed FROM generations ORDER BY number DESC"
        )
    ]  # fmt: skip


def go_back(
    connection: sqlite3.Connection, wanted: int, generation: int, missing: Callable[[Sequence[bytes]], list[bytes]]
) -> Exchange:
    """Makes the articles those of the generation `wanted`, in the transaction that makes another `generation`.

    The files that hold them otherwise are to be read again by the next indexing. Where an article that is withheld is
    not there then, and took the place of one that is, that one is withheld. Raises GenerationNotKept where one is
    `missing` its vectors.
    """
    changed = changed_since(connection, wanted)
    there = {id_ for (id_,) in connection.execute("SELECT id FROM articles")} - {id_ for id_, _, _ in changed}
    there |= {id_ for id_, _, was_there in changed if was_there}
    origins = {new: old for new, old in _origins(connection, wanted).items() if new not in there and old in there}
    entries.withhold_instead(connection, origins)
    past = Past(connection, generation, origins)
    for id_, replaced_by, _ in changed:
        entry = _entry(connection, replaced_by, id_)
        past.keep(id_, entry.article.digest if entry else None)
        connection.execute("UPDATE files SET digest = '' WHERE path = (SELECT file FROM articles WHERE id = ?)", (id_,))
        if entry is None:
            entries.remove(connection, id_)
        elif missing([key for keys in entry.keys for key in keys]):
            raise GenerationNotKept(
                f"Generation {wanted} can't be gone back to: vectors of {id_} are not there any more."
            )
        else:
            entries.write(connection, entry)
            connection.execute(
                "INSERT INTO files (path, digest, skipped, duplicates) VALUES (?, '', '[]', '[]')"
                " ON CONFLICT (path) DO UPDATE SET digest = ''",
                (entry.file,),
            )
    return past.finish()


def changed_since(connection: sqlite3.Connection, generation: int) -> list[tuple[str, int, bool]]:
    """Ids of articles that were otherwise then, each with the first generation that changed it, and if it was there."""
    return connection.execute(
        "SELECT article, generation, replaced.digest IS NOT NULL FROM replaced JOIN"
        " (SELECT article, min(generation) AS generation FROM replaced WHERE generation > ? GROUP BY article)"
        " USING (article, generation) LEFT JOIN articles ON articles.id = article"
        " WHERE articles.digest IS NOT replaced.digest ORDER BY replaced.rowid",
        (generation,),
    ).fetchall()


def _origins(connection: sqlite3.Connection, generation: int) -> dict[str, str]:
    """Ids of articles, and of those whose places they have taken since."""
    origins: dict[str, str] = {}
    for old, new in connection.execute(
        "SELECT article, successor FROM replaced WHERE generation > ? AND successor IS NOT NULL ORDER BY generation",
        (generation,),
    ):
        origins[new] = origins.pop(old, old)
    return {new: old for new, old in origins.items() if new != old}


def _entry(connection: sqlite3.Connection, generation: int, id_: str) -> Entry | None:
    """An article as it was before a generation; None where it was not there."""
    values = (generation, id_)
    digest, file, *row = connection.execute(
        "SELECT digest, file, article, title, text, language, source, author, published, url, pages, tags FROM replaced"
        " WHERE generation = ? AND article = ?",
        values,
    ).fetchone()
    if digest is None:
        return None
    passages = connection.execute(
        "SELECT bounds FROM replaced_passages WHERE generation = ? AND article = ? ORDER BY place", values
    )
    return entry_with(file, article_of(row), [_cut(bounds) for (bounds,) in passages])


def _cut(blob: bytes) -> Cut:
    return Cut.at(np.frombuffer(blob, "<u4").tolist())
