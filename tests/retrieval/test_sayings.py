"""The same answer of several articles is one saying; different ones stand side by side."""

import pytest

from index.article import Span
from retrieval.answer import Quote, Scores
from retrieval.sayings import sayings
from tests.retrieval.conftest import article


def quote(name: str, text: str, *words: str) -> Quote:
    whole = article(text, name=name)
    spans = tuple(Span(text.index(word), text.index(word) + len(word)) for word in words)
    everything = Span(0, len(text))
    return Quote(
        article=whole, span=everything, highlights=(everything,), words=spans, place=1, places=1,
        scores=Scores(passage=0.0, sentence=0.0, lexical=0.0),
    )  # fmt: skip


def said(*quotes: Quote) -> list[tuple[str, list[str]]]:
    return [(saying.text, [each.article.id for each in saying.quotes]) for saying in sayings(quotes)]


def test_articles_that_say_the_same_are_counted_with_the_first_one() -> None:
    assert said(
        quote("a", "They meet on 15 September.", "15 September"),
        quote("b", "It is on the 15th of September 2023, they say: 15 September 2023.", "15 September 2023"),
        quote("c", "The meeting was put off to Friday.", "Friday"),
        quote("d", "On Friday.", "Friday"),
    ) == [("15 September", ["a", "b"]), ("Friday", ["c", "d"])]


def test_an_article_speaks_once() -> None:
    assert said(quote("a", "In Rome.", "Rome"), quote("a", "In Paris.", "Paris")) == [("Rome", ["a"])]


def test_a_list_is_one_answer() -> None:
    assert said(quote("a", "Rome and then Paris.", "Rome", "Paris")) == [("Rome … Paris", ["a"])]


@pytest.mark.parametrize("text", ["…", "the", "42"])
def test_words_without_terms_are_alike_when_they_are_the_same(text: str) -> None:
    assert said(quote("a", text, text), quote("b", text, text)) == [(text, ["a", "b"])]


def test_quotes_without_words_say_nothing() -> None:
    assert said(quote("a", "Nobody knows.")) == []
