"""Exact search over vectors with FAISS: derived from the catalog, saved beside it, never the truth."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.article import PassageId
from index.embedding import Vector
from index.library import Neighbour
from index.local.catalog import StoredVectors

_FILES = ("passages.faiss", "sentences.faiss", "rows.npz")
_STAMP = "stamp.json"
_ROUNDING = 1e-5
"""By how much two ways of working out the same cosine may differ."""


class VectorIndex:
    """Passages and their sentences under inner product, which is the cosine of unit vectors."""

    def __init__(self, passages: Any, sentences: Any, ids: Any, first: Any) -> None:
        self._passages, self._sentences = passages, sentences
        self._ids, self._first = ids, first
        self._row = {int(id_): row for row, id_ in enumerate(ids)}
        self._owner = np.repeat(np.arange(len(ids)), np.diff(first))

    @classmethod
    def of(cls, stored: StoredVectors) -> "VectorIndex":
        """From what the catalog holds."""
        indexes = []
        for vectors in (stored.passages, stored.sentences):
            index = faiss.IndexFlatIP(vectors.shape[1])
            index.add(np.ascontiguousarray(vectors))
            indexes.append(index)
        return cls(indexes[0], indexes[1], stored.ids, stored.first)

    def save(self, library: Path, generation: int, fingerprint: str) -> None:
        """Beside the catalog, whole or not at all; older generations' files go."""
        unfinished = Path(tempfile.mkdtemp(prefix="vectors.unfinished-", dir=library))
        faiss.write_index(self._passages, str(unfinished / _FILES[0]))
        faiss.write_index(self._sentences, str(unfinished / _FILES[1]))
        np.savez(unfinished / _FILES[2], ids=self._ids, first=self._first)
        stamp = {"generation": generation, "fingerprint": fingerprint, "checksums": _checksums(unfinished)}
        (unfinished / _STAMP).write_text(json.dumps(stamp))
        folder = _folder(library, generation)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
        for other in library.glob("vectors*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)

    @staticmethod
    def is_saved(library: Path, generation: int) -> bool:
        """Whether a generation's files were written, be they damaged since or not."""
        return (_folder(library, generation) / _STAMP).is_file()

    @classmethod
    def load(cls, library: Path, generation: int, fingerprint: str) -> "VectorIndex | None":
        """None where it is missing, stale or damaged."""
        folder = _folder(library, generation)
        try:
            stamp = json.loads((folder / _STAMP).read_text())
            wanted = {"generation": generation, "fingerprint": fingerprint, "checksums": _checksums(folder)}
            if stamp != wanted:
                return None
            indexes = [faiss.read_index(str(folder / name)) for name in _FILES[:2]]
            with np.load(folder / _FILES[2], allow_pickle=False) as rows:
                return cls(indexes[0], indexes[1], rows["ids"], rows["first"])
        except (OSError, ValueError, RuntimeError):
            return None

    def nearest(self, vector: Vector, k: int, among: Sequence[PassageId] | None = None) -> list[Neighbour]:
        """Exact: searches deeper until no passage that was not looked at can be among the best `k`.

        The stopping rule is the threshold algorithm of Fagin, Lotem and Naor (2003) over two ranked lists.
        """
        total = len(self._ids)
        if k < 1 or not total:
            return []
        if among is not None:
            rows = {self._row[id_] for id_ in among if id_ in self._row}
            return self._scored(vector, rows)[:k]
        depth = 2 * k
        while True:
            passage_scores, passage_rows = self._passages.search(vector[None], min(depth, total))
            sentence_scores, sentence_rows = self._sentences.search(
                vector[None], min(2 * depth, self._sentences.ntotal)
            )
            rows = set(passage_rows[0].tolist()) | set(self._owner[sentence_rows[0]].tolist())
            neighbours = self._scored(vector, rows)[:k]
            unseen = float(passage_scores[0, -1] + sentence_scores[0, -1]) / 2
            if depth >= total or (len(neighbours) == k and neighbours[-1].nearness > unseen + _ROUNDING):
                return neighbours
            depth *= 4

    def _scored(self, vector: Vector, rows: set[int]) -> list[Neighbour]:
        if not rows:
            return []
        order = np.array(sorted(rows), np.int64)
        cosines = _cosines(self._passages, order, vector)
        spans = [np.arange(self._first[row], self._first[row + 1]) for row in order]
        sentence_cosines = _cosines(self._sentences, np.concatenate(spans), vector)
        parts = np.split(sentence_cosines, np.cumsum([len(span) for span in spans])[:-1])
        neighbours = [
            Neighbour(id=int(self._ids[row]), passage=float(cosine), sentences=tuple(part.tolist()))
            for row, cosine, part in zip(order, cosines, parts, strict=True)
        ]
        return sorted(neighbours, key=lambda neighbour: (-neighbour.nearness, neighbour.id))


def _cosines(index: Any, rows: "np.ndarray[Any, np.dtype[np.int64]]", vector: Vector) -> Vector:
    """Equal for equal vectors, wherever they lie, which a product of matrices does not promise."""
    cosines: Vector = np.einsum("ij,j->i", index.reconstruct_batch(rows), vector)
    return cosines


def _folder(library: Path, generation: int) -> Path:
    return library / f"vectors-{generation}"


def _checksums(folder: Path) -> dict[str, str]:
    return {name: _checksum(folder / name) for name in _FILES}


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
