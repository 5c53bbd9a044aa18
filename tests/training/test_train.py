"""Training learns what it is shown, goes on where it was interrupted, and writes a model that measuring reads."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from retrieval.pairs import PairReader
from retrieval.reader import SpanReader
from tests.fakes import HashingEmbedder
from training.batches import Batch, Shown, batch_of
from training.examples import QuestionSet
from training.measure import measured
from training.model import SpanModel, loss_of
from training.prepare import question_set
from training.prepared import Prepared
from training.train import Plan, in_16_bits, pace, train


def reading_with(model: SpanModel, pairs: PairReader) -> SpanReader:
    """What answers as the shipped reader does."""

    def encode(words: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with torch.no_grad():
            made = model.body(inputs_embeds=torch.from_numpy(words), attention_mask=torch.from_numpy(mask))
        return made.last_hidden_state.numpy(), made.last_hidden_state.numpy()

    head = (model.head.weight.detach().numpy(), model.head.bias.detach().numpy())
    return SpanReader(encode, model.body.embeddings.word_embeddings.weight.detach().numpy(), head, pairs)


def some(prepared: Prepared) -> Batch:
    return batch_of([Shown(each, 320, "a") for each in prepared.asked[:8]], prepared.texts, rivals=1)


def lines(out: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]


def test_a_small_model_learns_the_questions_by_heart_and_its_file_gives_the_same_answers(
    small: SpanModel, prepared: Prepared, folder: Path, reader: PairReader, tmp_path: Path
) -> None:
    words = small.body.embeddings.word_embeddings.weight.clone()
    before, out = loss_of(small, some(prepared)).item(), tmp_path / "out"
    train(small, prepared, Plan(examples=10_000, rate=1e-3, out=out))
    assert torch.equal(words, small.body.embeddings.word_embeddings.weight)
    again = SpanModel(tmp_path / "tiny")
    again.load(out / "reader.safetensors")
    again.eval()
    with torch.no_grad():
        assert loss_of(again, some(prepared)).item() < before / 3
    figures = measured(reading_with(again, reader), HashingEmbedder(), QuestionSet(folder=folder))
    found = [outcome.f1 for outcomes in figures.values() for outcome in outcomes if outcome.answerable]
    assert sum(found) / len(found) > 0.6
    last = lines(out)[-1]
    assert last["examples"] >= 10_000
    assert last["f1_it"] > 0.6
    assert last["f1_en"] > 0.6
    assert last["first_it"] > 0.6
    assert (out / "curve.png").read_bytes().startswith(b"\x89PNG")


def test_a_course_that_was_kept_goes_on_from_there(small: SpanModel, prepared: Prepared, tmp_path: Path) -> None:
    plan = Plan(examples=600, out=tmp_path / "out")
    train(small, prepared, replace(plan, examples=300))
    train(small, prepared, plan)
    assert [line["examples"] for line in lines(plan.out)][-1] == pytest.approx(600, abs=12)
    kept = torch.load(plan.out / "checkpoint.pt", weights_only=True)
    assert kept["done"] == pytest.approx(600, abs=12)


def test_several_weights_are_loaded_as_their_mean(small: SpanModel, tmp_path: Path) -> None:
    for name, value in (("a", 1.0), ("b", 3.0)):
        torch.nn.init.constant_(small.head.weight, value)
        small.save(tmp_path / name)
    small.load(tmp_path / "a", tmp_path / "b")
    assert torch.equal(small.head.weight, torch.full_like(small.head.weight, 2.0))


def test_what_is_learned_in_16_bits_reaches_the_whole_weights(small: SpanModel, prepared: Prepared) -> None:
    whole = {name: weight.clone() for name, weight in small.named_parameters()}
    loss = loss_of(in_16_bits(small), some(prepared))
    loss.backward()
    assert loss.item() == pytest.approx(loss_of(small, some(prepared)).item(), rel=0.02)
    trained = [weight for weight in small.parameters() if weight.requires_grad]
    assert all(weight.grad is not None and weight.grad.dtype == torch.float32 for weight in trained)
    assert all(torch.equal(weight, whole[name]) for name, weight in small.named_parameters())


def test_weights_of_another_model_are_refused(small: SpanModel, tmp_path: Path) -> None:
    small.save(tmp_path / "a.safetensors")
    small.head = torch.nn.Linear(8, 2)
    with pytest.raises(RuntimeError):
        small.load(tmp_path / "a.safetensors")


def test_the_pace_goes_up_and_then_down_to_nothing() -> None:
    course = [pace(done, 60_000, 0.3) for done in (0, 3200, 6400, 42_000, 51_000, 60_000)]
    assert course == pytest.approx([1 / 6400, 0.5, 1.0, 1.0, 0.5, 0.0], abs=1e-3)
    assert pace(59_000, 60_000, 0.0) == 1.0
    assert not any(math.isnan(share) for share in course)


@pytest.mark.parametrize(
    ("text", "part", "times"), [("sets/a", None, 1), ("sets/a:tuning", "tuning", 1), ("sets/a:tuning:2", "tuning", 2)]
)
def test_a_set_is_named_with_its_part_and_how_often(text: str, part: str | None, times: int) -> None:
    assert question_set(text) == QuestionSet(folder=Path("sets/a"), part=part, times=times)


def test_a_part_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="half"):
        question_set("sets/a:half")
