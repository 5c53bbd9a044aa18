"""Hits into quotes: the passage without the white space around it, the answering sentence marked."""

from collections.abc import Iterator, Sequence

from index.article import Passage
from retrieval.answer import Hit, Question, Quote
from retrieval.reader import marks


def quote_of(question: Question, hit: Hit, passage: Passage) -> Quote:
    """Word for word: spans of the article, never copies."""
    return Quote(
        article=passage.article,
        span=passage.span.trimmed(passage.article.text),
        highlights=marks(question, hit, passage),
        scores=hit.scores,
        place=passage.place,
        places=passage.places,
    )


def courteous(hits: Sequence[Hit]) -> list[Hit]:
    """The best hit, then the best of each other article, then the rest."""
    first: list[Hit] = []
    later: list[Hit] = []
    seen: set[str] = set()
    for hit in hits:
        (later if hit.passage.article in seen else first).append(hit)
        seen.add(hit.passage.article)
    return [*first, *later]


def distinct(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Without passages whose text was there before."""
    seen: set[bytes] = set()
    for hit in hits:
        if hit.passage.key not in seen:
            seen.add(hit.passage.key)
            yield hit
