"""The seam for storage: what retrieval reads of a library, and what the indexer writes to one."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from index.article import Article, ArticleSummary, Passage, PassageId
from index.embedding import Vector, Vectors
from index.filter import Filter
from index.passages import Cut
from index.tokens import TokenSigns


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


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownFile:
    """What the library remembers of a file that it read."""

    digest: str
    articles: Mapping[str, str] = field(default_factory=dict)
    """Digest of each article by its id."""
    skipped: tuple[tuple[str, str], ...] = ()
    """Source and reason of what could not be read in it."""
    duplicates: tuple[str, ...] = ()
    """Ids of its articles that were there already, from another file or an earlier line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownArticle:
    """What people know an article by."""

    title: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Withheld:
    """An article that stays out of sight until it is restored, whatever the sources hold."""

    article: str
    """Its id."""
    title: str
    since: datetime
    """In UTC."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What a library holds, as far as planning needs it."""

    fingerprint: str | None = None
    """Of the vectors that are published; None for an empty library."""
    files: Mapping[str, KnownFile] = field(default_factory=dict)
    """By path; empty when the library was made by another recipe."""
    articles: Mapping[str, KnownArticle] = field(default_factory=dict)
    """By id, by whatever recipe, those that are withheld too."""
    withheld: Mapping[str, Withheld] = field(default_factory=dict)
    """By id; the article itself may be gone."""
    rolled_back: int | None = None
    """The generation whose articles it went back to, until it is next brought in line with its sources."""
    imported: bool = False
    """Whether it came out of a file, and was not brought in line with its sources since."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An article ready to be written."""

    article: Article
    file: str
    cuts: tuple[Cut, ...]
    keys: tuple[tuple[bytes, ...], ...]
    """For each passage the keys of its vectors: its own, then its sentences'."""
    terms: tuple[str, ...]
    """For each passage its search terms, joined by spaces."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """All that one publication does."""

    entries: Iterable[Entry]
    """Gone through once, and never all in memory; each takes the place of the article with its id."""
    gone: Sequence[str]
    """Ids of articles."""
    files: Mapping[str, KnownFile]
    """Every file that the library now consists of, by path."""
    fingerprint: str
    successors: Mapping[str, str] = field(default_factory=dict)
    """Ids of articles, and of those that took their place: they are withheld in the stead of the ones before."""


class LibraryWriter(Protocol):
    """What the indexer needs of a library; held by one indexer at a time."""

    def held(self) -> Held:
        """What is published."""

    def missing(self, keys: Sequence[bytes], fingerprint: str, *, tokens: bool = False) -> list[bytes]:
        """Those of `keys` that have no vector yet, or no tokens, each once."""

    def keep(
        self, keys: Sequence[bytes], vectors: Vectors, fingerprint: str, tokens: Sequence[TokenSigns] = ()
    ) -> None:
        """Remember vectors at once: they survive a crash and change nothing for readers."""

    def scratch(self) -> BinaryIO:
        """An empty file to work with, which is gone when it is closed, or its process ends."""

    def publish(self, changes: Changes, *, check: Callable[[ReadableLibrary], None] | None = None) -> int:
        """Make `changes` visible, all of them or none; the new generation.

        Before anybody else sees it, `check` is handed it; what that raises is raised, and nothing has changed.
        """
