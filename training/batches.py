"""Examples into batches: what is shown of them, in which order, as tensors."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from retrieval.pairs import SEPARATOR, padded
from training.prepared import Example, Ids, Texts

_ROOMS = (96, 128, 192, 320, 320)
"""Tokens of a passage that are shown, at most: short pieces teach more in the same time, whole ones will be read."""
LONGEST = 400
"""Tokens of a question and a passage together."""
_SORTED_TOGETHER = 40
"""Batches that are made of examples of about one length."""
_STEP = 8
"""Rows are padded to multiples of this many tokens."""


class Batch(NamedTuple):
    """Rows of pairs: those of the examples, then those of their rivals."""

    ids: Tensor
    """(rows, tokens)"""
    mask: Tensor
    """(rows, tokens), true where there is a token."""
    allowed: Tensor
    """(rows, tokens), true where an answer may begin or end; the first token stands for none."""
    starts: Tensor
    ends: Tensor
    """(rows,): places of the answer's first and last token, 0 for none."""
    against: Tensor
    """(rivals,): which example each of the rivals' rows is compared with."""

    def to(self, device: torch.device) -> "Batch":
        """On that device; nothing waits until they are there."""
        pinned = (values.pin_memory() if device.type == "cuda" else values for values in self)
        return Batch(*(values.to(device, non_blocking=True) for values in pinned))


@dataclass(frozen=True, slots=True)
class Shown:
    """An example, at most so many tokens of its passage, and what the chances are drawn from."""

    example: Example
    room: int
    chance: str


def batches(examples: Sequence[Example], texts: Texts, *, count: int, batch: int, seed: int) -> Iterator[list[Shown]]:
    """Batches of `count` examples all in all: shuffled anew each time round, those of about one length together."""
    given = 0
    for each in _rounds(examples, texts, batch=batch, seed=seed):
        if given >= count:
            return
        given += len(each)
        yield each


def _rounds(examples: Sequence[Example], texts: Texts, *, batch: int, seed: int) -> Iterator[list[Shown]]:
    def length(shown: Shown) -> int:
        return len(texts[shown.example.question]) + min(shown.room, len(texts[shown.example.passage]))

    together = batch * _SORTED_TOGETHER
    for number in itertools.count() if examples else ():
        name = f"{seed} {number}"
        chance = random.Random(name)
        order = [Shown(each, chance.choice(_ROOMS), f"{name} {at}") for at, each in enumerate(examples)]
        chance.shuffle(order)
        for at in range(0, len(order), together):
            alike = sorted(order[at : at + together], key=length)
            some = [alike[row : row + batch] for row in range(0, len(alike), batch)]
            chance.shuffle(some)
            yield from some


def batch_of(shown: Sequence[Shown], texts: Texts, *, rivals: int) -> Batch:
    """Each example, and up to so many of its rivals, none longer than itself: a batch is as wide as its longest row."""
    rows, others = list[tuple[Ids, int]](), list[tuple[Ids, int]]()
    places, against = list[tuple[int, int]](), list[int]()
    for number, each in enumerate(shown):
        chance, example = random.Random(each.chance), each.example
        question, passage = texts[example.question], texts[example.passage]
        room = min(max(each.room, example.last - example.first + 1), LONGEST - len(question) - 1)
        begin = _begin(len(passage), room, example, chance)
        rows.append((_pair(question, passage[begin : begin + room]), len(question)))
        first, last = (len(question) + place - begin for place in (example.first, example.last))
        fits = example.answered and begin <= example.first and last < len(rows[-1][0]) - 1
        places.append((first, last) if fits else (0, 0))
        if fits:
            for rival in chance.sample(example.rivals, min(rivals, len(example.rivals))):
                piece, most = texts[rival], min(room, len(passage))
                at = chance.randint(0, max(0, len(piece) - most))
                others.append((_pair(question, piece[at : at + most]), len(question)))
                against.append(number)
    return _batch([*rows, *others], [*places, *[(0, 0)] * len(others)], against)


def _begin(length: int, room: int, example: Example, chance: random.Random) -> int:
    """Where a piece begins that holds the answer if there is one."""
    if not example.answered:
        return chance.randint(0, max(0, length - room))
    earliest = max(0, example.last - room + 1)
    return chance.randint(earliest, max(earliest, min(example.first, length - room)))


def _pair(question: Ids, piece: Ids) -> Ids:
    return np.concatenate([question, piece, np.array([SEPARATOR], np.int32)])


def _batch(rows: Sequence[tuple[Ids, int]], places: Sequence[tuple[int, int]], against: Sequence[int]) -> Batch:
    ids, mask = (torch.from_numpy(values) for values in padded([row.tolist() for row, _ in rows], step=_STEP))
    allowed = torch.zeros(ids.shape, dtype=torch.bool)
    allowed[:, 0] = True
    for number, (row, first) in enumerate(rows):
        allowed[number, first : len(row) - 1] = True
    starts, ends = torch.tensor(places).T
    return Batch(ids, mask > 0, allowed, starts, ends, torch.tensor(against, dtype=torch.long))
