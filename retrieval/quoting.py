"""Hits into quotes: the passage without the white space around it, the answering sentence marked."""

from collections.abc import Iterator, Sequence

from retrieval.answer import Hit, Question, Quote
from retrieval.reader import marks


def quote_of(question: Question, hit: Hit) -> Quote:
    """Word for word: spans of the article, never copies."""
    passage = hit.passage
    return Quote(
        article=passage.article,
        span=passage.span.trimmed(passage.article.text),
        highlights=marks(question, hit),
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
        (later if hit.passage.article.id in seen else first).append(hit)
        seen.add(hit.passage.article.id)
    return [*first, *later]


def distinct(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Without passages whose text was there before."""
    seen: set[str] = set()
    for hit in hits:
        text = hit.passage.text.strip()
        if text not in seen:
            seen.add(text)
            yield hit
