"""What finds passages by their vectors: derived from the catalog, saved beside it, never the truth.

A base holds the passages there were when it was made; an addition beside it those that came since, and the ids of
those that are gone. Ids grow and are never used twice, so that each passage is in one of the two.
"""

from collections.abc import Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

import numpy as np

from index.article import PassageId
from index.embedding import Vector
from index.library import Neighbour
from index.local import derived
from index.local.catalog import Catalog, StoredVectors
from index.local.layer import INDEX, LAYOUT, PASSAGES, SENTENCES, Layer
from index.local.rows import mapped

EXACT_UP_TO = 50_000
"""Sentences; a larger library is looked through by short codes, and its vectors are kept in half precision."""
LITTLE = 0.1
"""Share of the base's passages and sentences that may have come or gone before it is made anew."""
MOST = 20_000
"""Sentences that may have come: a question looks at each of them, and they are written anew each time."""
_ADDED, _GONE = "added-", "gone.npy"


class VectorIndex:
    """The base, and what was added to it if anything was."""

    def __init__(self, *layers: Layer) -> None:
        self._layers = layers

    @classmethod
    def of(cls, stored: StoredVectors, folder: Path | None = None, *, exact_up_to: int = EXACT_UP_TO) -> "VectorIndex":
        """Made anew; with a `folder`, into its files, so that memory holds a part of it only."""
        exact = int(stored.first[-1]) <= exact_up_to
        return cls(Layer.of(stored, folder, exact=exact, half=not exact))

    @classmethod
    def save(
        cls, stored: StoredVectors, library: Path, generation: int, fingerprint: str, *, exact_up_to: int = EXACT_UP_TO
    ) -> None:
        """Made anew beside the catalog, whole or not at all; other generations' files go."""
        finished = cls.prepare(stored, library, generation, fingerprint, exact_up_to=exact_up_to)
        derived.put_in_place(finished, library, generation)
        derived.tidy(library, generation)

    @classmethod
    def prepare(
        cls, stored: StoredVectors, library: Path, generation: int, fingerprint: str, *, exact_up_to: int = EXACT_UP_TO
    ) -> Path:
        """The same, but for a generation that is not published yet: a folder to be put in place then."""
        with derived.unfinished(library, generation, fingerprint) as folder:
            cls.of(stored, folder, exact_up_to=exact_up_to)
        return folder

    @classmethod
    def follow(cls, catalog: Catalog, library: Path, before: int) -> Path:
        """The same for a catalog that was generation `before` until now: its base is kept if little has changed.

        All is made anew where that is not to be had: files are damaged, or lie on a disk that knows no links.
        """
        base = derived.intact(library, before, catalog.fingerprint)
        with suppress(OSError, ValueError):
            if base and (folder := _amended(base, catalog, library)):
                return folder
        return cls.prepare(catalog.vectors(), library, catalog.generation, catalog.fingerprint)

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
        gone = mapped(folder / _GONE) if (folder / _GONE).exists() else None
        added = [Layer.opened(folder, prefix=_ADDED)] if (folder / f"{_ADDED}{LAYOUT}").exists() else []
        return cls(Layer.opened(folder, gone=gone), *added)

    def nearest(self, vector: Vector, k: int, among: Sequence[PassageId] | None = None) -> list[Neighbour]:
        """At most `k`, best first; the older one of those that are equally near."""
        if k < 1:
            return []
        if among is None:
            found = [layer.nearest(vector, k) for layer in self._layers]
        else:
            found = [layer.nearest_among(vector, k, among) for layer in self._layers]
        return sorted(chain.from_iterable(found), key=lambda neighbour: -neighbour.nearness)[:k]


def _amended(base: Path, catalog: Catalog, library: Path) -> Path | None:
    """A folder with the files of `base` and what has changed since they were made; None where that is too much."""
    with np.load(base / LAYOUT, allow_pickle=False) as layout:
        held, sentences = layout["ids"], int(layout["first"][-1])
    there = catalog.ids()
    gone = np.setdiff1d(held, there, assume_unique=True)
    added = np.setdiff1d(there, held, assume_unique=True)
    if len(gone) > LITTLE * len(held) or len(added) > min(LITTLE * len(held), MOST):
        return None
    stored = catalog.vectors(added.tolist())
    if stored.first[-1] > min(LITTLE * sentences, MOST):
        return None
    shared = [base / name for name in (INDEX, PASSAGES, SENTENCES, LAYOUT)]
    with derived.unfinished(library, catalog.generation, catalog.fingerprint, shared=shared) as folder:
        np.save(folder / _GONE, gone)
        if len(added):
            half = mapped(base / PASSAGES).dtype == np.float16
            Layer.of(stored, folder, exact=True, half=half, prefix=_ADDED)
    return folder
