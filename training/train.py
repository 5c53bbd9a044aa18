"""Trains the reader: python -m training.train OUT --set FOLDER --set FOLDER:tuning:2 --examples 60000

A set is a folder of questions, a part of it, and how often each question is taken. What was reached is kept in OUT now
and then; the same command goes on from there. OUT/log.jsonl has the loss, OUT/curve.png shows it.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import torch
from tokenizers import Tokenizer
from torch import nn

from index.bundled_model import model_folder
from index.embedding import SentenceTransformerEmbedder
from index.processor import usable_cores
from retrieval.evaluation.questions import Part
from retrieval.pairs import PairReader
from training.curve import draw
from training.examples import Example, QuestionSet, examples_of
from training.model import SpanModel, loss_of

LONGEST = 288
"""Tokens of a question and a passage together."""
BATCH = 12
_BODY_RATE, _HEAD_RATE = 1.2e-4, 1e-3
_WARM_UP, _COOL_DOWN = 3200, 0.3
"""Examples until the rates are reached, and the last share of the training in which they fall."""
_SORTED_TOGETHER = 40
"""Batches that are made of examples of about one length."""
_LOGGED, _KEPT = 800, 8000
"""Examples between two lines of the log, and between two checkpoints."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """How much is trained, from where to where."""

    examples: int
    seed: int
    out: Path


def main() -> None:
    """From a question set to `OUT/reader.safetensors`."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--set", type=question_set, action="append", required=True, metavar="FOLDER[:PART[:TIMES]]")
    parser.add_argument("--keep-out", action="append", default=[], metavar="ARTICLE", help="leave its questions out")
    parser.add_argument("--examples", type=int, default=60_000, help="all in all, some of them more than once")
    parser.add_argument("--start", type=Path, metavar="WEIGHTS", help="go on from a reader that was trained before")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(usable_cores())
    folder = model_folder()
    reader = PairReader(Tokenizer.from_file(str(folder / "tokenizer.json")), longest=LONGEST)
    sets = [replace(some, kept_out=frozenset(options.keep_out)) for some in options.set]
    embedder = SentenceTransformerEmbedder()
    chosen = [example for some in sets for example in examples_of(some, reader, seed=options.seed, embedder=embedder)]
    without, rivals = sum(each.end == 0 for each in chosen), sum(each.rival is not None for each in chosen)
    print(f"{len(chosen)} examples, {without} of them without an answer, {rivals} with a rival", flush=True)
    torch.manual_seed(options.seed)
    model = SpanModel(folder)
    if options.start:
        model.load(options.start)
    train(model, chosen, Course(examples=options.examples, seed=options.seed, out=options.out))


def question_set(text: str) -> QuestionSet:
    """`FOLDER`, `FOLDER:tuning` or `FOLDER:tuning:2`; raises ValueError."""
    folder, part, times = (*text.split(":"), "", "")[:3]
    if part not in ("", "tuning", "reporting"):
        raise ValueError(part)
    return QuestionSet(folder=Path(folder), part=cast("Part", part) if part else None, times=int(times or 1))


def train(model: SpanModel, examples: Sequence[Example], course: Course) -> None:
    """Until the course is done; goes on from the last checkpoint in its folder."""
    course.out.mkdir(parents=True, exist_ok=True)
    body = [weight for weight in model.body.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": _BODY_RATE}, {"params": model.head.parameters(), "lr": _HEAD_RATE}],
        weight_decay=0.01,
        fused=True,
    )
    done = _resume(model, optimizer, course)
    started, begun, losses = time.monotonic(), done, list[float]()
    model.train()
    for batch in batches(examples, course, skip=done):
        for group, rate in zip(optimizer.param_groups, (_BODY_RATE, _HEAD_RATE), strict=True):
            group["lr"] = rate * pace(done, course.examples)
        with torch.autocast("cpu", torch.bfloat16):
            loss = loss_of(model, batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types here
        nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        losses.append(loss.item())
        before, done = done, done + len(batch)
        if before // _LOGGED != done // _LOGGED:
            speed = (done - begun) / (time.monotonic() - started)
            _log(course.out, {"examples": done, "loss": sum(losses) / len(losses), "examples_a_second": speed})
            losses.clear()
        if before // _KEPT != done // _KEPT:
            _keep(model, optimizer, course, done)
    _keep(model, optimizer, course, done)
    model.save(course.out / "reader.safetensors")
    draw(course.out)


def pace(done: int, examples: int) -> float:
    """Share of the full learning rate: up at first, down at the end."""
    down = (examples - done) / (_COOL_DOWN * examples)
    return max(0.0, min(1.0, (done + 1) / _WARM_UP, down))


def batches(examples: Sequence[Example], course: Course, *, skip: int) -> Iterator[list[Example]]:
    """Shuffled anew each time round, of about one length each; the first `skip` examples were there before."""
    given, round_ = 0, 0
    while given < course.examples:
        chance = random.Random(f"{course.seed} {round_}")
        order = list(examples)
        chance.shuffle(order)
        for at in range(0, len(order), BATCH * _SORTED_TOGETHER):
            alike = sorted(order[at : at + BATCH * _SORTED_TOGETHER], key=lambda example: len(example.pair.ids))
            some = [alike[row : row + BATCH] for row in range(0, len(alike), BATCH)]
            chance.shuffle(some)
            for batch in some:
                if given >= course.examples:
                    return
                given += len(batch)
                if given > skip:
                    yield batch
        round_ += 1


def _resume(model: SpanModel, optimizer: torch.optim.Optimizer, course: Course) -> int:
    path = course.out / "checkpoint.pt"
    if not path.exists():
        return 0
    kept: dict[str, Any] = torch.load(path, weights_only=True)
    model.load_state_dict(kept["model"], strict=False)
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["done"])


def _keep(model: SpanModel, optimizer: torch.optim.Optimizer, course: Course, done: int) -> None:
    weights = {name: weight for name, weight in model.state_dict().items() if "word_embeddings" not in name}
    writing = course.out / "checkpoint.writing"
    torch.save({"model": weights, "optimizer": optimizer.state_dict(), "done": done}, writing)
    writing.replace(course.out / "checkpoint.pt")


def _log(out: Path, line: dict[str, float]) -> None:
    with (out / "log.jsonl").open("a") as log:
        log.write(json.dumps({name: round(value, 4) for name, value in line.items()}) + "\n")
    print(line, flush=True)


if __name__ == "__main__":
    main()
