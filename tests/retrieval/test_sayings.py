"""The same answer of several articles is one saying; different ones stand side by side."""

from dataclasses import replace

import pytest

from index.article import Span
from retrieval.answer import PassageRead, Quote, Scores, Words
from retrieval.sayings import alike, sayings, speaks
from retrieval.sayings import said as said_in
from tests.retrieval.conftest import article, hit


def quote(name: str, text: str, *words: str) -> Quote:
    whole = article(text, name=name)
    spans = tuple(Span(text.index(word), text.index(word) + len(word)) for word in words)
    everything = Span(0, len(text))
    return Quote(
        article=whole, span=everything, highlights=(everything,), words=spans, place=1, places=1,
        scores=Scores(passage=0.0, sentence=0.0, lexical=0.0),
    )  # fmt: skip


def said(*quotes: Quote) -> list[tuple[str, list[str]]]:
    return [(saying.text, [each.article.id for each in saying.quotes]) for saying in sayings(quotes[0], (), quotes[1:])]


def test_articles_that_say_the_same_are_counted_with_the_first_one() -> None:
    assert said(
        quote("a", "They meet on 15 September.", "15 September"),
        quote("b", "It is on the 15th of September 2023, they say: 15 September 2023.", "15 September 2023"),
        quote("c", "The meeting was put off to Friday.", "Friday"),
        quote("d", "On Friday.", "Friday"),
    ) == [("15 September", ["a", "b"]), ("Friday", ["c", "d"])]


def test_articles_that_retell_the_story_say_the_same_with_or_without_words() -> None:
    first, again, other = (
        quote("a", "They meet in Rome.", "Rome"),
        quote("b", "They will meet in Rome."),
        quote("c", "In Paris.", "Paris"),
    )  # fmt: skip
    told = [(each.text, [one.article.id for one in each.quotes]) for each in sayings(first, [again], [again, other])]
    assert told == [("Rome", ["a", "b"]), ("Paris", ["c"])]
    (alone,) = sayings(again, [quote("d", "They will meet in Rome, then.")], ())
    assert alone.text == "They will meet in Rome."


def test_who_tells_the_story_but_answers_with_other_words_says_something_else() -> None:
    first, again = quote("a", "The race was won by Anna.", "Anna"), quote("b", "The race was won by Bruno.", "Bruno")
    assert [each.text for each in sayings(first, [again], ())] == ["Anna", "Bruno"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The plan was approved", "the plan was not approved"),
        ("en", "They won", "They didn’t win"),
        ("it", "10 euro", "10.000 euro"),
        ("it", "3-2", "2-3"),
        ("en", "5 degrees", "-5 degrees"),
        ("en", "1 million", "1.5 million"),
        ("en", "12,000", "12 000 000"),
        ("de", "40", "40,5 Prozent"),
        ("it", "due ponti", "tre ponti"),
        ("es", "dos", "cinco maestros"),
    ],
)
def test_other_numbers_and_the_opposite_are_another_answer(language: str, one: str, other: str) -> None:
    assert not alike(said_in(one, language), said_in(other, language))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "15 September", "on the 15th of September 2023"),
        ("en", "12,000 boats", "12.000 boats"),
        ("it", "due ponti", "2 ponti"),
        ("it", "alle 7.30", "7:30"),
        ("en", "fifty keepers", "the 50 keepers of the lighthouse"),
        ("en", "1939–1945", "from 1939 to 1945"),
        ("en", "10-15 percent", "10 to 15 percent"),
        ("en", "2023-09-15", "2023"),
        ("en", "05/09/2023", "5-9-2023"),
        ("en", "Don Quixote", "Quixote"),
        ("en", "No. 10 Downing Street", "10 Downing Street"),
        ("it", "ne ha 12 figli", "12 figli"),
        ("fr", "une personne de 34 ans", "34 ans"),
    ],
)
def test_an_answer_is_the_same_however_it_is_written(language: str, one: str, other: str) -> None:
    assert alike(said_in(one, language), said_in(other, language))


def test_an_article_speaks_once() -> None:
    assert said(quote("a", "In Rome.", "Rome"), quote("a", "In Paris.", "Paris")) == [("Rome", ["a"])]


def test_a_list_is_one_answer() -> None:
    assert said(quote("a", "Rome and then Paris.", "Rome", "Paris")) == [("Rome … Paris", ["a"])]


@pytest.mark.parametrize("text", ["…", "the", "42"])
def test_words_without_terms_are_alike_when_they_are_the_same(text: str) -> None:
    assert said(quote("a", text, text), quote("b", text, text)) == [(text, ["a", "b"])]


@pytest.mark.parametrize(
    ("margin", "probability", "final", "heard"),
    [(4.0, 0.9, 38.0, True), (1.0, 0.9, 38.0, False), (4.0, 0.5, 38.0, False), (4.0, 0.9, 36.0, False)],
)
def test_another_passage_is_heard_where_it_answers_for_certain_and_search_finds_it_about_as_good(
    margin: float, probability: float, final: float, heard: bool
) -> None:
    read = PassageRead(
        words=(Words(span=Span(0, 3), held=Span(0, 3), text="six", probability=probability),), margin=margin
    )
    assert speaks(replace(hit(2, final=final), read=read), hit(1, final=40.0)) is heard
    assert not speaks(hit(2, final=40.0), hit(1, final=40.0))


def test_quotes_without_words_say_nothing() -> None:
    assert said(quote("a", "Nobody knows.")) == []
