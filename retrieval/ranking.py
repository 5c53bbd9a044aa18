"""One ranking out of search, fusion and late interaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.article import PassageId
from index.library import Library
from index.tokens import Reading
from retrieval.answer import Hit
from retrieval.fusion import fuse
from retrieval.languages import impartial
from retrieval.late_interaction import LOOKED_AT, interact
from retrieval.question import Question
from retrieval.search import search

_SPOKEN = 4
"""Languages of the library, most spoken first, that a question's words are looked for in."""
_NONE: Mapping[PassageId, float] = {}


def ranked(
    question: Question,
    reading: Reading,
    library: Library,
    *,
    among: Sequence[PassageId] | None = None,
    favours: Mapping[PassageId, float] = _NONE,
) -> tuple[list[Hit], list[Hit]]:
    """Best first: the hits that late interaction looked at, and the others that were found.

    Only `among` those passages, where given. `favours` are passages that are looked at in any case, and the points
    that each has on top of what it is worth.
    """
    spoken = list(library.languages)[:_SPOKEN]
    asked = impartial(reading.vector, question.language, library)
    hits = search(question, asked, library, languages=spoken, among=among, also=list(favours))
    found = _favoured(fuse(question, hits), favours)
    near = interact(as_searched(question), reading.tokens, found[:LOOKED_AT], library)
    return _favoured(fuse(question, near), favours), found[LOOKED_AT:]


def as_searched(question: Question) -> Question:
    """The question in the form that stands alone."""
    return replace(question, text=question.searched)


def without(favours: Mapping[PassageId, float], hits: Sequence[Hit]) -> list[Hit]:
    """The same order, each hit with what it is worth by itself: a favour is no evidence."""
    return [_raised(hit, -favours.get(hit.passage.id, 0.0)) for hit in hits]


def _favoured(hits: list[Hit], favours: Mapping[PassageId, float]) -> list[Hit]:
    if not favours:
        return hits
    raised = [_raised(hit, favours.get(hit.passage.id, 0.0)) for hit in hits]
    return sorted(raised, key=lambda hit: (-hit.scores.final, hit.passage.id))


def _raised(hit: Hit, points: float) -> Hit:
    return replace(hit, scores=replace(hit.scores, final=hit.scores.final + points)) if points else hit
