"""Training learns what it is shown, goes on where it was interrupted, and writes a model that measuring reads."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

from retrieval.pairs import PairReader
from retrieval.reader import SpanReader
from tests.fakes import HashingEmbedder
from training.examples import QuestionSet, examples_of
from training.measure import measured
from training.model import SpanModel, batch_of, loss_of
from training.train import BATCH, Course, batches, pace, question_set, train


def reading_with(model: SpanModel, pairs: PairReader) -> SpanReader:
    """What answers as the shipped reader does."""

    def encode(words: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with torch.no_grad():
            made = model.body(inputs_embeds=torch.from_numpy(words), attention_mask=torch.from_numpy(mask))
        return made.last_hidden_state.numpy(), made.last_hidden_state.numpy()

    head = (model.head.weight.detach().numpy(), model.head.bias.detach().numpy())
    return SpanReader(encode, model.body.embeddings.word_embeddings.weight.detach().numpy(), head, pairs)


@pytest.fixture
def examples(folder: Path, reader: PairReader) -> list:
    return list(examples_of(QuestionSet(folder=folder, times=6), reader, seed=1))


def test_a_small_model_learns_the_questions_by_heart_and_its_file_gives_the_same_answers(
    small: SpanModel, examples: list, folder: Path, reader: PairReader, tmp_path: Path
) -> None:
    words = small.body.embeddings.word_embeddings.weight.clone()
    before = loss_of(small, examples[:8]).item()
    train(small, examples, Course(examples=8000, seed=1, out=tmp_path / "out"))
    small.eval()
    with torch.no_grad():
        assert loss_of(small, examples[:8]).item() < before / 3
    assert torch.equal(words, small.body.embeddings.word_embeddings.weight)
    figures = measured(reading_with(small, reader), HashingEmbedder(), QuestionSet(folder=folder))
    found = [value for values in figures.values() for value, _ in values]
    assert sum(found) / len(found) > 0.6
    again = SpanModel(tmp_path / "tiny")
    again.load(tmp_path / "out" / "reader.safetensors")
    again.eval()
    with torch.no_grad():
        batch = batch_of([example.pair for example in examples[:4]])
        assert torch.allclose(small(*batch), again(*batch), atol=0.2)
    lines = [json.loads(line) for line in (tmp_path / "out" / "log.jsonl").read_text().splitlines()]
    assert lines[-1]["examples"] >= 8000
    assert (tmp_path / "out" / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_weights_of_another_model_are_refused(small: SpanModel, tmp_path: Path) -> None:
    small.save(tmp_path / "a.safetensors")
    small.head = torch.nn.Linear(8, 2)
    with pytest.raises(RuntimeError):
        small.load(tmp_path / "a.safetensors")


def test_an_interrupted_course_goes_on_with_the_batches_that_were_not_there_yet(examples: list, tmp_path: Path) -> None:
    course = Course(examples=200, seed=4, out=tmp_path)
    whole = list(batches(examples, course, skip=0))
    given = 0
    for number, batch in enumerate(whole):
        assert list(batches(examples, course, skip=given)) == whole[number:]
        given += len(batch)
    assert given >= 200
    assert max(map(len, whole)) == BATCH


def test_the_pace_goes_up_and_then_down_to_nothing() -> None:
    course = [pace(done, 60_000) for done in (0, 1600, 3200, 42_000, 51_000, 60_000)]
    assert course == pytest.approx([1 / 3200, 0.5, 1.0, 1.0, 0.5, 0.0], abs=1e-3)
    assert not any(math.isnan(share) for share in course)


@pytest.mark.parametrize(
    ("text", "part", "times"), [("sets/a", None, 1), ("sets/a:tuning", "tuning", 1), ("sets/a:tuning:2", "tuning", 2)]
)
def test_a_set_is_named_with_its_part_and_how_often(text: str, part: str | None, times: int) -> None:
    assert question_set(text) == QuestionSet(folder=Path("sets/a"), part=part, times=times)


def test_a_part_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="half"):
        question_set("sets/a:half")
