"""What was quoted is kept by places, with the words that answer, and with what other articles say."""

from collections.abc import Callable
from dataclasses import replace

from bot.state.quotes import StoredQuote
from bot.state.store import Store
from bot.state.turns import Asking, StoredTurn, Turns
from index.article import Span, content_digest
from retrieval.answer import Quote
from tests.bot.quotes import answer, article, quote, saying, worded

Ask = Callable[..., StoredTurn]
ASKING = Asking(chat=5, user=5, message=1)
SIX, AGAIN, SEVEN, EIGHT = (
    worded(f"🦉 At {hour}.", hour, known_as=id_)
    for id_, hour in zip("abcd", ("six", "six", "seven", "eight"), strict=True)
)


def stored(made: Quote) -> StoredQuote:
    digest = content_digest(made.text)
    return StoredQuote(article=made.article.id, span=made.span, marks=made.highlights, digest=digest, words=made.words)


def test_words_come_back_with_their_quotes(store: Store) -> None:
    two = replace(quote("One. Two three.", Span(5, 15)), words=(Span(5, 8), Span(9, 14)))
    kept = Turns(store).keep(ASKING, answer(two, quote("Three.")), generation=1)
    assert [each.words for each in kept.quotes] == [(Span(5, 8), Span(9, 14)), ()]
    assert kept.quotes == (stored(two), stored(quote("Three.")))


def test_what_other_articles_say_comes_back_in_its_order_without_the_first_quote(store: Store) -> None:
    given = answer(SIX, sayings=(saying(SIX, AGAIN, SEVEN), saying(EIGHT, SEVEN), saying(AGAIN)))
    kept = Turns(store).keep(ASKING, given, generation=1)
    assert kept.sayings == (
        (stored(AGAIN), stored(SEVEN)), (stored(EIGHT), stored(SEVEN)), (stored(AGAIN),)
    )  # fmt: skip
    assert store.rows("SELECT turn, number, place, article, words FROM sayings WHERE number = 2") == [
        (kept.id, 2, 1, "d", "[[5, 10]]"), (kept.id, 2, 2, "c", "[[5, 10]]")
    ]  # fmt: skip


def test_where_none_says_the_same_those_that_say_something_else_are_not_taken_for_it(store: Store) -> None:
    kept = Turns(store).keep(ASKING, answer(SIX, sayings=(saying(SIX), saying(SEVEN))), generation=1)
    assert kept.sayings == ((), (stored(SEVEN),))
    alone = Turns(store).keep(replace(ASKING, message=2), answer(SIX, sayings=(saying(SIX),)), generation=1)
    assert alone.sayings == ()


def test_a_new_answer_takes_the_place_of_all_that_was_kept(store: Store, ask: Ask) -> None:
    turns, first = Turns(store), ask(message=1)
    assert [len(quotes) for quotes in first.sayings] == [1, 1]
    anew = turns.answered_anew(first.id, answer(EIGHT, sayings=(saying(EIGHT, SEVEN),)), generation=4)
    assert anew is not None
    assert (anew.quotes, anew.sayings) == ((stored(EIGHT),), ((stored(SEVEN),),))
    edited = turns.keep(ASKING, answer(SEVEN), generation=5)
    assert (edited.id, edited.quotes, edited.sayings) == (first.id, (stored(SEVEN),), ())
    assert store.rows("SELECT * FROM sayings") == []


def test_words_stand_only_in_an_article_that_says_them_there_as_it_did() -> None:
    kept = stored(SIX)
    texts = ("🦉 At six.", "🦉 At six. Or so.", "🦉 At ten.", "🦉 Not six.", "🦉 At")
    assert [kept.stands_in(article(text)) for text in texts] == [True, True, False, False, False]
