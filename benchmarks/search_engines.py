"""Full-text engines behind one small interface: each indexes search terms that were made already, and ranks by BM25."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from index.local.lexical import Lexicon
from index.local.migrations import migrate


class Engine(Protocol):
    """Passages are numbered from one in the order in which they are added."""

    def add(self, passages: Sequence[str]) -> None:
        """Passages as terms joined by spaces, durable and searchable on return."""

    def best(self, terms: Sequence[str], k: int) -> list[int]:
        """By BM25, best first."""


class Fts5:
    """SQLite's own, all terms looked for."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "terms.sqlite", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        migrate(self._connection)

    def add(self, passages: Sequence[str]) -> None:
        """One transaction."""
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO terms (stems) VALUES (?)", ((passage,) for passage in passages))
        self._connection.execute("COMMIT")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def best(self, terms: Sequence[str], k: int) -> list[int]:
        """As FTS5 ranks."""
        query = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
        found = self.rows("SELECT rowid FROM terms WHERE terms MATCH ? ORDER BY rank LIMIT ?", (query, k))
        return [row for (row,) in found]

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Of a query."""
        return self._connection.execute(sql, values).fetchall()


class Fts5WithinBudget(Fts5):
    """As a library asks it: the rarest terms find, all terms score."""

    def best(self, terms: Sequence[str], k: int) -> list[int]:
        """As the library ranks."""
        return [neighbour.id for neighbour in Lexicon(self.rows).matching(terms, k, None)]


class Tantivy:
    """Lucene's design in Rust."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("number", stored=True, indexed=True)
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._count = 0

    def add(self, passages: Sequence[str]) -> None:
        """One commit."""
        writer = self._index.writer(heap_size=128_000_000, num_threads=1)
        for passage in passages:
            self._count += 1
            writer.add_document(self._tantivy.Document(number=self._count, terms=passage))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def best(self, terms: Sequence[str], k: int) -> list[int]:
        """As Tantivy ranks."""
        query, occur = self._tantivy.Query, self._tantivy.Occur.Should
        each = [(occur, query.term_query(self._schema, "terms", term, "freq")) for term in terms]
        searcher = self._index.searcher()
        found = searcher.search(query.boolean_query(each), k, count=False).hits
        return [searcher.doc(address)["number"][0] for _, address in found]


class Bm25s:
    """Scores of all terms in all passages, worked out beforehand as sparse arrays; mapped from the disk."""

    def __init__(self, folder: Path) -> None:
        import bm25s

        self._bm25s, self._folder = bm25s, folder
        self._passages: list[str] = []

    def add(self, passages: Sequence[str]) -> None:
        """Everything anew."""
        self._passages = [*self._passages, *passages]
        model = self._bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        model.index([passage.split() for passage in self._passages], show_progress=False)
        shutil.rmtree(self._folder / "saved", ignore_errors=True)
        model.save(self._folder / "saved")
        del model
        self._model = self._bm25s.BM25.load(self._folder / "saved", mmap=True)

    def best(self, terms: Sequence[str], k: int) -> list[int]:
        """As Lucene's variant of BM25 ranks."""
        known = [term for term in terms if term in self._model.vocab_dict]
        if not known:
            return []
        rows, scores = self._model.retrieve([known], k=k, show_progress=False)
        return [int(row) + 1 for row, score in zip(*chain(rows, scores), strict=True) if score > 0]


ENGINES: dict[str, tuple[Callable[[Path], Engine], str]] = {
    "fts5": (Fts5, ""),
    "fts5 within a budget": (Fts5WithinBudget, ""),
    "tantivy": (Tantivy, "tantivy"),
    "bm25s": (Bm25s, "bm25s"),
}
"""What makes each, and the package that it needs."""
