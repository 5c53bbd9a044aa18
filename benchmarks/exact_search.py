"""The nearest passages by the catalog's own vectors, every one of them looked at."""

import numpy as np

from index.embedding import Vectors
from index.local.catalog import StoredVectors


def exact_nearest(stored: StoredVectors, questions: Vectors, k: int) -> list[list[int]]:
    """Ids for each question, best first; goes through the vectors block by block."""
    cosines = np.concatenate([block @ questions.T for block in stored.passages])
    best = np.full_like(cosines, -1)
    owner = np.repeat(np.arange(len(stored.ids)), np.diff(stored.first))
    at = 0
    for block in stored.sentences:
        owners = owner[at : at + len(block)]
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        highest = np.maximum.reduceat(block @ questions.T, starts)
        best[owners[starts]] = np.maximum(best[owners[starts]], highest)
        at += len(block)
    nearness = cosines + best
    order = np.argsort(-nearness, axis=0, kind="stable")[:k].T
    return [stored.ids[rows].tolist() for rows in order]
