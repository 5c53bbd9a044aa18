"""The seam for storage, to write to: what the indexer needs of a library."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol

from index.article import Article
from index.embedding import Vectors
from index.library import ReadableLibrary
from index.passages import Cut
from index.tokens import TokenSigns


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
