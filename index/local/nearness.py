"""FAISS over many vectors under inner product: all of them looked at, as they are or by short codes."""

import errno
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embedding import Vector, Vectors

RowNumbers = NDArray[np.int64]

_LEARNT_FROM = 50_000
"""Rows that codes are learnt from."""
_BITS = 4
"""For two dimensions together: short enough to be looked up within a processor's registers."""
_ONE_BY_ONE = 15
"""FAISS's way through short codes that is quickest for a single question; by itself it takes one made for many."""
_PROBED = 256
"""Lists that a question looks into, of libraries that were made with lists."""


class NearnessIndex:
    """Built once and never changed. One question is one thread's work."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.exact = isinstance(index, faiss.IndexFlat)
        if isinstance(index, faiss.IndexIVF):
            index.nprobe = _PROBED
        elif isinstance(index, faiss.IndexFastScan):
            index.implem = _ONE_BY_ONE

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @classmethod
    def flat(cls, blocks: Iterable[Vectors], dimension: int) -> "NearnessIndex":
        """The vectors themselves."""
        return cls(_filled(faiss.IndexFlatIP(dimension), blocks))

    @classmethod
    def coded(cls, blocks: Iterable[Vectors], dimension: int, *, sample: Vectors) -> "NearnessIndex":
        """Codes an eighth the size of vectors in half precision, learnt from `sample`: 16 rows at least."""
        parts = dimension // 2 if dimension % 2 == 0 else dimension
        index = faiss.IndexPQFastScan(dimension, parts, _BITS, faiss.METRIC_INNER_PRODUCT)
        index.train(sample)
        return cls(_filled(index, blocks))

    @staticmethod
    def sampled(count: int) -> RowNumbers:
        """Rows, evenly spread, that are enough to learn from."""
        return np.arange(0, count, max(1, count // _LEARNT_FROM))

    def save(self, path: Path) -> None:
        """One file; raises OSError."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(errno.EIO, f"{path.name} can't be written") from error

    @classmethod
    def load(cls, path: Path) -> "NearnessIndex":
        """Mapped, and read as it is looked into. Raises RuntimeError where the file is none of FAISS's."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    def best(self, vector: Vector, depth: int) -> tuple[Vector, RowNumbers]:
        """Products and rows, best first, at most `depth`; FAISS pads with -1 when it finds fewer."""
        products, rows = self._index.search(vector[None], min(depth, len(self)))
        return products[0][rows[0] >= 0], rows[0][rows[0] >= 0]


def _filled(index: Any, blocks: Iterable[Vectors]) -> Any:
    for block in blocks:
        index.add(block)
    return index
