"""Questions of a conversation in, what to show out; and later whatever the buttons beneath it ask for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from bot.elsewhere import NOWHERE, Elsewhere, elsewhere, gathered
from bot.lookup import Lookup
from bot.state.quotes import StoredQuote
from bot.state.turns import Asking, StoredTurn, Turns, as_turn
from bot.views.quotes import ShownQuote
from index.article import Article, Span
from index.library import Shelf
from retrieval.answer import Answer, Quote, Scores
from retrieval.answerer import QUOTES
from retrieval.question import Place
from retrieval.quoting import grown
from retrieval.spelling import suggestion

_A_STEP = 2
"""Sentences that a quote grows by, on each side."""
_FULL = 2400
"""Characters; a quote of that length grows no more."""
_UNSCORED = Scores(passage=0.0, sentence=0.0, lexical=0.0)

Answering = Callable[..., Answer]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question as it came from a chat."""

    text: str
    asking: Asking
    after: StoredTurn | None = None
    """The turn whose message it replies to."""
    selected: str | None = None
    """The part of that message that the reader selected."""
    quotes: int = QUOTES
    articles: str | None = None
    """Words that the articles must have in title, author or source."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A turn with its first quote; None where the articles don't say it."""

    turn: StoredTurn
    first: ShownQuote | None
    unfiled: tuple[str, ...] = ()
    """Tags that were asked for, and no article has."""


class QuoteGone(Exception):
    """The article was changed or taken out since it was quoted."""


class Conversation:
    """Answers, and remembers what was asked and shown."""

    def __init__(self, answerer: Answering, shelf: Shelf, lookup: Lookup, turns: Turns) -> None:
        self._answerer, self._shelf = answerer, shelf
        self._lookup, self._turns = lookup, turns

    def ask(self, asked: Asked) -> Shown:
        """Raises IndexingError where there is no library to answer from."""
        before = [as_turn(asked.after)] if asked.after else self._turns.conversation(asked.asking)
        library, articles = self._shelf.current(), self._lookup.ids_with_words(asked.articles)
        at = self._pointed_at(asked)
        answer = self._answerer(asked.text, quotes=asked.quotes, turns=before, at=at, articles=articles)
        suggested = suggestion(answer, library, lambda text: self._answerer(text, quotes=1, articles=articles))
        turn = self._turns.keep(asked.asking, answer, generation=answer.generation, suggested=suggested)
        if answer.verdict == "nothing":
            return Shown(turn=turn, first=None, unfiled=answer.unfiled)
        told = replace(_first(turn, answer), scope=answer.scope, narrowed=answer.narrowed, unfiled=answer.unfiled)
        return Shown(turn=turn, first=told)

    def answer_again(self, turn: StoredTurn, answer: Answer) -> ShownQuote | None:
        """A turn whose answer is another one now, with its first quote; None where it was forgotten meanwhile."""
        kept = self._turns.answered_anew(turn.id, answer, generation=answer.generation)
        return _first(kept, answer) if kept and answer.quotes else None

    def show(self, turn: StoredTurn, number: int, steps: int = 0) -> ShownQuote:
        """A quote of a turn, the last one for a number beyond it, `steps` times grown; raises QuoteGone."""
        if not turn.quotes:
            raise QuoteGone
        number = min(max(number, 1), len(turn.quotes))
        shown = _shown(turn, number, steps, self.article_of(turn.quotes[number - 1]))
        return replace(shown, elsewhere=self._elsewhere(turn)) if number == 1 else shown

    def article_of(self, stored: StoredQuote) -> Article:
        """The article that was quoted; raises QuoteGone where it doesn't say that any more."""
        article = self._lookup.read(stored.article)
        if article is None or not stored.stands_in(article):
            raise QuoteGone
        return article

    def _elsewhere(self, turn: StoredTurn) -> Elsewhere:
        """As far as it still stands."""
        if turn.verdict == "nothing":
            return NOWHERE
        return gathered([self._standing(quotes) for quotes in turn.sayings])

    def _standing(self, quotes: Iterable[StoredQuote]) -> Iterator[Quote]:
        for stored in quotes:
            article = self._lookup.read(stored.article)
            if article and stored.stands_in(article):
                yield quote_of(article, stored.span, stored)

    def _pointed_at(self, asked: Asked) -> Place | None:
        turn = asked.after
        if turn is None or not turn.quotes or (turn.verdict == "nothing" and not asked.selected):
            return None
        stored = turn.quotes[min(turn.number, len(turn.quotes)) - 1]
        try:
            article = self.article_of(stored)
        except QuoteGone:
            return None
        if asked.selected:
            around = grown(article, stored.span, 20)
            found = article.text.find(asked.selected.strip(), around.start, around.end)
            if found >= 0:
                return Place(article=article.id, span=Span(found, found + len(asked.selected.strip())))
        return Place(article=article.id, span=stored.span)


def _first(turn: StoredTurn, answer: Answer) -> ShownQuote:
    return replace(_shown(turn, 1, 0, answer.quotes[0].article), elsewhere=elsewhere(answer))


def _shown(turn: StoredTurn, number: int, steps: int, article: Article) -> ShownQuote:
    stored = turn.quotes[number - 1]
    span = grown(article, stored.span, _A_STEP * steps)
    return ShownQuote(
        quote=quote_of(article, span, stored),
        verdict=turn.verdict,
        turn=turn.id,
        number=number,
        count=len(turn.quotes),
        grown=steps,
        whole=len(span) >= _FULL or grown(article, span, 1) == span,
        searched=turn.searched,
    )


def quote_of(article: Article, span: Span, stored: StoredQuote) -> Quote:
    """Of an article, with those of the stored marks and words that lie in `span`."""
    marks = tuple(mark for mark in stored.marks if mark in span)
    words = tuple(word for word in stored.words if any(word in mark for mark in marks))
    return Quote(article=article, span=span, highlights=marks, words=words, scores=_UNSCORED, place=1, places=1)
