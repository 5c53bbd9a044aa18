"""A small question set, and a model so small that it learns it by heart in seconds."""

import gzip
import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.bundled_model import model_folder
from index.embedding import SentenceTransformerEmbedder
from retrieval.pairs import PairReader
from training.examples import QuestionSet, examples_of
from training.model import SpanModel
from training.prepared import Prepared, Texts

LAKE = "Il battello si chiama Ginestra. Lo ha comprato Teresa Olmari per un euro. La biblioteca apre di giovedì."
TOWER = "The tower has 132 steps. Nora Pellew climbed them in March. The lamp came back on a Saturday."
FILLER = " Nothing else is said here about anything that somebody may want to know one day." * 3


def placed(text: str, answer: str) -> dict[str, object]:
    return {"text": answer, "start": text.index(answer)}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles of two passages each, and six questions."""
    folder = tmp_path_factory.mktemp("questions")
    articles = {"lake": f"{LAKE}{FILLER}\n\nAltro: {FILLER}", "tower": f"{TOWER}{FILLER}\n\nMore: {FILLER}"}
    asked = [
        ("Come si chiama il battello?", "lake", "Ginestra", "it"),
        ("Chi lo ha comprato?", "lake", "Teresa Olmari", "it"),
        ("Quando apre la biblioteca?", "lake", "giovedì", "it"),
        ("How many steps are there?", "tower", "132", "en"),
        ("Who climbed the tower?", "tower", "Nora Pellew", "en"),
        ("When did she climb it?", "tower", "March", "en"),
    ]
    with gzip.open(folder / "articles.jsonl.gz", "wt") as file:
        for id_, text in articles.items():
            file.write(json.dumps({"id": id_, "title": id_, "lang": "en", "text": text}) + "\n")
    with gzip.open(folder / "questions.jsonl.gz", "wt") as file:
        for number, (question, article, answer, language) in enumerate(asked):
            line = {"id": str(number), "lang": language, "question": question, "article_id": article}
            file.write(json.dumps(line | {"answers": [placed(articles[article], answer)]}) + "\n")
    return folder


@pytest.fixture(scope="session")
def reader() -> PairReader:
    return PairReader(Tokenizer.from_file(str(model_folder() / "tokenizer.json")), longest=400)


@pytest.fixture(scope="session")
def prepared(folder: Path, reader: PairReader, default_embedder: SentenceTransformerEmbedder) -> Prepared:
    """Each question six times, with rivals, and asked once to measure by; ids are the default model's."""
    texts = Texts()
    asked = examples_of(QuestionSet(folder=folder, times=6), reader, texts, seed=1, embedder=default_embedder)
    return Prepared(texts=texts, asked=asked, kept=[example for example in asked if example.answered][::6])


@pytest.fixture
def small(tmp_path: Path) -> SpanModel:
    """With random weights, the same every time."""
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=250_037, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=512,
    )  # fmt: skip
    BertModel(config, add_pooling_layer=False).save_pretrained(tmp_path / "tiny")
    return SpanModel(tmp_path / "tiny")
