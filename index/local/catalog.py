"""The library's only source of truth, one SQLite file, as its readers see it.

A reader holds a read transaction: write-ahead logging shows it one generation, whatever is published meanwhile.
"""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from index.article import Article, Passage, PassageId, Span
from index.embedding import Vectors
from index.errors import LibraryMissing, LibraryUnusable
from index.library import PassageSummary, PassageTokens
from index.local.filing import Filing, day
from index.local.lexical import Lexicon
from index.local.migrations import migrate
from index.stepwise import write_ahead

FILE = "catalog.sqlite"
KEY_BYTES = 16
_VARIABLES = 500


def connect(folder: Path) -> sqlite3.Connection:
    """The catalog of a library folder, made if need be, its tables up to date."""
    path = folder / FILE
    with ExitStack() as closing_it:
        try:
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
            closing_it.callback(connection.close)
            write_ahead(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection)
        except sqlite3.OperationalError as error:
            raise LibraryUnusable(
                f"{path} could not be opened ({error}). Is the folder writable, and its disk neither full nor busy?"
            ) from error
        except sqlite3.DatabaseError as error:
            raise LibraryUnusable(
                f"{path} cannot be read ({error}). Restore it from a copy, or delete it and run: citabot index"
            ) from error
        closing_it.pop_all()
    return connection


def published_generation(connection: sqlite3.Connection) -> int:
    """0 for a library that nothing was published to."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    return int(row[0]) if row else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredVectors:
    """All vectors of a generation: sentences lie in the order of their passages."""

    ids: "np.ndarray[Any, np.dtype[np.int64]]"
    """(passages,)."""
    first: "np.ndarray[Any, np.dtype[np.int64]]"
    """(passages + 1,): passage i's sentences are the rows first[i] up to first[i + 1]."""
    dimension: int
    passages: Iterable[Vectors]
    """In blocks, to be gone through once."""
    sentences: Iterable[Vectors]


class Catalog:
    """One generation of the catalog, to be read from any thread."""

    def __init__(self, folder: Path, *, within: sqlite3.Connection | None = None) -> None:
        """`within` a writer's transaction it is what that is about to publish, and lasts no longer than that."""
        if not (folder / FILE).is_file():
            raise LibraryMissing(f"There is no library in {folder} yet: run citabot index")
        self._connection, self._owned = within or connect(folder), within is None
        self._lock = threading.Lock()
        if within is None:
            self._connection.execute("BEGIN")
        self.generation = published_generation(self._connection)
        if not self.generation:
            self.close()
            raise LibraryMissing(f"Nothing has been indexed in {folder} yet: run citabot index")
        (self.fingerprint,) = self._rows("SELECT value FROM meta WHERE key = 'fingerprint'")[0]
        self.lexicon, self.filing = Lexicon(self._rows), Filing(self._rows)

    def close(self) -> None:
        """End the read transaction, once nobody reads: SQLite doesn't survive being closed under a query."""
        if self._owned:
            with self._lock:
                self._connection.close()

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def summaries(self, ids: Sequence[PassageId]) -> list[PassageSummary]:
        """In the order of `ids`; ids that don't exist are left out. No article's text is read."""
        rows = self._rows(
            "SELECT id, article, place, substr(keys, 1, ?), language, places, published, stems"
            " FROM passages JOIN titles USING (article) JOIN terms ON terms.rowid = passages.id"
            f" WHERE id IN ({_listed(ids)})",
            [KEY_BYTES],
        )
        found = {}
        for id_, article, place, key, language, places, published, stems in rows:
            found[id_] = PassageSummary(
                id=id_, article=article, language=language, place=place, places=places, key=key,
                terms=tuple(stems.split()), published=day(published),
            )  # fmt: skip
        return [found[id_] for id_ in ids if id_ in found]

    def tokens(self, ids: Sequence[PassageId]) -> dict[PassageId, PassageTokens]:
        """By id; passages that no model read are left out."""
        found = {}
        for id_, blob, indent, starts, signs in self._rows(
            "SELECT passages.id, bounds, indent, starts, signs FROM passages JOIN tokens"
            f" ON tokens.key = substr(keys, 1, {KEY_BYTES}) AND fingerprint = ? WHERE passages.id IN ({_listed(ids)})",
            [self.fingerprint],
        ):
            begins, bounds = (np.frombuffer(numbers, "<u4").astype(np.int64) for numbers in (starts, blob))
            if len(begins):
                found[id_] = PassageTokens(
                    signs=np.frombuffer(signs, np.uint8).reshape(len(begins), -1),
                    sentences=np.searchsorted(bounds[1:-1] - bounds[0], indent + begins, side="right"),
                )
        return found

    def passages(self, ids: Sequence[PassageId]) -> list[Passage]:
        """In the order of `ids`; ids that don't exist are left out."""
        rows = self._rows(
            "SELECT id, article, place, bounds, places FROM passages JOIN titles USING (article)"
            f" WHERE id IN ({_listed(ids)})"
        )
        articles = self._articles({row[1] for row in rows})
        found = {}
        for id_, article, place, blob, places in rows:
            bounds = np.frombuffer(blob, "<u4").tolist()
            found[id_] = Passage(
                id=id_,
                article=articles[article],
                span=Span(bounds[0], bounds[-1]),
                sentences=tuple(map(Span, bounds, bounds[1:])),
                place=place,
                places=places,
            )
        return [found[id_] for id_ in ids if id_ in found]

    def passages_of(self, articles: Collection[str]) -> list[PassageId]:
        """By article and place, however many articles there are."""
        wanted = "SELECT value FROM json_each(?)"
        sql = f"SELECT id FROM passages WHERE article IN ({wanted}) ORDER BY article, place"
        return [id_ for (id_,) in self._rows(sql, [json.dumps(list(articles))])]

    def _articles(self, ids: set[str]) -> dict[str, Article]:
        marks = ",".join("?" * len(ids))
        rows = self._rows(
            "SELECT id, title, text, language, source, author, published, url, pages, tags FROM articles"
            f" WHERE id IN ({marks})",
            sorted(ids),
        )
        return {row[0]: article_of(row) for row in rows}

    def article(self, id_: str) -> Article | None:
        """The whole of it, if it is there."""
        return self._articles({id_}).get(id_)

    def ids(self) -> "np.ndarray[Any, np.dtype[np.int64]]":
        """Of all passages, growing."""
        return np.sort(np.array(self._rows("SELECT id FROM passages"), np.int64).reshape(-1))

    def vectors(self, among: Sequence[PassageId] | None = None) -> StoredVectors:
        """Everything that the FAISS indexes are made of, or that of some passages."""
        some = "" if among is None else f"WHERE id IN ({_listed(among)})"
        rows = self._rows(f"SELECT id, keys FROM passages {some} ORDER BY id")
        sizes = self._rows("SELECT length(vector) FROM vectors WHERE fingerprint = ? LIMIT 1", [self.fingerprint])
        return StoredVectors(
            ids=np.array([id_ for id_, _ in rows], np.int64),
            first=np.cumsum([0, *(len(keys) // KEY_BYTES - 1 for _, keys in rows)], dtype=np.int64),
            dimension=sizes[0][0] // 4 if sizes else 1,
            passages=self._blocks(keys[:KEY_BYTES] for _, keys in rows),
            sentences=self._blocks(
                keys[at : at + KEY_BYTES] for _, keys in rows for at in range(KEY_BYTES, len(keys), KEY_BYTES)
            ),
        )

    def _blocks(self, keys: Iterator[bytes]) -> Iterator[Vectors]:
        """The vectors of `keys`, row by row; only a few are ever held twice."""
        while some := list(islice(keys, _VARIABLES)):
            rows = self._rows(
                f"SELECT key, vector FROM vectors WHERE fingerprint = ? AND key IN ({','.join('?' * len(some))})",
                [self.fingerprint, *some],
            )
            known = dict(rows)
            yield np.stack([np.frombuffer(known[key], "<f4") for key in some])


def _listed(ids: Sequence[PassageId]) -> str:
    return ",".join(str(int(id_)) for id_ in ids)


def article_of(row: Sequence[Any]) -> Article:
    """From id, title, text, language, source, author, published, url, pages and tags."""
    id_, title, text, language, source, author, published, url, pages, tags = row
    return Article(
        id=id_, title=title, text=text, language=language, source=source, author=author,
        published=day(published), url=url, pages=tuple(np.frombuffer(pages, "<u4").tolist()),
        tags=tuple(json.loads(tags or "[]")),
    )  # fmt: skip
