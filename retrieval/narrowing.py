"""Articles that a question means come first, as long as they answer about as well as any."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.article import PassageId
from index.filter import Filter
from index.library import Library
from retrieval.answer import Hit, Question
from retrieval.filters import Bylines, filters_in, without

MARGIN = 2.0
"""Points that their best hit may be behind the best one anywhere; a name or a year may be what is asked about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowing:
    """A filter, and the passages that it leaves."""

    filter: Filter
    ids: frozenset[PassageId]

    def asked(self, question: Question) -> Question:
        """Searched without what it says about the articles: their passages don't."""
        if question.before:
            return question
        return replace(question, searched=without(question.text, question.language, self.filter))

    def first(self, hits: Sequence[Hit]) -> list[Hit]:
        """Those that the filter leaves before the others, otherwise in the same order."""
        return sorted(hits, key=lambda hit: hit.passage.id not in self.ids)

    def fits(self, hits: Sequence[Hit]) -> bool:
        """Whether one that the filter leaves answers about as well as any; whoever writes a `#tag` means it."""
        best = max((hit.scores.final for hit in hits if hit.passage.id in self.ids), default=None)
        return best is not None and (bool(self.filter.tags) or best >= hits[0].scores.final - MARGIN)


def narrowing_of(
    question: Question, library: Library, bylines: Bylines, among: Sequence[PassageId] | None
) -> Narrowing | None:
    """By the first filter in the question that leaves anything, of the passages that may be quoted."""
    for each in filters_in(question.text, question.language, bylines):
        ids = frozenset(library.filed(each))
        ids = ids if among is None else ids.intersection(among)
        if ids:
            return Narrowing(filter=each, ids=ids)
    return None
