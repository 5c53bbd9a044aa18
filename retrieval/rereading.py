"""The first hits are read together with the question, and ranked anew by what that brought."""

from collections.abc import Sequence
from dataclasses import replace

from index.library import Library
from retrieval.answer import Hit
from retrieval.question import Question
from retrieval.reader import Reader
from retrieval.sayings import BEHIND

READ = 5
"""Hits that are read at most; each costs a pass over a whole passage."""
POINTS = 0.6
"""What a unit of the reader's margin is worth; chosen on questions that it wasn't trained on, docs/decisions/0010."""
_MET = 2.0
"""What it is worth to the words in a sentence, in the same units, if it meets the question's tokens better by 1."""
_LOWEST, _HIGHEST = -10.0, 6.0
"""Margins beyond these say no more."""
_TOGETHER = 2
"""Hits that are read in one batch; after it the others may be out of reach."""


def reread(
    question: Question, hits: Sequence[Hit], library: Library, reader: Reader, *, anew: bool = True
) -> list[Hit]:
    """The same hits with what reading them brought; the first ones in a new order, unless not `anew`.

    Those that can't come first whatever reading them would bring aren't read, unless another article may have
    something to say.
    """
    first, others = list(hits[:READ]), hits[READ:]
    places = range(len(first))
    while wanted := [place for place in places if not first[place].read and _is_worth_it(place, first)][:_TOGETHER]:
        passages = library.passages([first[place].passage.id for place in wanted])
        for place, found in zip(wanted, reader(_asked(question), passages), strict=True):
            hit = first[place]
            first[place] = replace(hit, read=found, scores=replace(hit.scores, reader=found.margin))
    if anew:
        first.sort(key=lambda hit: (-worth(hit), hit.passage.id))
    return [*first, *others]


def read_closely(question: Question, hits: Sequence[Hit], library: Library, reader: Reader) -> list[Hit]:
    """The same hits in the same order, the words in the first one found with more care.

    Which sentences search finds nearest counts, unless it looked for several questions in a row.
    """
    first, others = hits[:1], hits[1:]
    read = list[Hit]()
    for hit, passage in zip(first, library.passages([hit.passage.id for hit in first]), strict=True):
        points = [] if question.before else points_of(hit.sentence_tokens)
        read.append(replace(hit, read=reader.closely(_asked(question), passage, points)))
    return [*read, *others]


def points_of(met: Sequence[float]) -> list[float]:
    """Of each sentence, below the one that meets the question's tokens best; none where that wasn't looked at."""
    best = max(met, default=0.0)
    return [_MET * (each - best) for each in met]


def worth(hit: Hit) -> float:
    """Points, what reading it brought counted in."""
    return hit.scores.final + POINTS * min(max(hit.scores.reader or 0.0, _LOWEST), _HIGHEST)


def _asked(question: Question) -> str:
    """The last of several questions; of a row of them, a reader answers any."""
    return question.text if question.before else question.searched


def _is_worth_it(place: int, hits: Sequence[Hit]) -> bool:
    """Whether a hit may yet come first, or its article may be heard beside the first one."""
    hit, best = hits[place], max((worth(hit) for hit in hits if hit.read), default=0.0)
    if place < _TOGETHER or hit.scores.final + POINTS * _HIGHEST > best:
        return True
    leading = hits[0]
    return hit.passage.article != leading.passage.article and hit.scores.final >= leading.scores.final - BEHIND
