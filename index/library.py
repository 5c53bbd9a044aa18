"""The seam for storage, to read from: what retrieval needs of a library."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.article import Article, ArticleSummary, Passage, PassageId
from index.embedding import Vector
from index.filter import Filter


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """A passage that one leg of the search found, with that leg's evidence."""

    id: PassageId
    passage: float = 0.0
    """Cosine of question and passage, in [-1, 1]."""
    sentences: tuple[float, ...] = ()
    """Cosines of question and each sentence of the passage, in order."""
    lexical: float = 0.0
    """BM25, at least 0."""

    @property
    def sentence(self) -> float:
        """Cosine of the nearest sentence."""
        return max(self.sentences, default=self.passage)

    @property
    def nearness(self) -> float:
        """What `nearest` orders by: the mean of the passage's cosine and its best sentence's."""
        return (self.passage + self.sentence) / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageSummary:
    """A passage without its text: what ranking needs to know of it."""

    id: PassageId
    article: str
    """The article's id."""
    language: str
    terms: tuple[str, ...]
    """Its search terms, in order, repetitions kept."""
    place: int
    places: int
    key: bytes
    """Equal for passages that say the same, word for word."""
    published: date | None = None
    """Its article's day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageTokens:
    """A passage as late interaction sees it."""

    signs: NDArray[np.uint8]
    """(tokens, dimension / 8), as in TokenSigns."""
    sentences: NDArray[np.int64]
    """(tokens,): the number of the sentence that each stands in, from 0, never falling."""


class Library(Protocol):
    """One generation of what can be searched."""

    generation: int
    fingerprint: str
    """Of the embedder whose vectors it holds."""
    languages: Mapping[str, int]
    """Articles by language, most first."""
    authors: Sequence[str]
    """As articles name them, each once."""
    calibration: Mapping[str, Any] | None
    """How sure which evidence makes of an answer, where that was measured for this library and model."""

    def nearest(self, vector: Vector, k: int, *, among: Sequence[PassageId] | None = None) -> list[Neighbour]:
        """At most `k` passages by nearness, best first, never padded; only `among` those ids where given."""

    def matching(self, terms: Sequence[str], k: int, *, among: Sequence[PassageId] | None = None) -> list[Neighbour]:
        """At most `k` passages that hold any of `terms`, by BM25, best first."""

    def found_in(self, terms: Sequence[str]) -> dict[str, int]:
        """How many passages hold each of `terms`; those in none are left out."""

    def terms_from(self, beginning: str) -> dict[str, int]:
        """All terms that begin so, and how many passages hold each."""

    def summaries(self, ids: Sequence[PassageId]) -> list[PassageSummary]:
        """In the order of `ids`; cheap, because no article's text is read."""

    def tokens(self, ids: Sequence[PassageId]) -> dict[PassageId, PassageTokens]:
        """Those that the model read in each; passages without any are left out."""

    def passages(self, ids: Sequence[PassageId]) -> list[Passage]:
        """With their articles, in the order of `ids`."""

    def passages_of(self, articles: Collection[str]) -> list[PassageId]:
        """All of those articles, in the order that they are read in; ids of articles that are gone are ignored."""

    def filed(self, under: Filter) -> list[PassageId]:
        """All of the articles that fit, in no order."""


class ReadableLibrary(Library, Protocol):
    """One that can be gone through as well, published or about to be."""

    def articles(self) -> Iterator[ArticleSummary]:
        """By title."""

    def article(self, id_: str) -> Article | None:
        """The whole of it, if it is there."""


class Shelf(Protocol):
    """Where the newest generation is."""

    def current(self) -> ReadableLibrary:
        """It stays as it is for whoever holds it; raises IndexingError where there is none."""
