"""One order out of the kinds of evidence. Ranks only; what the evidence is worth, confidence says."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.answer import Hit, Question

SAME_LANGUAGE = 0.3
OTHER_LANGUAGE = 0.08
"""How much words count beside meaning; across languages little more than names can match."""


def fuse(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """Best first: standard scores of the passage's cosine and its best sentence's, and a share of BM25's."""
    if not hits:
        return []
    shares = np.array(
        [SAME_LANGUAGE if hit.passage.article.language == question.language else OTHER_LANGUAGE for hit in hits]
    )
    dense = _standard([hit.scores.passage for hit in hits]) + _standard([hit.scores.sentence for hit in hits])
    lexical = _standard([hit.scores.lexical for hit in hits])
    finals = (1 - shares) * dense / 2 + shares * lexical
    fused = [
        replace(hit, scores=replace(hit.scores, final=float(final))) for hit, final in zip(hits, finals, strict=True)
    ]
    return sorted(fused, key=lambda hit: (-hit.scores.final, hit.passage.id))


def _standard(values: Sequence[float]) -> NDArray[np.float64]:
    array = np.asarray(values, np.float64)
    standard: NDArray[np.float64] = (array - array.mean()) / max(float(array.std()), 1e-9)
    return standard
