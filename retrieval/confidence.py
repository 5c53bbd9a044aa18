"""How sure an answer is, from absolute evidence: how near, how far above the rest, how far ahead of the second."""

import math
from collections.abc import Sequence
from statistics import fmean

from retrieval.answer import Hit, Verdict

ANSWERED = 0.6
"""From here on an answer is given without reserve."""
NOTHING = 0.18
"""Below this the articles are taken not to say it."""


def confidence(hits: Sequence[Hit]) -> float:
    """In [0, 1], for hits in the order of the ranking.

    A logistic regression on right and wrong first quotes of the default model, over libraries of one to eight articles.
    """
    if not hits:
        return 0.0
    best = hits[0]
    lower_half = sorted(hit.scores.sentence for hit in hits)[: max(1, len(hits) // 2)]
    nearness = (best.scores.passage + best.scores.sentence) / 2
    margin = best.scores.sentence - fmean(lower_half)
    lead = best.scores.final - hits[1].scores.final if len(hits) > 1 else 0.0
    return 1 / (1 + math.exp(17.0 - 18.6 * nearness - 14.4 * margin - 0.8 * lead))


def verdict(sureness: float) -> Verdict:
    """What to call an answer of that confidence."""
    if sureness >= ANSWERED:
        return "answered"
    return "unsure" if sureness >= NOTHING else "nothing"
