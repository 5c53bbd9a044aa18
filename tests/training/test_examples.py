"""An example puts a question beside a passage, and names just the tokens of the answer in it."""

import gzip
import json
import shutil
from pathlib import Path

from tokenizers import Tokenizer

from index.bundled_model import model_folder
from retrieval.pairs import BEGIN, SEPARATOR, PairReader
from training.examples import Example, QuestionSet, examples_of

TOKENIZER = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))


def said(example: Example) -> str:
    """The tokens that the example names, as text."""
    ids = list(example.pair.ids[example.start : example.end + 1])
    return str(TOKENIZER.decode(ids)).strip()


def test_each_example_names_the_answer_or_that_there_is_none(folder: Path, reader: PairReader) -> None:
    examples = list(examples_of(QuestionSet(folder=folder, times=8), reader, seed=1))
    answered = [example for example in examples if example.end]
    assert {said(example) for example in answered} == {
        "Ginestra", "Teresa Olmari", "giovedì", "132", "Nora Pellew", "March"
    }  # fmt: skip
    assert 0 < len(examples) - len(answered) < len(examples) / 2
    for example in examples:
        assert example.pair.ids[0] == BEGIN
        assert example.pair.ids[-1] == SEPARATOR
        assert len(example.pair.ids) <= 288
        assert example.end == 0 or example.pair.first <= example.start <= example.end < len(example.pair.ids) - 1


def test_the_same_seed_makes_the_same_examples(folder: Path, reader: PairReader) -> None:
    some = QuestionSet(folder=folder, times=3)
    assert list(examples_of(some, reader, seed=5)) == list(examples_of(some, reader, seed=5))
    assert list(examples_of(some, reader, seed=5)) != list(examples_of(some, reader, seed=6))


def test_a_passage_that_does_not_fit_is_cut_around_its_answer(folder: Path) -> None:
    whole = PairReader(TOKENIZER, longest=60)
    examples = list(examples_of(QuestionSet(folder=folder, times=8), whole, seed=1))
    assert max(len(example.pair.ids) for example in examples) == 60
    assert "Ginestra" in {said(example) for example in examples if example.end}


def test_some_questions_are_asked_about_something_else_that_the_passage_does_not_tell(
    folder: Path, reader: PairReader
) -> None:
    examples = examples_of(QuestionSet(folder=folder, times=60), reader, seed=1)
    asked = {TOKENIZER.decode(list(example.pair.ids[1 : example.pair.first])) for example in examples}
    untouched = {question.text for question in QuestionSet(folder=folder).questions()}
    swapped = {text for text in asked if not any(question in text for question in untouched)}
    assert swapped
    for example in examples:
        if TOKENIZER.decode(list(example.pair.ids[1 : example.pair.first])) in swapped:
            assert (example.start, example.end) == (0, 0)


def test_a_question_that_its_paragraph_does_not_answer_is_shown_beside_it(
    folder: Path, reader: PairReader, tmp_path: Path
) -> None:
    shutil.copy(folder / "articles.jsonl.gz", tmp_path)
    line = {"id": "1", "lang": "it", "question": "Chi lo ha venduto?", "article_id": "lake", "answers": [],
            "answerable": False, "paragraph_start": 0, "paragraph_end": 60}  # fmt: skip
    with gzip.open(tmp_path / "questions.jsonl.gz", "wt") as file:
        file.write(json.dumps(line) + "\n")
    (example,) = examples_of(QuestionSet(folder=tmp_path), reader, seed=1)
    assert (example.start, example.end) == (0, 0)
    assert "Chi lo ha venduto?" in TOKENIZER.decode(list(example.pair.ids))


def test_articles_that_are_kept_out_have_no_examples(folder: Path, reader: PairReader) -> None:
    some = QuestionSet(folder=folder, times=4, kept_out=frozenset({"lake"}))
    answers = {said(example) for example in examples_of(some, reader, seed=1) if example.end}
    assert answers == {"132", "Nora Pellew", "March"}
