"""Both legs of the search, by meaning and by word, each hit with all its evidence."""

import math
from collections.abc import Iterable, Mapping, Sequence

from index.analysis import asked_terms
from index.embedding import Vector
from index.library import Library
from retrieval.answer import Hit, Question, Scores

DEPTH = 50
"""Passages that each leg brings."""
_MOST_TERMS = 32
"""The rarest terms of a long question; the others would only cost time."""


def search(question: Question, vector: Vector, library: Library, *, languages: Sequence[str]) -> list[Hit]:
    """Whatever either leg found, in no order; `languages` are the library's, most spoken first."""
    wanted, rarity = _rarities(question, library, languages)
    near = {found.id: found for found in library.nearest(vector, DEPTH)}
    matched = {found.id: found.lexical for found in library.matching(wanted, DEPTH)}
    only_near = [id_ for id_ in near if id_ not in matched]
    only_matched = [id_ for id_ in matched if id_ not in near]
    near |= {found.id: found for found in library.nearest(vector, len(only_matched), among=only_matched)}
    matched |= {found.id: found.lexical for found in library.matching(wanted, len(only_near), among=only_near)}
    hits = []
    for passage in library.summaries(list(near)):
        found = near[passage.id]
        hits.append(
            Hit(
                passage=passage,
                sentence_cosines=found.sentences,
                scores=Scores(passage=found.passage, sentence=found.sentence, lexical=matched.get(passage.id, 0.0)),
                coverage=_coverage(rarity, passage.terms),
                titled_coverage=_coverage(rarity, passage.terms + passage.title_terms),
            )
        )
    return hits


def _rarities(question: Question, library: Library, languages: Sequence[str]) -> tuple[list[str], dict[str, float]]:
    """The terms to look for, and what each term of the question weighs, found anywhere or not."""
    candidates = asked_terms(question.text, languages=[question.language, *languages])
    counts = library.found_in(candidates)
    total = 1 + sum(counts.values())
    rarity = {term: math.log(1 + total / (1 + counts.get(term, 0))) for term in candidates}
    rarest = sorted(counts, key=lambda term: (counts[term], term))[:_MOST_TERMS]
    own = set(asked_terms(question.text, languages=[question.language]))
    return rarest, {term: weight for term, weight in rarity.items() if term in own or term in counts}


def _coverage(rarity: Mapping[str, float], held: Iterable[str]) -> float:
    whole, terms = sum(rarity.values()), set(held)
    return sum(weight for term, weight in rarity.items() if term in terms) / whole if whole else 0.0
