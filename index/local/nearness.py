"""FAISS over many vectors under inner product: all of them looked at, or those in the lists nearest to the question."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedding import Vector, Vectors

RowNumbers = NDArray[np.int64]

_TO_A_LIST = 512
"""Rows; more make a question slower, fewer make building the lists slower."""
_LEARNT_FROM = 48
"""Rows for each list that their centres are learnt from."""
_ROUNDS = 8
"""Of k-means."""
_PROBED = 256
"""Lists that a question looks into; benchmarks/search.py prints what that finds of what an exact search would."""


class NearnessIndex:
    """Built once and never changed. One question is one thread's work."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.exact = isinstance(index, faiss.IndexFlat)
        if not self.exact:
            index.nprobe = _PROBED

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @classmethod
    def flat(cls, blocks: Iterable[Vectors], dimension: int) -> "NearnessIndex":
        """All vectors in memory, all looked at."""
        index = faiss.IndexFlatIP(dimension)
        for block in blocks:
            index.add(block)
        return cls(index)

    @classmethod
    def inverted(cls, blocks: Iterable[Vectors], dimension: int, *, count: int, sample: Vectors) -> "NearnessIndex":
        """8-bit codes in lists by the centre that they are nearest to; the centres are learnt from `sample`."""
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension), dimension, _lists(count), faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
        )  # fmt: skip
        index.cp.niter = _ROUNDS
        index.train(sample)
        for block in blocks:
            index.add(block)
        return cls(index)

    @staticmethod
    def sampled(count: int) -> RowNumbers:
        """Rows, evenly spread, that are enough to learn from."""
        return np.arange(0, count, max(1, count // (_LEARNT_FROM * _lists(count))))

    def save(self, path: Path) -> None:
        """One file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> "NearnessIndex":
        """Lists are mapped, and read as they are looked into. Raises RuntimeError where the file is none of FAISS's."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    def best(self, vector: Vector, depth: int) -> tuple[Vector, RowNumbers]:
        """Products and rows, best first, at most `depth`; FAISS pads with -1 when it finds fewer."""
        products, rows = self._index.search(vector[None], min(depth, len(self)))
        return products[0][rows[0] >= 0], rows[0][rows[0] >= 0]


def _lists(count: int) -> int:
    return max(1, count // _TO_A_LIST)
