"""Marks what answers inside a passage: the words, where the reader is sure of them, and the sentence around them."""

from collections.abc import Sequence

from index.analysis import asked_terms, terms
from index.article import Passage, Span
from retrieval.answer import Hit
from retrieval.expecting import NEARNESS, expected, sentence_test
from retrieval.fusion import nearnesses
from retrieval.question import Question

SURE = 0.1
"""Probability from which on words are marked."""
_WORDS = 0.03
"""What holding all of the question's words adds to a sentence's cosine."""
_READ = 0.05
"""What holding the answer for certain adds."""


def sure_words(hit: Hit) -> tuple[Span, ...]:
    """What answers, in the order of the text, as spans of the article; none where it isn't certain enough."""
    found = hit.read.words if hit.read else ()
    return tuple(sorted(words.held for words in found if words.probability >= SURE))


def marks(question: Question, hit: Hit, passage: Passage) -> tuple[Span, ...]:
    """The sentences around those words, else the one that means what was asked; in article offsets, apart."""
    words = sure_words(hit)
    return _around(words, passage) if words else _nearest(question, hit, passage)


def _around(words: Sequence[Span], passage: Passage) -> tuple[Span, ...]:
    """Whole sentences; those that words run across are marked as one."""
    found = list[Span]()
    for word in words:
        touched = [each for each in passage.sentences if each.start < word.end and word.start < each.end]
        mark = Span(touched[0].start, touched[-1].end).trimmed(passage.article.text) if touched else word
        if found and mark.start < found[-1].end:
            mark = Span(found.pop().start, mark.end)
        found.append(mark)
    return tuple(found)


def _nearest(question: Question, hit: Hit, passage: Passage) -> tuple[Span, ...]:
    asked = set(asked_terms(question.text, languages=[question.language, passage.article.language]))
    near = nearnesses(hit)
    kind = expected(question) if question.before else None
    fits = sentence_test(kind, passage, question.searched) if kind else lambda _: False
    read = hit.read.words if hit.read else ()

    def worth(place: int) -> float:
        sentence = passage.sentences[place].of(passage.article.text)
        held = asked & set(terms(sentence, language=passage.article.language))
        likely = sum(words.probability for words in read if words.span in passage.sentences[place])
        return near[place] + _WORDS * len(held) / max(1, len(asked)) + _READ * likely + NEARNESS * fits(place)

    places = range(min(len(passage.sentences), len(hit.sentence_cosines)))
    best = max(places, key=worth, default=None)
    if best is None:
        return ()
    mark = passage.sentences[best].trimmed(passage.article.text)
    return (mark,) if len(mark) else ()
