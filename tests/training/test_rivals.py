"""Rivals are the passages that search finds and that don't answer; the model learns to tell them from those that do."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from index.embedding import SentenceTransformerEmbedder
from retrieval.pairs import PairReader
from training.examples import Example, QuestionSet, examples_of, passages_of
from training.model import SpanModel, batch_of, loss_of, margins_of
from training.rivals import Rivals


@pytest.fixture(scope="module")
def rivalled(folder: Path, reader: PairReader, default_embedder: SentenceTransformerEmbedder) -> list[Example]:
    questions = QuestionSet(folder=folder, times=8)
    return [each for each in examples_of(questions, reader, seed=1, embedder=default_embedder) if each.rival]


def test_rivals_are_the_most_similar_passages_that_do_not_say_the_answer(
    folder: Path, reader: PairReader, default_embedder: SentenceTransformerEmbedder
) -> None:
    questions = QuestionSet(folder=folder)
    articles = questions.articles()
    passages = {id_: passages_of(article, reader) for id_, article in articles.items()}
    rivals = Rivals(articles, passages, default_embedder)
    for question in questions.questions():
        found = rivals.of(question)
        texts = [place.span.of(articles[place.article].text) for place in found]
        assert len(found) == len(set(found)) >= 1
        assert not any(answer in text for answer in question.texts for text in texts)
    steps = next(question for question in questions.questions() if "steps" in question.text)
    assert rivals.of(replace(steps, texts=("nobody says this",)))[0].article == "tower"


def test_a_rival_stands_beside_the_same_question_and_is_no_longer(rivalled: list[Example]) -> None:
    assert len(rivalled) > 5
    for example in rivalled:
        assert example.end > 0
        assert example.rival is not None
        assert example.rival.first == example.pair.first
        assert example.rival.ids[: example.rival.first] == example.pair.ids[: example.pair.first]
        assert len(example.rival.ids) <= len(example.pair.ids)


def test_without_an_embedder_there_are_no_rivals(folder: Path, reader: PairReader) -> None:
    assert not any(each.rival for each in examples_of(QuestionSet(folder=folder, times=8), reader, seed=1))


def test_the_margin_is_the_odds_that_an_answer_begins_and_ends_somewhere() -> None:
    logits = torch.log(torch.tensor([[[1.0, 2.0], [3.0, 1.0], [1.0, 4.0]]]))
    assert margins_of(logits).tolist() == pytest.approx([torch.log(torch.tensor(4.0 * 2.5)).item()])


def test_the_model_learns_to_tell_passages_from_their_rivals(small: SpanModel, rivalled: list[Example]) -> None:
    some = rivalled[:8]
    optimizer = torch.optim.AdamW(small.parameters(), lr=2e-3)
    before = loss_of(small, some).item()
    assert before > loss_of(small, [replace(each, rival=None) for each in some]).item()
    for _ in range(60):
        loss = loss_of(small, some)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        own = margins_of(small(*batch_of([each.pair for each in some])))
        others = margins_of(small(*batch_of([each.rival for each in some if each.rival])))
    assert (own > others).all()
