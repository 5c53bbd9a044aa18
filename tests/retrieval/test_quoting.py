"""Quotes are spans of their articles."""

import pytest

from index.article import Passage, Span
from retrieval.answer import Quote, Scores
from retrieval.quoting import quote_of
from tests.retrieval.conftest import article, hit, question

SCORES = Scores(passage=0.8, sentence=0.8, lexical=0.0)


def test_a_quote_leaves_out_the_white_space_around_its_passage() -> None:
    text = "Before.\n\n  The lake ends in the north.  \n\nAfter."
    start, end = text.index("\n\n  The"), text.index("After")
    passage = Passage(
        id=7, article=article(text), span=Span(start, end), sentences=(Span(start, end),), place=2, places=3
    )
    quote = quote_of(question(), hit(7, cosines=(0.9,)), passage)
    assert quote.text == "The lake ends in the north."
    assert (quote.span.start, quote.span.end) == (11, 38)
    assert quote.highlights == (Span(11, 38),)
    assert (quote.place, quote.places, quote.scores) == (2, 3, SCORES)


@pytest.mark.parametrize(
    ("span", "mark"),
    [
        (Span(2, 6), Span(1, 4)),
        (Span(2, 6), Span(5, 7)),
        (Span(2, 6), Span(0, 1)),
        (Span(2, 99), Span(2, 3)),
        (Span(8, 10), Span(8, 10)),
    ],
)
def test_a_quote_refuses_marks_outside_its_span_and_spans_outside_its_article(span: Span, mark: Span) -> None:
    with pytest.raises(ValueError, match="not a quote of a"):
        Quote(article=article("One. Two."), span=span, highlights=(mark,), scores=SCORES, place=1, places=1)


def test_a_quote_takes_marks_up_to_its_very_ends() -> None:
    whole = Span(0, 9)
    quote = Quote(article=article("One. Two."), span=whole, highlights=(whole,), scores=SCORES, place=1, places=1)
    assert quote.text == "One. Two."
