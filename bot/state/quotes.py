"""What was quoted, kept by places: the quotes of a turn, and what other articles say."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.state.store import Store
from index.article import Article, Span, content_digest
from retrieval.answer import Answer, Quote


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredQuote:
    """A quote by its place; its text is the article's."""

    article: str
    span: Span
    marks: tuple[Span, ...]
    digest: str
    words: tuple[Span, ...] = ()

    def stands_in(self, article: Article) -> bool:
        """Whether the article still says it there, word for word."""
        return self.span.end <= len(article.text) and content_digest(self.span.of(article.text)) == self.digest


StoredSayings = tuple[tuple[StoredQuote, ...], ...]
"""Quotes of other articles: those that say the same as the first quote, then those of each other answer."""


def keep_quotes(store: Store, turn: int, answer: Answer) -> None:
    """In the place of what was kept for the turn before."""
    store.write("DELETE FROM quotes WHERE turn = ?", turn)
    store.write("DELETE FROM sayings WHERE turn = ?", turn)
    store.write_each(
        "INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(turn, number, *_stored(quote)) for number, quote in enumerate(answer.quotes, start=1)],
    )
    store.write_each(
        "INSERT INTO sayings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (turn, number, place, *_stored(quote))
            for number, saying in enumerate(answer.sayings, start=1)
            for place, quote in enumerate(saying.quotes, start=1)
            if (number, place) != (1, 1)  # the first quote itself
        ],
    )


def quotes_of(store: Store, turn: int) -> tuple[StoredQuote, ...]:
    """In the order in which they are shown."""
    rows = store.rows(
        'SELECT article, start, "end", marks, digest, words FROM quotes WHERE turn = ? ORDER BY number', turn
    )
    return tuple(stored_quote(*row) for row in rows)


def sayings_of(store: Store, turn: int) -> StoredSayings:
    """Nothing where no other article answers."""
    rows = store.rows(
        'SELECT number, article, start, "end", marks, digest, words FROM sayings WHERE turn = ? ORDER BY number, place',
        turn,
    )
    numbers = range(1, 1 + max((row[0] for row in rows), default=0))
    return tuple(tuple(stored_quote(*row[1:]) for row in rows if row[0] == number) for number in numbers)


def _stored(quote: Quote) -> tuple[object, ...]:
    place = quote.article.id, quote.span.start, quote.span.end
    return *place, _as_json(quote.highlights), content_digest(quote.text), _as_json(quote.words)


def stored_quote(article: str, start: int, end: int, marks: str, digest: str, words: str) -> StoredQuote:
    """From the columns of a row."""
    return StoredQuote(article=article, span=Span(start, end), marks=_spans(marks), digest=digest, words=_spans(words))


def _as_json(spans: Sequence[Span]) -> str:
    return json.dumps([[span.start, span.end] for span in spans])


def _spans(text: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(text))
