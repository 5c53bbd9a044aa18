"""Passages that are searched together, by how near they and their sentences are.

Nearness is the mean of two cosines, of the passage p and of its best sentence s. The product of a question with
(p + s) / 2 is that mean, so an index of one such vector for each sentence ranks passages by nearness itself.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index.article import PassageId
from index.embedding import Vector, Vectors
from index.library import Neighbour
from index.local.catalog import StoredVectors
from index.local.nearness import NearnessIndex, RowNumbers
from index.local.rows import Rows, filled, mapped, single

INDEX, PASSAGES, SENTENCES, LAYOUT = "nearness.faiss", "passages.npy", "sentences.npy", "layout.npz"
_BLOCK = 16_384
"""Vectors that are held in memory at once."""
_AT_ONCE = 128
"""Vectors that are compared together: few enough for a processor's cache."""
_DEEPER = 4
"""Sentences looked for to find a passage, and how many times more where that was too few."""
_BY_CODES = 64
"""The same for an index of codes; benchmarks/search.py prints what is found of what an exact search would find."""
_SCORED = 4
"""Passages scored by all their sentences for one that is wanted, where an index of codes found them."""
_ROUNDING = 1e-5
"""By how much two ways of working out the same cosine may differ."""


class Layer:
    """Passage i's sentences are the rows first[i] up to first[i + 1]; of those that are gone none is found."""

    def __init__(
        self,
        *,
        index: NearnessIndex,
        passages: Rows,
        sentences: Rows,
        ids: RowNumbers,
        first: RowNumbers,
        gone: RowNumbers | None = None,
    ) -> None:
        self._index = index
        self._passages, self._sentences = passages, sentences
        self._ids, self._first = ids, first
        self._owner = np.repeat(np.arange(len(ids), dtype=np.int32), np.diff(first))
        self._here = np.isin(ids, [] if gone is None else gone, invert=True)

    @classmethod
    def of(
        cls, stored: StoredVectors, folder: Path | None = None, *, exact: bool, half: bool, prefix: str = ""
    ) -> "Layer":
        """From what the catalog holds; with a `folder`, into its files, so that memory holds a part of it only."""
        count, dimension = int(stored.first[-1]), stored.dimension

        def rows_of(blocks: Iterable[Vectors], count: int, name: str) -> Rows:
            path = folder / f"{prefix}{name}" if folder else None
            return filled(blocks, count=count, dimension=dimension, half=half, path=path)

        passages = rows_of(stored.passages, len(stored.ids), PASSAGES)
        sentences = rows_of(stored.sentences, count, SENTENCES)
        owner = np.repeat(np.arange(len(stored.ids)), np.diff(stored.first))

        def means(rows: RowNumbers) -> Vectors:
            both: Vectors = sentences[rows].astype(np.float32) + passages[owner[rows]].astype(np.float32)
            return both / np.float32(2)

        blocks = (means(np.arange(at, min(at + _BLOCK, count))) for at in range(0, count, _BLOCK))
        if exact:
            index = NearnessIndex.flat(blocks, dimension)
        else:
            index = NearnessIndex.coded(blocks, dimension, sample=means(NearnessIndex.sampled(count)))
        if folder:
            index.save(folder / f"{prefix}{INDEX}")
            np.savez(folder / f"{prefix}{LAYOUT}", ids=stored.ids, first=stored.first)
        return cls(index=index, passages=passages, sentences=sentences, ids=stored.ids, first=stored.first)

    @classmethod
    def opened(cls, folder: Path, *, prefix: str = "", gone: RowNumbers | None = None) -> "Layer":
        """Out of a folder's files, wherever it is."""
        passages, sentences = (mapped(folder / f"{prefix}{name}") for name in (PASSAGES, SENTENCES))
        index = NearnessIndex.load(folder / f"{prefix}{INDEX}")
        with np.load(folder / f"{prefix}{LAYOUT}", allow_pickle=False) as layout:
            ids, first = layout["ids"], layout["first"]
        return cls(index=index, passages=passages, sentences=sentences, ids=ids, first=first, gone=gone)

    def nearest(self, vector: Vector, k: int) -> list[Neighbour]:
        """At most `k`; where the index is exact, it is searched until nothing that was not seen can be among them."""
        depth = (_DEEPER if self._index.exact else _BY_CODES) * k
        while len(self._index):
            products, found = self._index.best(vector, depth)
            neighbours = self._scored(vector, self._promising(vector, found, k), k)
            everything = depth >= len(self._index) or len(found) < depth
            settled = not self._index.exact or (bool(neighbours) and neighbours[-1].nearness > products[-1] + _ROUNDING)
            if everything or (len(neighbours) == k and settled):
                return neighbours
            depth *= _DEEPER
        return []

    def nearest_among(self, vector: Vector, k: int, ids: Sequence[PassageId]) -> list[Neighbour]:
        """The same of `ids`, each of them looked at; those that aren't here are ignored."""
        wanted = np.unique(np.array(ids, np.int64))
        rows = np.searchsorted(self._ids, wanted)
        within = rows < len(self._ids)
        rows, wanted = rows[within], wanted[within]
        return self._scored(vector, rows[(self._ids[rows] == wanted) & self._here[rows]], k)

    def _promising(self, vector: Vector, found: RowNumbers, k: int) -> RowNumbers:
        """The passages of the sentences `found`; of many by codes those that are best by these sentences, at least."""
        found = np.sort(found[self._here[self._owner[found]]])
        rows, starts = np.unique(self._owner[found].astype(np.int64), return_index=True)
        if not self._index.exact and len(rows) > _SCORED * k:
            best = np.maximum.reduceat(_cosines(self._sentences, found, vector), starts)
            nearness = best + _cosines(self._passages, rows, vector)
            rows = np.sort(rows[np.argpartition(-nearness, _SCORED * k)[: _SCORED * k]])
        return rows

    def _scored(self, vector: Vector, rows: RowNumbers, k: int) -> list[Neighbour]:
        """The best `k` of `rows`, which are sorted, by the cosines of the vectors themselves."""
        if not len(rows):
            return []
        sizes = self._first[rows + 1] - self._first[rows]
        starts = np.cumsum(sizes) - sizes
        cosines = _cosines(self._passages, rows, vector)
        sentences = _cosines(
            self._sentences, np.repeat(self._first[rows] - starts, sizes) + np.arange(sizes.sum()), vector
        )
        nearness = cosines.astype(np.float64) + np.maximum.reduceat(sentences, starts)
        return [
            Neighbour(
                id=int(self._ids[rows[at]]),
                passage=float(cosines[at]),
                sentences=tuple(sentences[starts[at] : starts[at] + sizes[at]].tolist()),
            )
            for at in np.argsort(-nearness, kind="stable")[:k]
        ]


def _cosines(vectors: Rows, rows: RowNumbers, vector: Vector) -> Vector:
    """Equal for equal vectors, wherever they lie, which a product of matrices does not promise."""
    cosines = np.empty(len(rows), np.float32)
    for at in range(0, len(rows), _AT_ONCE):
        some = slice(at, at + _AT_ONCE)
        cosines[some] = np.einsum("ij,j->i", single(vectors[rows[some]]), vector)
    return cosines
