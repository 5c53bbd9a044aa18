"""Trains the reader on what was prepared: python -m training.train PREPARED OUT --clozes 120000 --examples 117000

On an accelerator if there is one. What was reached is kept in OUT now and then; the same command goes on from there.
OUT/log.jsonl has the loss and how well the articles that are kept out are read, OUT/curve.png shows it.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from torch import nn
from torch.func import functional_call
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import DataLoader, Dataset

from index.processor import usable_cores
from training.batches import Batch, Shown, batch_of, batches
from training.curve import draw
from training.judging import judged
from training.model import SpanModel, loss_of
from training.prepared import Prepared, Texts, load, model_of

_HEAD_RATE = 8
"""How many times the body's rate the head learns at."""
_WARM_UP = 6400
"""Examples until the rates are reached."""
_AVERAGED, _LATELY = 8, 10
"""Steps after which weights are added to their running mean, which is what is kept, and the share that these have:
so many times that of each of those before."""
_LOGGED, _KEPT = 800, 64_000
"""Examples between two lines of the log, and between two checkpoints."""
_MAKERS = 10
"""Processes at most that make batches."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How much is trained, how fast, and where to."""

    out: Path
    examples: int
    clozes: int = 0
    """Examples with a gap, before the others."""
    batch: int = 12
    """Examples at a time, without their rivals."""
    rivals: int = 1
    """Rivals of each, at most."""
    rate: float = 1.2e-4
    cool_down: float = 0.3
    """The last share of the training, in which the rates fall."""
    seed: int = 1

    @property
    def all(self) -> int:
        """Examples of both kinds."""
        return self.clozes + self.examples


def main() -> None:
    """From a prepared folder to `OUT/reader.safetensors`."""
    parser = argparse.ArgumentParser(prog="python -m training.train", description=__doc__.splitlines()[0])
    parser.add_argument("prepared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--examples", type=int, default=60_000, help="all in all, some of them more than once")
    parser.add_argument("--clozes", type=int, default=0, help="sentences with a gap, before the others")
    parser.add_argument("--start", type=Path, nargs="+", metavar="WEIGHTS", default=(),
                        help="go on from a reader that was trained before, or from the mean of several")  # fmt: skip
    parser.add_argument("--batch", type=int, default=12, help="examples at a time, without their rivals")
    parser.add_argument("--rivals", type=int, default=1, help="passages that each example is compared with, at most")
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument(
        "--cool-down", type=float, default=0.3, help="the last share of the training, in which rates fall"
    )
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(usable_cores())
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    prepared = load(options.prepared)
    plan = Plan(**{name: getattr(options, name) for name in Plan.__slots__})
    torch.manual_seed(options.seed)
    torch.set_float32_matmul_precision("high")
    attention = "sdpa" if device.type == "cuda" else "eager"
    model = SpanModel(model_of(options.prepared), dropout=options.dropout, attention=attention).to(device)
    if options.start:
        model.load(*options.start)
    print(f"{len(prepared.asked)} examples and {len(prepared.clozes)} sentences with a gap, on {device}", flush=True)
    train(model, prepared, plan)


def train(model: SpanModel, prepared: Prepared, plan: Plan) -> None:
    """Until the plan is done; goes on from the last checkpoint in its folder."""
    plan.out.mkdir(parents=True, exist_ok=True)
    body = [weight for weight in model.body.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "share": 1}, {"params": model.head.parameters(), "share": _HEAD_RATE}],
        lr=plan.rate, weight_decay=0.01, fused=True,
    )  # fmt: skip
    averaged = AveragedModel(model, avg_fn=_mean)
    mean = cast("SpanModel", averaged.module)
    mean.body.embeddings.word_embeddings = model.body.embeddings.word_embeddings  # frozen, and large
    done = _resume(averaged, model, optimizer, plan)
    started, begun, losses = time.monotonic(), done, list[torch.Tensor]()
    device = model.head.weight.device
    ahead = _ahead(prepared, plan, done=done)
    made = DataLoader(_Made(ahead, prepared.texts, plan.rivals), batch_size=None, num_workers=_makers(device))
    model.train()
    for step, (shown, batch) in enumerate(zip(ahead, made, strict=True)):
        for group in optimizer.param_groups:
            group["lr"] = plan.rate * group["share"] * pace(done, plan.all, plan.cool_down)
        loss = loss_of(in_16_bits(model), batch.to(device))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types here
        nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        if step % _AVERAGED == 0:
            averaged.update_parameters(model)
        losses.append(loss.detach())
        before, done = done, done + len(shown)
        if before // _LOGGED != done // _LOGGED:
            speed = (done - begun) / (time.monotonic() - started)
            _log(plan.out, {"examples": done, "loss": torch.stack(losses).mean().item(), "examples_a_second": speed})
            losses.clear()
        if before // _KEPT != done // _KEPT:
            _keep(averaged, model, optimizer, plan, done)
            _log(plan.out, {"examples": done, **judged(mean, prepared)})
    _keep(averaged, model, optimizer, plan, done)
    _log(plan.out, {"examples": done, **judged(mean, prepared)})
    mean.save(plan.out / "reader.safetensors")
    draw(plan.out)


def in_16_bits(model: SpanModel) -> Callable[..., torch.Tensor]:
    """The model as it is now, in bfloat16 throughout: what is learned reaches the weights, which stay in float32."""
    weights = {name: weight.bfloat16() for name, weight in model.named_parameters()}
    return lambda *inputs: cast("torch.Tensor", functional_call(model, weights, inputs))


def _mean(mean: torch.Tensor, weight: torch.Tensor, count: torch.Tensor | int) -> torch.Tensor:
    return mean + (weight - mean) * (_LATELY / (count + _LATELY))


def pace(done: int, examples: int, cool_down: float) -> float:
    """Share of the full learning rate: up at first, down over the last share of all examples."""
    down = (examples - done) / (cool_down * examples) if cool_down else 1.0
    return max(0.0, min(1.0, (done + 1) / _WARM_UP, down))


def _ahead(prepared: Prepared, plan: Plan, *, done: int) -> list[list[Shown]]:
    """The batches that weren't there yet."""
    kinds = ((prepared.clozes, plan.clozes), (prepared.asked, plan.examples))
    ahead = list[list[Shown]]()
    for examples, count in kinds:
        for batch in batches(examples, prepared.texts, count=count, batch=plan.batch, seed=plan.seed):
            if done <= 0:
                ahead.append(batch)
            done -= len(batch)
    return ahead


class _Made(Dataset[Batch]):
    """Batches as tensors, each made when its turn comes."""

    def __init__(self, ahead: Sequence[Sequence[Shown]], texts: Texts, rivals: int) -> None:
        self._ahead, self._texts, self._rivals = ahead, texts, rivals

    def __getitem__(self, number: int) -> Batch:
        return batch_of(self._ahead[number], self._texts, rivals=self._rivals)

    def __len__(self) -> int:
        return len(self._ahead)


def _makers(device: torch.device) -> int:
    """Processes that make batches: an accelerator would wait for a single one, and a processor has enough to do."""
    return min(_MAKERS, usable_cores() - 1) if device.type == "cuda" else 0


def _resume(averaged: AveragedModel, model: SpanModel, optimizer: torch.optim.Optimizer, plan: Plan) -> int:
    path = plan.out / "checkpoint.pt"
    if not path.exists():
        return 0
    kept: dict[str, Any] = torch.load(path, weights_only=True)
    model.load_state_dict(kept["model"], strict=False)
    averaged.load_state_dict(kept["averaged"], strict=False)
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["done"])


def _keep(averaged: AveragedModel, model: SpanModel, optimizer: torch.optim.Optimizer, plan: Plan, done: int) -> None:
    weights, mean = (
        {name: weight for name, weight in each.state_dict().items() if "word_embeddings" not in name}
        for each in (model, averaged)
    )
    writing = plan.out / "checkpoint.writing"
    torch.save({"model": weights, "averaged": mean, "optimizer": optimizer.state_dict(), "done": done}, writing)
    writing.replace(plan.out / "checkpoint.pt")


def _log(out: Path, line: dict[str, float]) -> None:
    with (out / "log.jsonl").open("a") as log:
        log.write(json.dumps({name: round(value, 4) for name, value in line.items()}) + "\n")
    print(line, flush=True)


if __name__ == "__main__":
    main()
