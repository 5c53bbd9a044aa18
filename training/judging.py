"""How well a model in training reads the articles that are kept out."""

from collections import defaultdict
from statistics import fmean

import torch

from retrieval.spans import span_logits
from training.batches import Shown, batch_of
from training.model import SpanModel, margins_of
from training.prepared import RIVALS, Prepared

_TOGETHER = 32
_WHOLE = 10_000
"""More tokens than a passage has."""


@torch.no_grad()
def judged(model: SpanModel, prepared: Prepared) -> dict[str, float]:
    """By language: `f1` of the tokens found; `first`, how often the right passage has a larger margin than its rivals;
    `told`, how often one that answers has a larger margin than one that only looks as if it did (AUC).
    """
    model.eval()
    device = model.head.weight.device
    found, first, with_, without = (defaultdict[str, list[float]](list) for _ in range(4))
    kept = sorted(prepared.kept, key=lambda each: len(prepared.texts[each.passage]))
    for at in range(0, len(kept), _TOGETHER):
        some = kept[at : at + _TOGETHER]
        batch = batch_of([Shown(each, _WHOLE, "") for each in some], prepared.texts, rivals=RIVALS).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            logits: torch.Tensor = model(batch.ids, batch.mask, batch.allowed)
        margins = margins_of(logits)
        beaten = torch.zeros(len(some), dtype=torch.bool, device=device)
        beaten[batch.against[margins[len(some) :] > margins[batch.against]]] = True
        for number, each in enumerate(some):
            if not each.answered:
                without[each.language].append(margins[number].item())
                continue
            with_[each.language].append(margins[number].item())
            right = int(batch.starts[number]), int(batch.ends[number])
            found[each.language].append(_overlap(_best(logits[number]), right))
            first[each.language].append(float(not beaten[number].item()))
    model.train()
    figures = {f"f1_{language}": fmean(values) for language, values in sorted(found.items())}
    figures |= {f"first_{language}": fmean(values) for language, values in sorted(first.items())}
    both = sorted(with_.keys() & without.keys())
    return figures | {f"told_{language}": _auc(with_[language], without[language]) for language in both}


def _auc(more: list[float], less: list[float]) -> float:
    """How often one of the first is larger than one of the others."""
    return float((torch.tensor(more)[:, None] > torch.tensor(less)).float().mean())


def _best(logits: torch.Tensor) -> tuple[int, int]:
    """First and last token of the likeliest span."""
    starts, ends = logits[1:].T.cpu().numpy()
    more, start = divmod(int(span_logits(starts, ends, 0.0).argmax()), len(starts))
    return start + 1, start + 1 + more


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """F1 of their tokens."""
    shared = min(one[1], other[1]) - max(one[0], other[0]) + 1
    return max(0.0, 2 * shared / (one[1] - one[0] + other[1] - other[0] + 2))
