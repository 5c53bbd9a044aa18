"""What other articles say is taken from an answer, or gathered from what still stands."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.elsewhere import NOWHERE, Elsewhere, elsewhere, gathered, words_of
from index.article import Span
from retrieval.answer import Quote
from tests.bot.quotes import answer, saying, worded

SIX, AGAIN, SEVEN, EIGHT, NINE, TEN = (
    worded(f"At {hour}.", hour, known_as=id_)
    for id_, hour in zip("abcdef", ("six", "six", "seven", "eight", "nine", "ten"), strict=True)
)


@pytest.mark.parametrize(("verdict", "told"), [("answered", True), ("unsure", True), ("nothing", False)])
def test_other_articles_are_told_of_only_beneath_an_answer(verdict, told: bool) -> None:
    given = answer(SIX, verdict=verdict, sayings=(saying(SIX, AGAIN), saying(SEVEN, EIGHT), saying(NINE)))
    assert elsewhere(given) == (Elsewhere(same=(AGAIN,), different=(SEVEN, NINE)) if told else NOWHERE)


def test_an_answer_that_no_other_article_gives_or_without_certain_words_is_told_alone() -> None:
    assert elsewhere(answer(SIX, sayings=(saying(SIX),))) == elsewhere(answer(SIX)) == NOWHERE


def test_three_other_answers_are_shown_and_what_is_gone_is_passed_over() -> None:
    found = gathered([[AGAIN], [], [SEVEN, EIGHT], [EIGHT], [NINE], [TEN]])
    assert found == Elsewhere(same=(AGAIN,), different=(SEVEN, EIGHT, NINE))
    assert gathered([]) == gathered([[], []]) == NOWHERE


def test_no_more_articles_are_looked_at_than_are_shown() -> None:
    seen: list[Quote] = []

    def looked_at(*quotes: Quote) -> Iterator[Quote]:
        for quote in quotes:
            seen.append(quote)
            yield quote

    gathered([[], looked_at(SEVEN, AGAIN), looked_at(EIGHT), looked_at(NINE, SIX), looked_at(TEN)])
    assert seen == [SEVEN, EIGHT, NINE]


def test_words_are_told_on_one_line_of_eighty_characters() -> None:
    assert words_of(worded("At  six\no'clock .", "six\no'clock ")) == "six o'clock"
    assert words_of(worded("x" * 80, "x" * 80)) == "x" * 80
    assert words_of(worded("x" * 79 + " yz", "x" * 79 + " yz")) == "x" * 79 + "…"
    two = replace(worded("Ada and Bob.", "Ada"), words=(Span(0, 3), Span(8, 11)))
    assert words_of(two) == "Ada … Bob"
