"""What tests of several packages share: the default model, and the seeds indexed with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from index.embedding import SentenceTransformerEmbedder
from index.indexer import index_sources
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from index.runs import recorded
from retrieval.answerer import Answerer
from retrieval.reader import load_reader

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def default_embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


@pytest.fixture(scope="session")
def seeds_library(tmp_path_factory: pytest.TempPathFactory, default_embedder: SentenceTransformerEmbedder) -> Path:
    """The seeds, indexed with the default model; not to be changed."""
    folder = tmp_path_factory.mktemp("seeds") / "library"
    with LocalLibraryWriter(folder) as writer:
        recorded(writer, "index", lambda: index_sources([SEEDS], writer=writer, embedder=default_embedder), by="start")
    return folder


@pytest.fixture(scope="session")
def seeds_shelf(seeds_library: Path) -> Iterator[LocalShelf]:
    shelf = LocalShelf(seeds_library)
    yield shelf
    shelf.close()


@pytest.fixture(scope="session")
def answerer(seeds_shelf: LocalShelf, default_embedder: SentenceTransformerEmbedder) -> Answerer:
    """Answers from the seeds."""
    return Answerer(seeds_shelf.current, default_embedder)


@pytest.fixture(scope="session")
def reading_answerer(seeds_shelf: LocalShelf, default_embedder: SentenceTransformerEmbedder) -> Answerer:
    """Likewise, the first passages read with the question, as the command line does unless told otherwise."""
    return Answerer(seeds_shelf.current, default_embedder, reader=load_reader())
