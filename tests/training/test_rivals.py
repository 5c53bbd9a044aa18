"""Rivals are the passages that search finds and that don't answer; the model learns to tell them from those that do."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from index.embedding import SentenceTransformerEmbedder
from retrieval.pairs import PairReader
from training.batches import Shown, batch_of
from training.examples import QuestionSet, examples_of, passages_of
from training.model import SpanModel, loss_of, margins_of
from training.prepared import Prepared, Texts
from training.rivals import Rivals


def test_rivals_are_the_most_similar_passages_that_do_not_say_the_answer(
    folder: Path, reader: PairReader, default_embedder: SentenceTransformerEmbedder
) -> None:
    questions = QuestionSet(folder=folder)
    articles = questions.articles()
    passages = {id_: passages_of(article, reader) for id_, article in articles.items()}
    rivals = Rivals(articles, passages, questions.questions(), default_embedder)
    for question in questions.questions():
        found = rivals.of(question)
        texts = [place.span.of(articles[place.article].text) for place in found]
        assert len(found) == len(set(found)) >= 1
        assert not any(answer in text for answer in question.texts for text in texts)
    steps = next(question for question in questions.questions() if "steps" in question.text)
    assert rivals.of(replace(steps, texts=("nobody says this",)))[0].article == "tower"


def test_without_an_embedder_there_are_no_rivals(folder: Path, reader: PairReader) -> None:
    assert not any(each.rivals for each in examples_of(QuestionSet(folder=folder, times=8), reader, Texts(), seed=1))


def test_the_margin_is_the_odds_that_an_answer_begins_and_ends_somewhere() -> None:
    logits = torch.log(torch.tensor([[[1.0, 2.0], [3.0, 1.0], [1.0, 4.0]]]))
    assert margins_of(logits).tolist() == pytest.approx([torch.log(torch.tensor(4.0 * 2.5)).item()])


def test_the_model_learns_to_tell_passages_from_their_rivals(small: SpanModel, prepared: Prepared) -> None:
    shown = [Shown(each, 320, "a") for each in prepared.asked if each.rivals][:8]
    batch, alone = (batch_of(shown, prepared.texts, rivals=rivals) for rivals in (1, 0))
    optimizer = torch.optim.AdamW(small.parameters(), lr=2e-3)
    before = loss_of(small, batch).item()
    assert before > loss_of(small, alone).item()
    for _ in range(60):
        loss = loss_of(small, batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        margins = margins_of(small(batch.ids, batch.mask, batch.allowed))
    assert (margins[batch.against] > margins[8:]).all()


def test_being_told_from_rivals_costs_the_logarithm_of_their_number_where_all_are_alike(
    small: SpanModel, prepared: Prepared
) -> None:
    from training.model import _told

    assert _told(torch.tensor([1.0, 5.0, 1.0, 1.0]), torch.tensor([0, 0])).item() == pytest.approx(1.0986, abs=1e-3)
    assert _told(torch.tensor([900.0, 0.0, 0.0]), torch.tensor([0, 0])).item() == pytest.approx(0, abs=1e-6)
    assert _told(torch.tensor([0.0, 900.0]), torch.tensor([0])).item() == pytest.approx(900)
