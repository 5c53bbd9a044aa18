"""Builds the objects and closes them; the only place where concrete classes meet."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from bot.context import Desk
from bot.reindexing import Reindexer
from bot.settings import Settings
from index.embedding import SentenceTransformerEmbedder
from index.errors import LibraryBusy
from index.indexer import Outcome, index_sources, is_stale
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from index.progress import Report, silent
from retrieval.answerer import Answerer
from retrieval.reranking import CrossEncoderReranker


@cache
def _embedder(name: str) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(name)


def embedder_of(settings: Settings, report: Report = silent) -> SentenceTransformerEmbedder:
    """The settings' model, loaded once in a process and not before it is needed; `report` is told of the loading."""
    embedder = _embedder(settings.citabot_embedding_model)
    embedder.report = report
    return embedder


@contextmanager
def open_desk(settings: Settings, *, report: Report = silent) -> Iterator[Desk]:
    """What every face calls, the model loaded; raises IndexingError."""
    shelf = LocalShelf(settings.citabot_library)
    try:
        embedder = embedder_of(settings, report)
        embedder.warm()
        reranker = CrossEncoderReranker(settings.citabot_reranking_model) if settings.citabot_reranking_model else None
        if reranker:
            reranker("?", ["?"])  # loads it now
        answerer = Answerer(shelf.current, embedder, reranker)
        yield Desk(settings=settings, answerer=answerer, shelf=shelf, reindexer=Reindexer(settings))
    finally:
        shelf.close()


def run_indexer(
    settings: Settings, sources: Sequence[Path] = (), *, report: Report = silent, rebuild: bool = False
) -> Outcome:
    """Bring the library in line with `sources`, the settings' when there are none; raises IndexingError."""
    with LocalLibraryWriter(settings.citabot_library) as writer:
        return index_sources(
            sources or settings.citabot_articles,
            writer=writer,
            embedder=embedder_of(settings, report),
            report=report,
            rebuild=rebuild,
        )


def library_is_stale(settings: Settings) -> bool:
    """Whether the sources are not what the library holds; not while another indexer sees to that."""
    try:
        with LocalLibraryWriter(settings.citabot_library) as writer:
            return is_stale(settings.citabot_articles, writer)
    except LibraryBusy:
        return False
