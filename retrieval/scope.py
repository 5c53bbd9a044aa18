"""How far from a place an answer is looked for: the passage itself, its neighbours, its article, everything."""

from collections.abc import Mapping, Sequence

from index.article import PassageId, Span
from index.library import Library
from retrieval.answer import Hit, Scope
from retrieval.question import Place
from retrieval.rereading import worth

MARGINS: Mapping[Scope, float] = {"passage": 2.0, "neighbours": 2.0, "article": 1.0}
"""Points that the best hit within may be behind the best one anywhere, and still be what was asked about."""

Scopes = Mapping[Scope, frozenset[PassageId]]


def scopes_of(place: Place, library: Library) -> Scopes:
    """Passages of each scope but `everything`, the narrowest first, each holding those before.

    Empty where the article is gone, or no longer as long.
    """
    passages = library.passages(library.passages_of([place.article]))
    touched = [row for row, passage in enumerate(passages) if overlap(passage.span, place.span)]
    if not touched:
        return {}
    around = passages[max(0, touched[0] - 1) : touched[-1] + 2]
    return {
        "passage": frozenset(passages[row].id for row in touched),
        "neighbours": frozenset(passage.id for passage in around),
        "article": frozenset(passage.id for passage in passages),
    }


def narrowed(hits: Sequence[Hit], scopes: Scopes) -> tuple[Scope, list[Hit]]:
    """The narrowest scope that answers about as well as any, and the hits with those within it first."""
    for scope, ids in scopes.items():
        within = [hit for hit in hits if hit.passage.id in ids]
        if within and worth(within[0]) >= worth(hits[0]) - MARGINS[scope]:
            return scope, [*within, *(hit for hit in hits if hit.passage.id not in ids)]
    return "everything", list(hits)


def overlap(one: Span, other: Span) -> bool:
    """Whether they share a character; an empty one shares those beside it."""
    return one.start < max(other.end, other.start + 1) and other.start < max(one.end, one.start + 1)
