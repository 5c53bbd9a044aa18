"""Whether a question hangs on the turns before it, and what it asks if it does.

docs/decisions/0008 has the figures that the numbers were chosen by.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from index.analysis import WORD, asked_terms, small_words
from index.article import PassageId
from index.language import ASKED, detect
from index.library import Library
from index.tokens import Reading, TokenStates
from retrieval.answer import Hit
from retrieval.question import Question, Turn
from retrieval.scope import overlap

LAST = 3
"""Turns that are looked back on."""
LONGEST_CONTEXT = 300
"""Characters of them that are searched together with a question."""

_POINTING = {
    "de": "er sie es ihn ihm ihr ihnen sein seine seinen ihre dort dies diese dieser dieses davon dazu",
    "en": "he she it they him her them his hers its their theirs this that these those there one ones else",
    "es": "él ella ellos ellas le les su sus eso esto ese esa esos esas aquel allí ahí",
    "fr": "il elle ils elles lui leur leurs son sa ses ça cela celui celle là ceux",
    "it": "lui lei loro egli ella esso essa essi esse ci ne li lì là suo sua suoi sue questo questa questi queste "
    "quello quella quelli quelle quel quei",
    "pt": "ele ela eles elas dele dela deles delas lhe seu sua seus suas isso isto esse essa lá ali",
    "ru": "он она оно они его ее её их ему ей им него неё них нему там это этот эта эти тот та те",
}
"""Words that mean somebody or something named before."""
_OPENING = {
    "de": "und aber oder dann also",
    "en": "and but or so then",
    "es": "y e pero o entonces",
    "fr": "et mais ou alors",
    "it": "e ed ma o allora oppure",
    "pt": "e mas ou então",
    "ru": "а и но или",
}
"""Words that go on with what was said."""

OWN, CONTEXT = 0.75, 0.25
"""Shares of a follow-up read alone, and read after what was asked before."""
SAME_ARTICLE, SAME_PASSAGE = 4.0, 1.25
"""Points that a follow-up gives to passages of the article that was quoted last, and to the quoted one beside."""
_PATIENCE, _LEAST_PATIENCE = 4.0, 1.0
"""Points: for a question that says nothing by itself, where each word that carries meaning takes one away; at least."""
_ALONE_FROM = 4
"""Words that carry meaning, with which a question that points at nothing is taken to stand alone."""


def follows(question: Question, turns: Sequence[Turn]) -> Question | None:
    """The question in a form that stands alone, as if it went on from `turns`; None where it needs none of them."""
    recent = tuple(turns[-LAST:])
    if not recent or not question.text:
        return None
    spoken = language_after(question.text, question.language, detect(recent[-1].text, among=ASKED))
    if meant(question.text, spoken) >= _ALONE_FROM and not points_back(question.text, spoken):
        return None
    context = recent[-1].text
    if len(context) > LONGEST_CONTEXT:
        context = context[:LONGEST_CONTEXT].rpartition(" ")[0] or context[:LONGEST_CONTEXT]
    return Question(text=question.text, language=spoken, before=recent, searched=f"{context} {question.text}".strip())


def meant(text: str, language: str) -> int:
    """How many of its words carry meaning."""
    return len(asked_terms(text, languages=[language]))


def points_back(text: str, language: str) -> bool:
    """Whether it begins like something that goes on, or has a word for what was named before."""
    words = WORD.findall(text.casefold())
    opening, pointing = _OPENING.get(language, "").split(), _POINTING.get(language, "").split()
    return words[:1] != [] and (words[0] in opening or not set(pointing).isdisjoint(words))


def language_after(text: str, detected: str, before: str) -> str:
    """Of a question: what it was taken for, unless its small words are as much those of the turn before.

    A single "quando?" may be Portuguese; after an Italian question it isn't.
    """
    return before if small_words(text, language=before) >= small_words(text, language=detected) else detected


def favours(turns: Sequence[Turn], library: Library) -> dict[PassageId, float]:
    """Points for passages of the article that was quoted last; none where nothing was, or it is gone."""
    last = next((turn.places[0] for turn in reversed(turns) if turn.places), None)
    if last is None:
        return {}
    found = library.passages(library.passages_of([last.article]))
    return {passage.id: SAME_ARTICLE + (SAME_PASSAGE if overlap(passage.span, last.span) else 0.0) for passage in found}


def strays(
    question: Question, alone: Callable[[], Sequence[Hit]], favoured: Mapping[PassageId, float], *, language: str
) -> bool:
    """Whether it is about something else: what `alone` finds for it by itself is so much better elsewhere.

    So is what says all of its words, where the article that was quoted says none of them.
    """
    words = meant(question.text, language)
    if not favoured:
        return words > 1 and not points_back(question.text, language)
    if not words:
        return False
    hits = alone()
    within = [hit for hit in hits if hit.passage.id in favoured]
    if not hits or not within:
        return bool(hits)
    said_elsewhere = hits[0].coverage == 1.0 and not any(hit.coverage for hit in within)
    if said_elsewhere and not points_back(question.text, language):
        return True
    return hits[0].scores.final > within[0].scores.final + patience(words)


def patience(words: int) -> float:
    """Points that anything else must be ahead of what was quoted, for a question with so many that carry meaning."""
    return max(_LEAST_PATIENCE, _PATIENCE - words)


def blended(alone: Reading, joined: Reading, *, own_from: int) -> Reading:
    """Both at once; cosines with it are the weighted mean of theirs. The question's own part begins at `own_from`."""
    own = joined.tokens.starts >= own_from
    states = np.concatenate([alone.tokens.states, joined.tokens.states])
    weights = np.concatenate([alone.tokens.weights, joined.tokens.weights * np.where(own, OWN, CONTEXT)])
    starts = np.concatenate([alone.tokens.starts, joined.tokens.starts])
    return Reading(
        vector=np.asarray(OWN * alone.vector + CONTEXT * joined.vector, np.float32),
        tokens=TokenStates(states=states, weights=np.asarray(weights, np.float32), starts=starts),
    )
