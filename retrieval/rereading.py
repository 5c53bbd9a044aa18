"""The first hits are read together with the question, and ranked anew by what that brought."""

from collections.abc import Sequence
from dataclasses import replace

from index.library import Library
from retrieval.answer import Hit, Question
from retrieval.reader import Reader

READ = 3
"""Hits that are read; each costs a pass over a whole passage."""
POINTS = 0.3
"""What a unit of the reader's margin is worth; chosen on questions that it wasn't trained on, docs/decisions/0010."""
_LOWEST, _HIGHEST = -10.0, 0.5
"""Margins beyond these say no more: which of two passages that both seem to answer is meant, search knows better."""


def reread(
    question: Question, hits: Sequence[Hit], library: Library, reader: Reader, *, anew: bool = True
) -> list[Hit]:
    """The same hits with what reading them brought; the first ones in a new order, unless not `anew`."""
    first, others = hits[:READ], hits[READ:]
    if not first:
        return list(hits)
    reads = reader(question.searched, library.passages([hit.passage.id for hit in first]))
    read = [
        replace(hit, read=found, scores=replace(hit.scores, reader=found.margin))
        for hit, found in zip(first, reads, strict=True)
    ]
    if anew:
        read.sort(key=lambda hit: (-_worth(hit), hit.passage.id))
    return [*read, *others]


def _worth(hit: Hit) -> float:
    return hit.scores.final + POINTS * min(max(hit.scores.reader or 0.0, _LOWEST), _HIGHEST)
