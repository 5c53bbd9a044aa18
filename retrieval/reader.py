"""Marks what answers inside a passage: the sentence that means what was asked."""

from index.analysis import asked_terms, terms
from index.article import Passage, Span
from retrieval.answer import Hit, Question
from retrieval.expecting import NEARNESS, expected, sentence_test
from retrieval.fusion import nearnesses

_WORDS = 0.03
"""What holding all of the question's words adds to a sentence's cosine."""


def marks(question: Question, hit: Hit, passage: Passage) -> tuple[Span, ...]:
    """The sentence that answers, in article offsets; nothing where there is none."""
    asked = set(asked_terms(question.text, languages=[question.language, passage.article.language]))
    near = nearnesses(hit)
    kind = expected(question) if question.before else None
    fits = sentence_test(kind, passage, question.searched) if kind else lambda _: False

    def worth(place: int) -> float:
        sentence = passage.sentences[place].of(passage.article.text)
        held = asked & set(terms(sentence, language=passage.article.language))
        return near[place] + _WORDS * len(held) / max(1, len(asked)) + NEARNESS * fits(place)

    places = range(min(len(passage.sentences), len(hit.sentence_cosines)))
    best = max(places, key=worth, default=None)
    if best is None:
        return ()
    mark = passage.sentences[best].trimmed(passage.article.text)
    return (mark,) if len(mark) else ()
