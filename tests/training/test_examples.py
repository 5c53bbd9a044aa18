"""An example puts a question beside a passage, and names just the tokens of the answer in it."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.article import Span
from index.bundled_model import model_folder
from training.examples import Example, QuestionSet, examples_of
from training.reading import BEGIN, SEPARATOR, PairReader, tokens_within

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


@given(st.integers(0, 60), st.integers(1, 20))
def test_the_tokens_of_an_answer_cover_it_and_no_other_word(start: int, length: int) -> None:
    text = "Il battello della biblioteca si chiama Ginestra, e attracca di giovedì."
    tokens = PairReader(TOKENIZER, longest=288).tokens(text)
    answer = Span(start, min(len(text), start + length))
    within = tokens_within(tokens, answer)
    if within is None:
        assert not answer.of(text).strip()
        return
    first, last = (tokens.spans[number] for number in within)
    assert first.start <= answer.start + 1
    assert answer.end <= last.end + 1
    assert first.end > answer.start
    assert last.start < answer.end
