"""Builds the objects and closes them; the only place where concrete classes meet."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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


@contextmanager
def open_answerer(settings: Settings, *, report: Report = silent) -> Iterator[Answerer]:
    """An answerer over the library that the settings name; raises IndexingError."""
    shelf = LocalShelf(settings.citabot_library)
    try:
        yield Answerer(shelf.current, SentenceTransformerEmbedder(settings.citabot_embedding_model, report=report))
    finally:
        shelf.close()


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """What the Telegram bot's handlers call, with the model loaded; raises IndexingError."""
    shelf = LocalShelf(settings.citabot_library)
    try:
        embedder = SentenceTransformerEmbedder(settings.citabot_embedding_model)
        answerer = Answerer(shelf.current, embedder)
        answerer("?")
        yield Desk(settings=settings, answerer=answerer, shelf=shelf, reindexer=Reindexer(settings))
    finally:
        shelf.close()


def run_indexer(
    settings: Settings, sources: Sequence[Path] = (), *, report: Report = silent, rebuild: bool = False
) -> Outcome:
    """Bring the library in line with `sources`, the settings' when there are none; raises IndexingError."""
    embedder = SentenceTransformerEmbedder(settings.citabot_embedding_model, report=report)
    with LocalLibraryWriter(settings.citabot_library) as writer:
        return index_sources(
            sources or settings.citabot_articles,
            writer=writer,
            embedder=embedder,
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
