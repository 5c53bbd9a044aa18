"""A library that notes how long each of its methods takes."""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from index.article import Passage, PassageId
from index.embedding import Vector
from index.filter import Filter
from index.library import Library, Neighbour, PassageSummary, PassageTokens

Result = TypeVar("Result")


class TimedLibrary:
    """Otherwise the library that it is given."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.generation, self.fingerprint = library.generation, library.fingerprint
        self.languages: Mapping[str, int] = library.languages
        self.authors: Sequence[str] = library.authors
        self.calibration = library.calibration
        self.spent: dict[str, float] = defaultdict(float)
        """Milliseconds by method, since it was last cleared."""

    def _timed(self, step: str, work: Callable[[], Result]) -> Result:
        started = time.perf_counter()
        result = work()
        self.spent[step] += 1000 * (time.perf_counter() - started)
        return result

    def nearest(self, vector: Vector, k: int, *, among: Sequence[PassageId] | None = None) -> list[Neighbour]:
        """Timed apart where passages are given."""
        step = "nearest" if among is None else "nearest, given"
        return self._timed(step, lambda: self._library.nearest(vector, k, among=among))

    def matching(self, terms: Sequence[str], k: int, *, among: Sequence[PassageId] | None = None) -> list[Neighbour]:
        """Timed apart where passages are given."""
        step = "matching" if among is None else "matching, given"
        return self._timed(step, lambda: self._library.matching(terms, k, among=among))

    def found_in(self, terms: Sequence[str]) -> dict[str, int]:
        """Timed."""
        return self._timed("found_in", lambda: self._library.found_in(terms))

    def summaries(self, ids: Sequence[PassageId]) -> list[PassageSummary]:
        """Timed."""
        return self._timed("summaries", lambda: self._library.summaries(ids))

    def passages(self, ids: Sequence[PassageId]) -> list[Passage]:
        """Timed."""
        return self._timed("passages", lambda: self._library.passages(ids))

    def passages_of(self, articles: Collection[str]) -> list[PassageId]:
        """Timed."""
        return self._timed("passages_of", lambda: self._library.passages_of(articles))

    def filed(self, under: Filter) -> list[PassageId]:
        """Timed."""
        return self._timed("filed", lambda: self._library.filed(under))

    def terms_from(self, beginning: str) -> dict[str, int]:
        """Timed."""
        return self._timed("terms_from", lambda: self._library.terms_from(beginning))

    def tokens(self, ids: Sequence[PassageId]) -> dict[PassageId, PassageTokens]:
        """Timed."""
        return self._timed("tokens", lambda: self._library.tokens(ids))
