"""An example puts a question beside a passage, and names just the tokens of the answer in it."""

import gzip
import json
import shutil
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.bundled_model import model_folder
from retrieval.pairs import BEGIN, PairReader
from tests.fakes import HashingEmbedder
from tests.training.conftest import LAKE
from training.examples import QuestionSet, examples_of
from training.prepared import Example, Texts

TOKENIZER = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))


def made(questions: QuestionSet, reader: PairReader, *, seed: int = 1) -> tuple[list[Example], Texts]:
    texts = Texts()
    return examples_of(questions, reader, texts, seed=seed), texts


def said(example: Example, texts: Texts) -> str:
    """The tokens that the example names, as text."""
    return str(TOKENIZER.decode(texts[example.passage][example.first : example.last + 1].tolist())).strip()


def asked(example: Example, texts: Texts) -> str:
    return str(TOKENIZER.decode(texts[example.question].tolist()))


def test_each_example_names_the_answer_or_that_there_is_none(folder: Path, reader: PairReader) -> None:
    examples, texts = made(QuestionSet(folder=folder, times=20), reader)
    answered = [example for example in examples if example.answered]
    assert {said(example, texts) for example in answered} == {
        "Ginestra", "Teresa Olmari", "giovedì", "132", "Nora Pellew", "March"
    }  # fmt: skip
    assert len(answered) == 6 * 20
    assert 0 < len(examples) - len(answered) < len(examples) / 2
    for example in examples:
        assert texts[example.question][0] == BEGIN
        assert asked(example, texts).startswith("query: ")
        assert asked(example, texts).endswith("passage:")
        assert example.first <= example.last < len(texts[example.passage])
        assert example.language in ("it", "en")


def test_the_same_seed_makes_the_same_examples(folder: Path, reader: PairReader) -> None:
    some = QuestionSet(folder=folder, times=8)
    assert made(some, reader, seed=5)[0] == made(some, reader, seed=5)[0]
    assert made(some, reader, seed=5)[0] != made(some, reader, seed=6)[0]


def test_some_questions_are_asked_about_something_else_that_the_passage_does_not_tell(
    reader: PairReader, tmp_path: Path
) -> None:
    text = "Nora Pellew climbed the tower in 1911. Paul Odell painted the door of the tower in 1920."
    answers = [{"text": "Nora Pellew", "start": 0}]
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt") as file:
        file.write(json.dumps({"id": "tower", "title": "tower", "lang": "en", "text": text}) + "\n")
    with gzip.open(tmp_path / "questions.jsonl.gz", "wt") as file:
        for number, question in enumerate(
            questions := ("Who climbed it in 1911?", "Who repaired it?", "Who painted all?")
        ):
            line = {"id": str(number), "lang": "en", "question": question, "article_id": "tower", "answers": answers}
            file.write(json.dumps(line) + "\n")
    examples, texts = made(QuestionSet(folder=tmp_path, times=200), reader)
    unanswered = {
        asked(each, texts).removeprefix("query: ").split("? ")[0] + "?" for each in examples if not each.answered
    }
    assert unanswered - {*questions} == {"Who climbed it in 1920?", "Who repaired it in 1911?", "Who repaired all?"}


def test_some_passages_are_shown_without_the_sentence_that_answers(
    folder: Path, reader: PairReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.examples._REMOVED", 1.0)
    examples, texts = made(QuestionSet(folder=folder), reader)
    less = [each for each in examples if "Come si chiama" in asked(each, texts) and not each.answered]
    told = [TOKENIZER.decode(texts[each.passage].tolist()) for each in less]
    assert any("Ginestra" not in text and "Teresa Olmari" in text for text in told)


def test_a_question_that_its_paragraph_does_not_answer_is_shown_beside_it(
    folder: Path, reader: PairReader, tmp_path: Path
) -> None:
    shutil.copy(folder / "articles.jsonl.gz", tmp_path)
    line = {"id": "1", "lang": "it", "question": "Chi lo ha venduto?", "article_id": "lake", "answers": [],
            "answerable": False, "paragraph_start": 0, "paragraph_end": 60}  # fmt: skip
    with gzip.open(tmp_path / "questions.jsonl.gz", "wt") as file:
        file.write(json.dumps(line) + "\n")
    (example,), texts = made(QuestionSet(folder=tmp_path), reader)
    assert not example.answered
    assert "Chi lo ha venduto?" in asked(example, texts)


def test_questions_of_a_set_that_has_as_many_without_an_answer_are_not_swapped_as_well(
    folder: Path, reader: PairReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.examples._REMOVED", 0.0)
    shutil.copy(folder / "articles.jsonl.gz", tmp_path)
    answers = [{"text": "Teresa Olmari", "start": LAKE.index("Teresa Olmari")}]
    lines = [
        {"id": "1", "question": "Chi ha comprato il battello?", "answers": answers},
        {"id": "2", "question": "Chi ha venduto il battello?", "answers": [], "answerable": False},
    ]
    with gzip.open(tmp_path / "questions.jsonl.gz", "wt") as file:
        for line in lines:
            about = {"lang": "it", "article_id": "lake", "paragraph_start": 0, "paragraph_end": 60}
            file.write(json.dumps(line | about) + "\n")
    examples, texts = made(QuestionSet(folder=tmp_path, times=50), reader)
    assert {asked(example, texts).split("? ")[0] for example in examples} == {
        "query: Chi ha comprato il battello", "query: Chi ha venduto il battello"
    }  # fmt: skip


def test_articles_that_are_kept_out_have_no_examples_and_the_only_ones_have_all(
    folder: Path, reader: PairReader
) -> None:
    lake = frozenset({"lake"})
    for some, expected in (
        (QuestionSet(folder=folder, times=4, kept_out=lake), {"132", "Nora Pellew", "March"}),
        (QuestionSet(folder=folder, times=4, only=lake), {"Ginestra", "Teresa Olmari", "giovedì"}),
        (QuestionSet(folder=folder, only=frozenset({"elsewhere"})), set()),
    ):
        examples, texts = made(some, reader)
        assert {said(example, texts) for example in examples if example.answered} == expected


def test_a_set_without_questions_needs_no_embedding(folder: Path, reader: PairReader) -> None:
    none = QuestionSet(folder=folder, only=frozenset())
    assert examples_of(none, reader, Texts(), seed=1, embedder=HashingEmbedder()) == []
