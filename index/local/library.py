"""The local library as its readers see it: catalog and vectors of one generation, swapped for the next in one step."""

import logging
import threading
import weakref
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from index.article import Article, ArticleSummary, Passage, PassageId
from index.embedding import Vector
from index.filter import Filter
from index.library import Neighbour, PassageSummary, PassageTokens
from index.local.calibration import load_calibration
from index.local.catalog import Catalog, connect, published_generation
from index.local.vectors import VectorIndex

_log = logging.getLogger(__name__)


class LocalLibrary:
    """One generation; `LocalShelf` holds the newest one."""

    def __init__(self, folder: Path, *, catalog: Catalog | None = None, vectors: VectorIndex | None = None) -> None:
        """The published one, unless another catalog and its vectors are given."""
        self._catalog = catalog or Catalog(folder)
        self.generation, self.fingerprint = self._catalog.generation, self._catalog.fingerprint
        self.languages: Mapping[str, int] = self._catalog.filing.languages()
        self.authors: Sequence[str] = self._catalog.filing.authors()
        self.calibration: Mapping[str, Any] | None = load_calibration(
            folder, self.fingerprint, generation=self.generation
        )
        vectors = vectors or VectorIndex.load(folder, self.generation, self.fingerprint)
        if vectors is None:
            _log.warning("The vectors' files in %s can't be used: they are made anew, in memory", folder)
        self._vectors = vectors or VectorIndex.of(self._catalog.vectors())
        self._finalizer = weakref.finalize(self, self._catalog.close)

    def close(self) -> None:
        """Let go of the generation; happens by itself when nobody asks it any more."""
        self._finalizer()

    def nearest(self, vector: Vector, k: int, *, among: Sequence[PassageId] | None = None) -> list[Neighbour]:
        """By nearness, best first."""
        return self._vectors.nearest(vector, k, among)

    def matching(self, terms: Sequence[str], k: int, *, among: Sequence[PassageId] | None = None) -> list[Neighbour]:
        """By BM25, best first."""
        return self._catalog.lexicon.matching(terms, k, among)

    def found_in(self, terms: Sequence[str]) -> dict[str, int]:
        """Passages that hold each term."""
        return self._catalog.lexicon.found_in(terms)

    def terms_from(self, beginning: str) -> dict[str, int]:
        """With the passages that hold each."""
        return self._catalog.lexicon.terms_from(beginning)

    def summaries(self, ids: Sequence[PassageId]) -> list[PassageSummary]:
        """In the order of `ids`."""
        return self._catalog.summaries(ids)

    def tokens(self, ids: Sequence[PassageId]) -> dict[PassageId, PassageTokens]:
        """Those that the model read in each passage."""
        return self._catalog.tokens(ids)

    def passages(self, ids: Sequence[PassageId]) -> list[Passage]:
        """In the order of `ids`."""
        return self._catalog.passages(ids)

    def passages_of(self, articles: Collection[str]) -> list[PassageId]:
        """In the order that they are read in."""
        return self._catalog.passages_of(articles)

    def filed(self, under: Filter) -> list[PassageId]:
        """All of the articles that fit."""
        return self._catalog.filing.filed(under)

    def article(self, id_: str) -> Article | None:
        """The whole of it, if it is there."""
        return self._catalog.article(id_)

    def articles(self) -> Iterator[ArticleSummary]:
        """By title; whoever goes through them holds the generation."""
        yield from self._catalog.filing.articles()


class LocalShelf:
    """Hands out the newest generation; questions in flight keep the one they began with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current = LocalLibrary(folder)
        self._watching = connect(folder)
        self._lock = threading.Lock()

    def current(self) -> LocalLibrary:
        """The newest published generation, opened beside the one before it and swapped in one assignment."""
        with self._lock:
            if published_generation(self._watching) != self._current.generation:
                self._current = LocalLibrary(self._folder)
            return self._current

    def close(self) -> None:
        """Let go of the library."""
        with self._lock:
            self._watching.close()
            self._current.close()
