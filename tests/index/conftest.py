"""What several tests of the index share: the default model, and folders to index into a library."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.bundled_model import model_folder
from index.embedding import SentenceTransformerEmbedder
from index.indexer import Outcome, index_sources
from index.local.writer import LocalLibraryWriter
from index.torch_engine import TorchEngine
from tests.fakes import HashingEmbedder

RunIndexer = Callable[..., Outcome]


@pytest.fixture(scope="session")
def unpacked() -> Path:
    """The default model's folder in the user's own cache."""
    return model_folder()


@pytest.fixture(scope="session")
def default_embedder(unpacked: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


@pytest.fixture(scope="session")
def torch_engine(unpacked: Path) -> TorchEngine:
    """The default model on PyTorch, whatever the embedder runs it on."""
    return TorchEngine(str(unpacked), "default")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def run_indexer(articles: Path, library: Path) -> RunIndexer:
    """Brings `library` in line with `articles`, or with other sources."""

    def run(*sources: Path, embedder: HashingEmbedder | None = None, **options: object) -> Outcome:
        with LocalLibraryWriter(library) as writer:
            return index_sources(
                sources or (articles,), writer=writer, embedder=embedder or HashingEmbedder(), **options
            )

    return run
