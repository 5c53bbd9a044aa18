"""Hits into quotes: the passage without the white space around it, what answers marked."""

from index.article import Article, Passage, Span
from index.sentences import sentence_spans
from retrieval.answer import Hit, Quote
from retrieval.marking import marks, sure_words
from retrieval.question import Question


def quote_of(question: Question, hit: Hit, passage: Passage) -> Quote:
    """Word for word: spans of the article, never copies."""
    return Quote(
        article=passage.article,
        span=passage.span.trimmed(passage.article.text),
        highlights=marks(question, hit, passage),
        words=sure_words(hit),
        scores=hit.scores,
        place=passage.place,
        places=passage.places,
    )


_AROUND = 2000
"""Characters on each side that are cut into sentences when a quote grows."""


def grown(article: Article, span: Span, sentences: int) -> Span:
    """`span` with so many sentences more on each side, as far as the article goes; without white space at its ends."""
    before = Span(max(0, span.start - _AROUND), span.start).of(article.text)
    after = Span(span.end, min(len(article.text), span.end + _AROUND)).of(article.text)
    earlier = [piece for piece in sentence_spans(before, language=article.language) if piece.of(before).strip()]
    later = [piece for piece in sentence_spans(after, language=article.language) if piece.of(after).strip()]
    start = span.start - len(before) + earlier[-sentences:][0].start if earlier and sentences else span.start
    end = span.end + later[:sentences][-1].end if later and sentences else span.end
    return Span(start, end).trimmed(article.text)
