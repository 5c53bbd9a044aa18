"""Passages by how near they and their sentences are: derived from the catalog, saved beside it, never the truth.

Nearness is the mean of two cosines, of the passage p and of its best sentence s. The product of a question with
(p + s) / 2 is that mean, so an index of one such vector for each sentence ranks passages by nearness itself.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from index.article import PassageId
from index.embedding import Vector, Vectors
from index.library import Neighbour
from index.local import derived
from index.local.catalog import StoredVectors
from index.local.nearness import NearnessIndex, RowNumbers
from index.local.rows import Rows, filled, mapped

EXACT_UP_TO = 50_000
"""Sentences; in a larger library the nearest are looked for in a part of it, and vectors are kept in half precision."""
_INDEX, _PASSAGES, _SENTENCES, _LAYOUT = "nearness.faiss", "passages.npy", "sentences.npy", "layout.npz"
_BLOCK = 16_384
"""Vectors that are held in memory at once."""
_DEEPER = 4
"""Sentences looked for to find a passage, and how many times more where that was too few."""
_ROUNDING = 1e-5
"""By how much two ways of working out the same cosine may differ."""


class VectorIndex:
    """Passage i's sentences are the rows first[i] up to first[i + 1]."""

    def __init__(
        self, *, index: NearnessIndex, passages: Rows, sentences: Rows, ids: RowNumbers, first: RowNumbers
    ) -> None:
        self._index = index
        self._passages, self._sentences = passages, sentences
        self._ids, self._first = ids, first
        self._owner = np.repeat(np.arange(len(ids), dtype=np.int32), np.diff(first))

    @classmethod
    def of(cls, stored: StoredVectors, folder: Path | None = None, *, exact_up_to: int = EXACT_UP_TO) -> "VectorIndex":
        """From what the catalog holds; with a `folder`, into its files, so that memory holds a part of it only."""
        count, dimension = int(stored.first[-1]), stored.dimension
        exact = count <= exact_up_to

        def rows_of(blocks: Iterable[Vectors], count: int, name: str) -> Rows:
            path = folder / name if folder else None
            return filled(blocks, count=count, dimension=dimension, half=not exact, path=path)

        passages = rows_of(stored.passages, len(stored.ids), _PASSAGES)
        sentences = rows_of(stored.sentences, count, _SENTENCES)
        owner = np.repeat(np.arange(len(stored.ids)), np.diff(stored.first))

        def means(rows: RowNumbers) -> Vectors:
            both: Vectors = sentences[rows].astype(np.float32) + passages[owner[rows]].astype(np.float32)
            return both / np.float32(2)

        blocks = (means(np.arange(at, min(at + _BLOCK, count))) for at in range(0, count, _BLOCK))
        if exact:
            index = NearnessIndex.flat(blocks, dimension)
        else:
            sample = means(NearnessIndex.sampled(count))
            index = NearnessIndex.inverted(blocks, dimension, count=count, sample=sample)
        return cls(index=index, passages=passages, sentences=sentences, ids=stored.ids, first=stored.first)

    @classmethod
    def save(
        cls, stored: StoredVectors, library: Path, generation: int, fingerprint: str, *, exact_up_to: int = EXACT_UP_TO
    ) -> None:
        """Beside the catalog, whole or not at all; other generations' files go."""
        finished = cls.prepare(stored, library, generation, fingerprint, exact_up_to=exact_up_to)
        derived.put_in_place(finished, library, generation)

    @classmethod
    def prepare(
        cls, stored: StoredVectors, library: Path, generation: int, fingerprint: str, *, exact_up_to: int = EXACT_UP_TO
    ) -> Path:
        """The same, but for a generation that is not published yet: a folder to be put in place then."""
        with derived.unfinished(library, generation, fingerprint) as folder:
            index = cls.of(stored, folder, exact_up_to=exact_up_to)
            index._index.save(folder / _INDEX)
            np.savez(folder / _LAYOUT, ids=index._ids, first=index._first)
        return folder

    @classmethod
    def load(cls, library: Path, generation: int, fingerprint: str) -> "VectorIndex | None":
        """None where it is missing, stale or damaged. Vectors are mapped, not read."""
        folder = derived.intact(library, generation, fingerprint)
        try:
            return cls.opened(folder) if folder else None
        except (OSError, ValueError, RuntimeError):
            return None

    @classmethod
    def opened(cls, folder: Path) -> "VectorIndex":
        """Out of a folder's files, wherever it is."""
        index = NearnessIndex.load(folder / _INDEX)
        passages, sentences = mapped(folder / _PASSAGES), mapped(folder / _SENTENCES)
        with np.load(folder / _LAYOUT, allow_pickle=False) as layout:
            return cls(index=index, passages=passages, sentences=sentences, ids=layout["ids"], first=layout["first"])

    def nearest(self, vector: Vector, k: int, among: Sequence[PassageId] | None = None) -> list[Neighbour]:
        """At most `k`; where the index is exact, it is searched until nothing that was not seen can be among them."""
        if k < 1 or not len(self._index):
            return []
        if among is not None:
            return self._scored(vector, self._rows_of(among), k)
        depth = _DEEPER * k
        while True:
            products, found = self._index.best(vector, depth)
            neighbours = self._scored(vector, np.unique(self._owner[found]).astype(np.int64), k)
            everything = depth >= len(self._index) or len(found) < depth
            settled = not self._index.exact or (neighbours[-1].nearness > products[-1] + _ROUNDING)
            if everything or (len(neighbours) == k and settled):
                return neighbours
            depth *= _DEEPER

    def _rows_of(self, ids: Sequence[PassageId]) -> RowNumbers:
        """Rows of those ids that are here; ids grow from row to row."""
        wanted = np.unique(np.array(ids, np.int64))
        rows = np.searchsorted(self._ids, wanted)
        here = rows < len(self._ids)
        kept: RowNumbers = rows[here][self._ids[rows[here]] == wanted[here]]
        return kept

    def _scored(self, vector: Vector, rows: RowNumbers, k: int) -> list[Neighbour]:
        """The best `k` of `rows`, which are sorted, by the cosines of the vectors themselves."""
        if not len(rows):
            return []
        sizes = self._first[rows + 1] - self._first[rows]
        starts = np.cumsum(sizes) - sizes
        cosines = _cosines(self._passages[rows], vector)
        sentences = _cosines(
            self._sentences[np.repeat(self._first[rows] - starts, sizes) + np.arange(sizes.sum())], vector
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


def _cosines(vectors: Rows, vector: Vector) -> Vector:
    """Equal for equal vectors, wherever they lie, which a product of matrices does not promise."""
    cosines: Vector = np.einsum("ij,j->i", vectors.astype(np.float32, copy=False), vector)
    return cosines
