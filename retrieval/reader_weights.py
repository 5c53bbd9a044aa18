"""The reader's weights in a file: what they differ by from the default model's, rounded to a few bits.

What training changes is small beside what was there, so that few bits a weight say it well enough (compare BitDelta,
arXiv 2402.10193). Of a matrix there are `NAME.codes`, bit by bit, and `NAME.steps`, a step in 16 bits for each GROUP of
weights; all else is whole, in 16 bits. A code of `bits` stands for `(code - (2**bits - 1) / 2) * step`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Array, Weights

GROUP = 64
_REACHES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
"""How far codes may reach, as shares of the largest difference: finer steps can be worth what they cut off."""
_CODES, _STEPS = ".codes", ".steps"

Stored = Mapping[str, NDArray[Any]]


def packed(weights: Mapping[str, Array], base: Weights, *, bits: int) -> dict[str, NDArray[Any]]:
    """Matrices as differences from `base`, in `bits` each; all else as it is."""
    stored: dict[str, NDArray[Any]] = {}
    for name, weight in weights.items():
        if weight.ndim > 1 and min(weight.shape) >= GROUP:
            codes, steps = _rounded((weight - base(name)).reshape(-1, GROUP), bits)
            stored[name + _CODES] = np.packbits(codes.ravel()[None] >> np.arange(bits, dtype=np.uint8)[:, None] & 1)
            stored[name + _STEPS] = steps
        else:
            stored[name] = weight.astype(np.float16)
    return stored


def unpacked(stored: Stored, base: Weights) -> Weights:
    """The weights by name, each made when it is asked for; raises KeyError for one that is not there."""

    def weight(name: str) -> Array:
        if name + _CODES not in stored:
            return stored[name].astype(np.float32)
        before, steps = base(name), stored[name + _STEPS].astype(np.float32)
        planes = np.unpackbits(stored[name + _CODES]).reshape(-1, before.size)
        codes = (planes << np.arange(len(planes), dtype=np.uint8)[:, None]).sum(0, dtype=np.float32)
        differences = (codes.reshape(-1, GROUP) - _middle(len(planes))) * steps[:, None]
        return np.asarray(before + differences.reshape(before.shape), np.float32)

    return weight


def _rounded(differences: Array, bits: int) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Codes (groups, GROUP), and for each group the step at which they are least wrong."""
    largest = np.maximum(np.abs(differences).max(1), 1e-6)
    best = np.full(len(differences), np.inf)
    codes, steps = np.zeros(differences.shape, np.uint8), np.zeros(len(differences), np.float16)
    for reach in _REACHES:
        step = (reach * largest / _middle(bits)).astype(np.float16)
        code = np.clip(np.rint(differences / step[:, None].astype(np.float32) + _middle(bits)), 0, 2**bits - 1)
        wrong = np.square((code - _middle(bits)) * step[:, None].astype(np.float32) - differences).sum(1)
        better = wrong < best
        codes[better], steps[better], best[better] = code[better], step[better], wrong[better]
    return codes, steps


def _middle(bits: int) -> float:
    return (2.0**bits - 1) / 2
