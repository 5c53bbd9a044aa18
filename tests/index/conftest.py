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
WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "ask", "say", ":", "il", "faro", "spento", "nave", "porto")
"""That the tiny model knows."""


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


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder of a few kilobytes, with prompts of its own."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    parts, folder = tmp_path_factory.mktemp("parts"), tmp_path_factory.mktemp("models") / "tiny"
    tokenizer = Tokenizer(models.WordLevel({word: id_ for id_, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    roles = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **roles).save_pretrained(parts)
    torch.manual_seed(5)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    BertModel(BertConfig(vocab_size=len(WORDS), max_position_embeddings=32, **sizes)).save_pretrained(parts)
    transformer = Transformer(str(parts))
    prompts = {"query": "ask : ", "document": "say : "}
    SentenceTransformer(modules=[transformer, Pooling(16)], prompts=prompts, device="cpu").save(str(folder))
    return folder


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
