"""Articles looked up by what buttons, links and people call them; each generation's list is read once."""

import threading
from collections.abc import Sequence
from functools import cached_property

from bot.links import key_of
from index.analysis import words
from index.article import Article, ArticleSummary
from index.library import ReadableLibrary, Shelf


class Lookup:
    """The newest generation's articles."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock = threading.Lock()
        self._listed: _Listed | None = None

    def all(self) -> list[ArticleSummary]:
        """By title."""
        return self._newest().articles

    def count(self) -> int:
        """How many there are."""
        return len(self.all())

    def with_key(self, key: str) -> ArticleSummary | None:
        """The article that `bot.links.key_of` names so."""
        return self._newest().by_key.get(key)

    def with_words(self, text: str) -> list[ArticleSummary]:
        """Those with all words of `text` in title, author or source; all for no words."""
        wanted, listed = set(words(text)), self._newest()
        return [article for article in listed.articles if wanted <= listed.words_of[article.id]]

    def ids_with_words(self, text: str | None) -> frozenset[str] | None:
        """The ids of those, or None for whatever there is."""
        return frozenset(article.id for article in self.with_words(text)) if text else None

    def read(self, id_: str) -> Article | None:
        """The whole article, while it is in the library."""
        return self._shelf.current().article(id_)

    def passages(self) -> int:
        """How many there are in all."""
        return sum(article.passages for article in self.all())

    def _newest(self) -> "_Listed":
        library = self._shelf.current()
        with self._lock:
            if self._listed is None or self._listed.generation != library.generation:
                self._listed = _Listed(library)
            return self._listed


class _Listed:
    def __init__(self, library: ReadableLibrary) -> None:
        self.generation = library.generation
        self.articles = list(library.articles())

    @cached_property
    def by_key(self) -> dict[str, ArticleSummary]:
        return {key_of(article.id): article for article in self.articles}

    @cached_property
    def words_of(self) -> dict[str, frozenset[str]]:
        return {article.id: frozenset(_words(article)) for article in self.articles}


def _words(article: ArticleSummary) -> Sequence[str]:
    return words(f"{article.title} {article.author or ''} {article.source}")
