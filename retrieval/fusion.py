"""One order out of the kinds of evidence. Ranks only; what the evidence is worth, confidence says.

What each kind is worth was chosen on the tuning part of SQuAD-it; docs/decisions/0007 has the figures.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.answer import Hit
from retrieval.question import Question

SENTENCE = 0.65
"""Share of the best sentence's nearness beside the passage's."""
SPREAD = 0.02
"""Nearness that is worth one point: about what the cosines of good passages differ by."""
SAME_LANGUAGE, OTHER_LANGUAGE = 3.0, 1.0
"""Points for holding all of the question's words."""
TOKENS, SENTENCE_TOKENS = 1.7, 0.027
"""Points for a token that is wholly met in the passage, and nearness for one that is met in a sentence."""
FOREIGN = 0.03
"""Nearness on top of what isn't in the question's language: it can hold few of the question's words and tokens."""

Values = NDArray[np.float64]


def fuse(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """Best first: nearness, whatever the passage's language, the question's words it holds, and the tokens it meets."""
    if not hits:
        return []
    same = np.array([hit.passage.language == question.language for hit in hits])
    near = np.array([SENTENCE * max(nearnesses(hit)) + (1 - SENTENCE) * hit.scores.passage for hit in hits])
    coverage = np.array([hit.coverage for hit in hits])
    worth = np.where(same, SAME_LANGUAGE, OTHER_LANGUAGE)
    raised = np.array([hit.raised for hit in hits]) + FOREIGN * ~same
    finals = (near + raised) / SPREAD + worth * coverage + TOKENS * _tokens(hits)
    fused = [
        replace(hit, scores=replace(hit.scores, final=float(final))) for hit, final in zip(hits, finals, strict=True)
    ]
    return sorted(fused, key=lambda hit: (-hit.scores.final, hit.passage.id))


def nearnesses(hit: Hit) -> list[float]:
    """Of each sentence, the tokens that it meets counted; the passage's own where it has none."""
    met = hit.sentence_tokens or (0.0,) * len(hit.sentence_cosines)
    near = [cosine + SENTENCE_TOKENS * tokens for cosine, tokens in zip(hit.sentence_cosines, met, strict=True)]
    return near or [hit.scores.passage]


def _tokens(hits: Sequence[Hit]) -> Values:
    """Where it wasn't looked at, as bad as the worst."""
    worst = min((hit.scores.tokens for hit in hits if hit.scores.tokens is not None), default=0.0)
    return np.array([worst if hit.scores.tokens is None else hit.scores.tokens for hit in hits])
