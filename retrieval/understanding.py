"""What a question asks, in view of the turns before it and of what the reader points at."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.article import PassageId
from index.embedding import Embedder
from index.library import Library
from index.tokens import Reading
from retrieval.answer import Hit
from retrieval.followup import blended, favours, follows, meant, patience, strays
from retrieval.question import Place, Question, Turn
from retrieval.ranking import ranked
from retrieval.scope import Scopes, scopes_of

_SAYS_LITTLE = 1
"""Words that carry meaning, up to which a question about a place is read together with what stands there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """A question ready to be searched."""

    question: Question
    reading: Reading
    embedded: float
    """When the model was done with it, by `time.perf_counter`."""
    among: Sequence[PassageId] | None = None
    """All that may be quoted; None for everything."""
    favours: Mapping[PassageId, float] = field(default_factory=dict)
    """What ranked() takes by that name."""
    scopes: Scopes = field(default_factory=dict)
    """Of the place that was asked about; empty where there is none."""


def understood(
    question: Question,
    library: Library,
    embedder: Embedder,
    *,
    turns: Sequence[Turn] = (),
    at: Place | None = None,
    among: Sequence[PassageId] | None = None,
) -> Understood:
    """A follow-up is read both alone and after what it follows; where it strays, it is taken as it stands."""
    if at and (scopes := scopes_of(at, library)):
        return _of_a_place(question, at, scopes, library, embedder, among)
    follow = follows(question, turns)
    if follow is None:
        return _as_it_stands(question, embedder.read_question(question.text), among)
    alone, both = _read(follow, embedder)
    embedded = time.perf_counter()
    favoured = _within(favours(follow.before, library), among)
    looked_at = dict.fromkeys(favoured, 0.0)

    def found_alone() -> list[Hit]:
        return ranked(question, alone, library, among=among, favours=looked_at)[0]

    if strays(question, found_alone, favoured, language=follow.language):
        return replace(_as_it_stands(question, alone, among), embedded=embedded)
    return Understood(question=follow, reading=both, embedded=embedded, among=among, favours=favoured)


def _of_a_place(
    question: Question,
    at: Place,
    scopes: Scopes,
    library: Library,
    embedder: Embedder,
    among: Sequence[PassageId] | None,
) -> Understood:
    """The less it says by itself, the more it means what stands there; all of the article is looked at in any case."""
    words = meant(question.text, question.language)
    follow = follows(question, [_said(at, scopes, library)]) if words <= _SAYS_LITTLE else None
    if follow is None:
        plain = _as_it_stands(question, embedder.read_question(question.text), among)
    else:
        _alone, both = _read(follow, embedder)
        plain = _as_it_stands(follow, both, among)
    points = dict.fromkeys(scopes["article"], 0.0) | dict.fromkeys(scopes["passage"], patience(words))
    return replace(plain, favours=_within(points, among), scopes=scopes)


def _said(at: Place, scopes: Scopes, library: Library) -> Turn:
    """What stands at a place, as if it had been asked."""
    (passage,) = library.passages([min(scopes["passage"])])
    return Turn(text=" ".join(at.span.of(passage.article.text).split()), places=(at,))


def _as_it_stands(question: Question, reading: Reading, among: Sequence[PassageId] | None) -> Understood:
    return Understood(question=question, reading=reading, embedded=time.perf_counter(), among=among)


def _read(follow: Question, embedder: Embedder) -> tuple[Reading, Reading]:
    """Alone, and both alone and after what it follows."""
    alone, joined = embedder.read_questions([follow.text, follow.searched])
    return alone, blended(alone, joined, own_from=len(follow.searched) - len(follow.text))


def _within(favoured: Mapping[PassageId, float], among: Sequence[PassageId] | None) -> dict[PassageId, float]:
    allowed = None if among is None else set(among)
    return {id_: points for id_, points in favoured.items() if allowed is None or id_ in allowed}
