"""One order out of the kinds of evidence. Ranks only; what the evidence is worth, confidence says."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.answer import Hit, Question

SENTENCE = 0.65
"""Share of the best sentence's cosine beside the passage's."""
SAME_LANGUAGE, OTHER_LANGUAGE = 2.5, 1.0
"""Standard deviations of nearness that holding all of the question's words is worth."""
TOKENS = 0.75
"""What a standard deviation of how well the question's tokens are met is worth."""
FAVOUR = 0.5
"""Share that is taken back of how much nearer the model finds one language's passages than another's."""

Values = NDArray[np.float64]


def fuse(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """Best first: nearness in standard scores, whatever the passage's language, and the question's words it holds."""
    if not hits:
        return []
    languages = np.array([hit.passage.language for hit in hits])
    near = np.array([SENTENCE * hit.scores.sentence + (1 - SENTENCE) * hit.scores.passage for hit in hits])
    nearness = near.copy()
    for language in np.unique(languages):
        mine = languages == language
        nearness[mine] -= FAVOUR * (near[mine].mean() - near.mean())
    coverage = np.array([hit.coverage for hit in hits])
    worth = np.where(languages == question.language, SAME_LANGUAGE, OTHER_LANGUAGE)
    finals = _standard(nearness) + worth * coverage + TOKENS * _tokens(hits)
    fused = [
        replace(hit, scores=replace(hit.scores, final=float(final))) for hit, final in zip(hits, finals, strict=True)
    ]
    return sorted(fused, key=lambda hit: (-hit.scores.final, hit.passage.id))


def _tokens(hits: Sequence[Hit]) -> Values:
    """In standard scores; where it wasn't looked at, as bad as the worst."""
    seen = [hit.scores.tokens for hit in hits if hit.scores.tokens is not None]
    if not seen:
        return np.zeros(len(hits))
    return _standard(np.array([min(seen) if hit.scores.tokens is None else hit.scores.tokens for hit in hits]))


def _standard(values: Values) -> Values:
    standard: Values = (values - values.mean()) / max(float(values.std()), 1e-9)
    return standard
