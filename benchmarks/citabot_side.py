"""Citabot in its own process, as `peers.py` measures it: from articles to quotes, with all that an answer has."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.peer_side import FOUND, serve
from index.embedding import SentenceTransformerEmbedder
from index.indexer import index_sources
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from retrieval.answerer import Answerer


class Citabot:
    """Reads and cuts the articles itself, embeds passages and sentences, and marks what it quotes."""

    def __init__(self, articles: Path, library: Path) -> None:
        self._articles, self._library = articles, library
        self._embedder = SentenceTransformerEmbedder()
        self._embedder.warm()

    def index(self, _texts: Sequence[str]) -> None:
        """From the articles' file to the published library."""
        with LocalLibraryWriter(self._library) as writer:
            index_sources([self._articles], writer=writer, embedder=self._embedder)
        self._answerer = Answerer(LocalShelf(self._library).current, self._embedder)

    def ask(self, question: str) -> Sequence[Any]:
        """Article, start and end of each quote."""
        quotes = self._answerer(question, quotes=FOUND, plain=True).quotes
        return [(quote.article.id, quote.span.start, quote.span.end) for quote in quotes]


if __name__ == "__main__":
    serve(lambda: Citabot(Path(sys.argv[1]), Path(sys.argv[2])))
