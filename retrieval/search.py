"""Both legs of the search, by meaning and by word, each hit with all its evidence."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest

from index.analysis import asked_terms
from index.article import PassageId
from index.library import Library, Neighbour
from retrieval.answer import Hit, Scores
from retrieval.languages import Impartial
from retrieval.question import Question

DEPTH = 50
"""Passages that each leg brings."""
CONTEXT_WORDS = 0.5
"""What a word of the turns before weighs beside one of the question's own."""
_MOST_TERMS = 32
"""The rarest terms of a long question; the others would only cost time."""
_TOGETHER = 4096
"""Passages that are looked at in one go where only some are asked for: their vectors are held in memory."""

_AHEAD = 8
"""Times as many looked for in the whole library first, where there are more: mostly enough of them are asked for."""

Leg = Callable[[int, Sequence[PassageId] | None], list[Neighbour]]
"""At most so many, out of those passages."""


def search(
    question: Question,
    asked: Impartial,
    library: Library,
    *,
    languages: Sequence[str],
    among: Sequence[PassageId] | None = None,
    also: Sequence[PassageId] = (),
) -> list[Hit]:
    """Whatever either leg found, in no order; `languages` are the library's, most spoken first.

    What a hit's language was raised by stands beside its nearness, not in it.
    Only `among` those passages, where given. Each leg brings as many out of `also` on top.
    """
    wanted, rarity = _rarities(question, library, languages)

    def by_meaning(k: int, ids: Sequence[PassageId] | None) -> list[Neighbour]:
        return library.nearest(asked.vector, k, among=ids)

    def by_word(k: int, ids: Sequence[PassageId] | None) -> list[Neighbour]:
        return library.matching(wanted, k, among=ids)

    near = _found(by_meaning, lambda found: found.nearness, among, also)
    matched = _found(by_word, lambda found: found.lexical, among, also)
    only_near = [id_ for id_ in near if id_ not in matched]
    only_matched = [id_ for id_ in matched if id_ not in near]
    near |= {found.id: found for found in library.nearest(asked.vector, len(only_matched), among=only_matched)}
    matched |= {found.id: found for found in library.matching(wanted, len(only_near), among=only_near)}
    hits = []
    for passage in library.summaries(list(near)):
        found = near[passage.id]
        raised = asked.raised.get(passage.language, 0.0)
        lexical = matched[passage.id].lexical if passage.id in matched else 0.0
        hits.append(
            Hit(
                passage=passage,
                sentence_cosines=tuple(cosine - raised for cosine in found.sentences),
                scores=Scores(passage=found.passage - raised, sentence=found.sentence - raised, lexical=lexical),
                coverage=_coverage(rarity, passage.terms),
                raised=raised,
            )
        )
    return hits


def _found(
    leg: Leg, worth: Callable[[Neighbour], float], among: Sequence[PassageId] | None, also: Sequence[PassageId]
) -> dict[PassageId, Neighbour]:
    """What one leg brings."""
    found = leg(DEPTH, None) if among is None else _found_among(leg, worth, among)
    return {neighbour.id: neighbour for neighbour in [*found, *(_found_among(leg, worth, also) if also else ())]}


def _found_among(leg: Leg, worth: Callable[[Neighbour], float], among: Sequence[PassageId]) -> list[Neighbour]:
    """Many passages are gone through bit by bit, unless the best of the whole library already tell."""
    if len(among) > _TOGETHER:
        wanted = set(among)
        best = leg(_AHEAD * DEPTH, None)
        found = [neighbour for neighbour in best if neighbour.id in wanted]
        if len(found) >= DEPTH or len(best) < _AHEAD * DEPTH:
            return found[:DEPTH]
    blocks = (among[start : start + _TOGETHER] for start in range(0, len(among), _TOGETHER))
    return nlargest(DEPTH, (neighbour for ids in blocks for neighbour in leg(DEPTH, ids)), key=worth)


def _rarities(question: Question, library: Library, languages: Sequence[str]) -> tuple[list[str], dict[str, float]]:
    """The terms to look for, and what each term of the question weighs, found anywhere or not."""
    everywhere = [question.language, *languages]
    candidates = asked_terms(question.searched, languages=everywhere)
    asked = set(asked_terms(question.text, languages=everywhere))
    counts = library.found_in(candidates)
    total = 1 + sum(counts.values())
    rarity = {
        term: math.log(1 + total / (1 + counts.get(term, 0))) * (1 if term in asked else CONTEXT_WORDS)
        for term in candidates
    }
    rarest = sorted(counts, key=lambda term: (counts[term], term))[:_MOST_TERMS]
    own = set(asked_terms(question.searched, languages=[question.language]))
    return rarest, {term: weight for term, weight in rarity.items() if term in own or term in counts}


def _coverage(rarity: Mapping[str, float], held: Iterable[str]) -> float:
    whole, terms = sum(rarity.values()), set(held)
    return sum(weight for term, weight in rarity.items() if term in terms) / whole if whole else 0.0
