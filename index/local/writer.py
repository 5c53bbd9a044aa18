"""Writes the catalog: vectors as they come, everything else in one transaction."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType

import numpy as np
from filelock import FileLock, Timeout

from index.embedding import Vectors
from index.errors import LibraryBusy, LibraryUnusable
from index.library import Changes, Entry, KnownFile
from index.local.catalog import Catalog, connect, published_generation
from index.local.derived import is_written
from index.local.vectors import VectorIndex
from index.tokens import TokenSigns

RECIPE = "2"
"""Raised when articles would be cut or analysed differently, so that libraries are made again."""


class LocalLibraryWriter:
    """Holds the library's lock from `with` to its end."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryUnusable(
                f"{folder} cannot be made ({error.strerror}): set CITABOT_LIBRARY to another."
            ) from error
        self._folder = folder
        self._lock = FileLock(folder / "indexing.lock")

    def __enter__(self) -> "LocalLibraryWriter":
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise LibraryBusy("Another indexer is at work on this library; wait until it is done.") from error
        try:
            self._connection = connect(self._folder)
            generation = published_generation(self._connection)
            if generation and not is_written(self._folder, generation):
                self._save_vectors()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._lock.release()

    def _meta(self, key: str) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def fingerprint(self) -> str | None:
        """Of the vectors that are published."""
        return self._meta("fingerprint")

    def known_files(self) -> dict[str, KnownFile]:
        """By path; empty when the library was made by another recipe."""
        if self._meta("recipe") != RECIPE:
            return {}
        articles: dict[str, dict[str, str]] = {}
        for file, id_, digest in self._connection.execute("SELECT file, id, digest FROM articles"):
            articles.setdefault(file, {})[id_] = digest
        return {
            path: KnownFile(
                digest=digest,
                articles=articles.get(path, {}),
                skipped=tuple((source, reason) for source, reason in json.loads(skipped)),
                duplicates=tuple(json.loads(duplicates)),
            )
            for path, digest, skipped, duplicates in self._connection.execute(
                "SELECT path, digest, skipped, duplicates FROM files"
            )
        }

    def article_ids(self) -> set[str]:
        """All that is published."""
        return {id_ for (id_,) in self._connection.execute("SELECT id FROM articles")}

    def missing(self, keys: Sequence[bytes], fingerprint: str, *, tokens: bool = False) -> list[bytes]:
        """Those without a vector, or without tokens, each once."""
        known = f"SELECT 1 FROM {'tokens' if tokens else 'vectors'} WHERE key = ? AND fingerprint = ?"
        return [
            key for key in dict.fromkeys(keys) if not self._connection.execute(known, (key, fingerprint)).fetchone()
        ]

    def keep(
        self, keys: Sequence[bytes], vectors: Vectors, fingerprint: str, tokens: Sequence[TokenSigns] = ()
    ) -> None:
        """Committed at once."""
        rows = [(key, fingerprint, vector.astype("<f4").tobytes()) for key, vector in zip(keys, vectors, strict=True)]
        read = [
            (key, fingerprint, some.starts.astype("<u4").tobytes(), some.signs.tobytes())
            for key, some in zip(keys, tokens, strict=bool(tokens))
        ]
        with _transaction(self._connection):
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors (key, fingerprint, vector) VALUES (?, ?, ?)", rows
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO tokens (key, fingerprint, starts, signs) VALUES (?, ?, ?, ?)", read
            )

    def publish(self, changes: Changes) -> int:
        """One transaction, then the FAISS indexes; after a crash between the two the next indexer makes them."""
        with _transaction(self._connection):
            for id_ in [*changes.gone, *(entry.article.id for entry in changes.entries)]:
                self._remove(id_)
            for entry in changes.entries:
                self._insert(entry)
            self._replace_files(changes)
            if changes.fingerprint != self._meta("fingerprint"):
                for table in ("vectors", "tokens"):
                    self._connection.execute(f"DELETE FROM {table} WHERE fingerprint != ?", (changes.fingerprint,))
            generation = published_generation(self._connection) + 1
            meta = {"generation": generation, "fingerprint": changes.fingerprint, "recipe": RECIPE}
            self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(meta.items()))
        self._save_vectors()
        return generation

    def _save_vectors(self) -> None:
        with closing(Catalog(self._folder)) as catalog:
            VectorIndex.save(catalog.vectors(), self._folder, catalog.generation, catalog.fingerprint)

    def _remove(self, id_: str) -> None:
        self._connection.execute("DELETE FROM terms WHERE rowid IN (SELECT id FROM passages WHERE article = ?)", (id_,))
        self._connection.execute("DELETE FROM articles WHERE id = ?", (id_,))

    def _insert(self, entry: Entry) -> None:
        article = entry.article
        published = article.published.isoformat() if article.published else None
        self._connection.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (article.id, article.digest, entry.file, article.title, article.text, article.language,
             article.source, article.author, published, article.url),
        )  # fmt: skip
        self._connection.execute(
            "INSERT INTO titles VALUES (?, ?, ?, ?)",
            (article.id, article.language, len(entry.cuts), entry.title_terms),
        )
        for place, (cut, keys, terms) in enumerate(zip(entry.cuts, entry.keys, entry.terms, strict=True), 1):
            bounds = np.array([*(span.start for span in cut.sentences), cut.span.end], "<u4").tobytes()
            indent = cut.span.trimmed(article.text).start - cut.span.start
            row = self._connection.execute(
                "INSERT INTO passages (article, place, bounds, keys, indent) VALUES (?, ?, ?, ?, ?)",
                (article.id, place, bounds, b"".join(keys), indent),
            ).lastrowid
            self._connection.execute("INSERT INTO terms (rowid, stems) VALUES (?, ?)", (row, terms))

    def _replace_files(self, changes: Changes) -> None:
        self._connection.execute("DELETE FROM files")
        self._connection.executemany(
            "INSERT INTO files (path, digest, skipped, duplicates) VALUES (?, ?, ?, ?)",
            [
                (path, file.digest, json.dumps(file.skipped), json.dumps(file.duplicates))
                for path, file in changes.files.items()
            ],
        )


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
