"""Articles that a question means come first, as long as they answer about as well as any."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from index.analysis import words
from index.article import PassageId
from index.filter import Filter
from index.library import Library
from retrieval.answer import Hit
from retrieval.filters import Bylines, asks_for_all, filters_in, tags_in, without
from retrieval.named_days import named_in
from retrieval.question import Question

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

    def is_sure(self, question: Question) -> bool:
        """Whether these are meant whatever else would answer.

        Who writes a `#tag` means it; so does who asks for nothing but what somebody wrote, and who says whose and of
        when, by the whole name or without asking for more, and doesn't count from today: what looks like that is often
        something else.
        """
        if self.is_all(question):
            return True
        named = self.filter.since and named_in(question.text, question.language)
        if self.filter.tags or not (self.filter.authors and named):
            return bool(self.filter.tags)
        said = set(words(question.text))
        in_full = any(said.issuperset(words(author)) for author in self.filter.authors)
        return in_full or (not question.before and self.asked(question).searched == question.text)

    def is_all(self, question: Question) -> bool:
        """Whether the question asks for these articles, and for nothing that they say."""
        return not question.before and asks_for_all(question.text, self.filter)

    def fits(self, hits: Sequence[Hit]) -> bool:
        """Whether one that the filter leaves answers about as well as any."""
        best = max((hit.scores.final for hit in hits if hit.passage.id in self.ids), default=None)
        return best is not None and best >= hits[0].scores.final - MARGIN


def narrowings_of(
    question: Question, library: Library, bylines: Bylines, among: Sequence[PassageId] | None
) -> list[Narrowing]:
    """By each filter in the question that leaves anything of the passages that may be quoted, the narrowest first.

    Where that is surely meant, there are no others.
    """
    found: list[Narrowing] = []
    tags = tuple(tag for tag in tags_in(question.text) if _is_filed(tag, library))
    for each in filters_in(question.text, question.language, bylines, tags=tags):
        ids = frozenset(library.filed(each))
        ids = ids if among is None else ids.intersection(among)
        if ids:
            found.append(Narrowing(filter=each, ids=ids))
            if found[0].is_sure(question):
                break
    return found


def looked_at(narrowings: Sequence[Narrowing]) -> dict[PassageId, float]:
    """Their passages, as favours that add nothing to what each is worth."""
    return dict.fromkeys(chain.from_iterable(narrowing.ids for narrowing in narrowings), 0.0)


def unfiled(question: Question, library: Library) -> tuple[str, ...]:
    """Tags that it names and no article has; a number that none has names something else: `bug #42`."""
    return tuple(tag for tag in tags_in(question.text) if not tag[0].isdecimal() and not _is_filed(tag, library))


def _is_filed(tag: str, library: Library) -> bool:
    return bool(library.filed(Filter(tags=(tag,))))
