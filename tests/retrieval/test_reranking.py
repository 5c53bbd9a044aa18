"""A cross-encoder's second look decides the order of the first hits, and nothing else."""

import shutil
from pathlib import Path

import pytest

from index.bundled_model import model_folder
from index.errors import ModelUnusable
from index.local.library import LocalLibrary
from retrieval.answerer import Answerer
from retrieval.question import question_of
from retrieval.ranking import ranked
from retrieval.reranking import LOOKED_AT, CrossEncoderReranker, rerank
from tests.fakes import HashingEmbedder
from tests.index.conftest import WORDS
from tests.index.local.conftest import stock

TEXTS = ["Il faro è spento.", "La nave è in porto.", "Il porto ha un faro.", "La nave è lunga."]


@pytest.fixture(scope="module", params=[1, 3], ids=["one score", "three scores"])
def tiny_cross_encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A cross-encoder of a few kilobytes, with weights of chance."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = Tokenizer(models.WordLevel({word: id_ for id_, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    roles = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **roles).save_pretrained(folder)
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(WORDS), max_position_embeddings=64, hidden_size=16, num_hidden_layers=1,
        num_attention_heads=2, intermediate_size=16, num_labels=request.param, initializer_range=1.0,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder, request.param


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> LocalLibrary:
    return LocalLibrary(stock(tmp_path_factory.mktemp("reranked"), TEXTS))


def by_length(question: str, passages: list[str]) -> list[float]:
    """The shorter, the better."""
    return [-float(len(passage)) for passage in passages]


def test_the_first_hits_come_in_the_rerankers_order_with_its_scores(library: LocalLibrary) -> None:
    asked = question_of("Dov'è il faro della nave?")
    hits, _ = ranked(asked, HashingEmbedder().read_question(asked.text), library)
    found = rerank(asked, hits, library, by_length)
    texts = [passage.text for passage in library.passages([hit.passage.id for hit in found])]
    assert texts == sorted(texts, key=len)
    assert [hit.scores.rerank for hit in found] == [-len(text) for text in texts]
    assert {hit.passage.id for hit in found} == {hit.passage.id for hit in hits}


def test_what_is_not_looked_at_stays_behind_in_its_order(library: LocalLibrary) -> None:
    asked = question_of("Dov'è il faro della nave?")
    (hit, *_), _ = ranked(asked, HashingEmbedder().read_question(asked.text), library)
    hits = [hit] * (LOOKED_AT + 3)
    found = rerank(asked, hits, library, lambda question, passages: [float(n) for n in range(len(passages))])
    assert [one.scores.rerank for one in found] == [*map(float, range(LOOKED_AT - 1, -1, -1)), None, None, None]


def test_without_hits_nothing_is_read_again(library: LocalLibrary) -> None:
    assert rerank(question_of("faro?"), [], library, by_length) == []


def test_an_answer_quotes_first_what_the_reranker_puts_first(library: LocalLibrary) -> None:
    answer = Answerer(lambda: library, HashingEmbedder(), by_length)("Dov'è il faro della nave?", plain=True)
    assert answer.quotes[0].text == min(TEXTS, key=len)
    assert answer.as_json()["quotes"][0]["scores"]["rerank"] == -len(min(TEXTS, key=len))


def test_a_cross_encoder_of_sentence_transformers_reranks(
    tiny_cross_encoder: tuple[Path, int], library: LocalLibrary
) -> None:
    from sentence_transformers import CrossEncoder

    folder, scores = tiny_cross_encoder
    reranker = CrossEncoderReranker(str(folder))
    if scores > 1:
        with pytest.raises(ModelUnusable, match="3 scores where a reranker gives one"):
            reranker("il faro", TEXTS)
        return
    expected = CrossEncoder(str(folder), device="cpu").predict([("il faro", text) for text in TEXTS])
    assert reranker("il faro", TEXTS) == pytest.approx(expected.tolist(), abs=1e-5)
    assert len(set(reranker("il faro", TEXTS))) > 1
    answer = Answerer(lambda: library, HashingEmbedder(), reranker)("il faro", quotes=4, plain=True)
    ranks = [quote.scores.rerank for quote in answer.quotes]
    assert ranks == sorted(ranks, reverse=True)


def test_a_folder_that_is_no_cross_encoder_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="CITABOT_RERANKING_MODEL"):
        CrossEncoderReranker(str(tmp_path))("il faro", TEXTS)


def test_an_embedding_model_is_no_cross_encoder() -> None:
    with pytest.raises(ModelUnusable, match="is no cross-encoder"):
        CrossEncoderReranker(str(model_folder()))("il faro", TEXTS)


def test_a_damaged_model_is_explained(tiny_cross_encoder: tuple[Path, int], tmp_path: Path) -> None:
    folder = shutil.copytree(tiny_cross_encoder[0], tmp_path / "model")
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(ModelUnusable, match="could not be loaded"):
        CrossEncoderReranker(str(folder))("il faro", TEXTS)
