"""How sure an answer is, from absolute evidence: how near, how far above the rest, how many of the words."""

import math
from collections.abc import Sequence
from statistics import fmean

from retrieval.answer import Hit, Verdict

ANSWERED = 0.5
NOTHING = 0.25


def confidence(hits: Sequence[Hit]) -> float:
    """In [0, 1], for hits in the order of the ranking."""
    if not hits:
        return 0.0
    best = hits[0]
    rest = [hit.scores.sentence for hit in hits[len(hits) // 2 :]] or [best.scores.sentence]
    nearness = (best.scores.passage + best.scores.sentence) / 2
    margin = best.scores.sentence - fmean(rest)
    evidence = 60 * (nearness - 0.83) + 12 * (margin - 0.05) + 1.5 * (best.coverage - 0.2)
    return 1 / (1 + math.exp(-evidence))


def verdict(sureness: float) -> Verdict:
    """What to call an answer of that confidence."""
    if sureness >= ANSWERED:
        return "answered"
    return "unsure" if sureness >= NOTHING else "nothing"
