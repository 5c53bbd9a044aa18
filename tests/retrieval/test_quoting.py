"""Quotes are spans of their articles, and other articles get a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Passage, Span
from retrieval.answer import Hit, Quote, Scores
from retrieval.quoting import courteous, distinct, quote_of
from tests.retrieval.conftest import article, hit, question

SCORES = Scores(passage=0.8, sentence=0.8, lexical=0.0)


def ids(hits: list[Hit]) -> list[int]:
    return [found.passage.id for found in hits]


def test_after_the_best_hit_comes_the_best_of_each_other_article_then_the_rest() -> None:
    ones, twos, threes = (article(name=name) for name in ("one", "two", "three"))
    ranked = [hit(1, of=ones), hit(2, of=ones), hit(3, of=twos), hit(4, of=ones), hit(5, of=threes), hit(6, of=twos)]
    assert ids(courteous(ranked)) == [1, 3, 5, 2, 4, 6]


def test_one_article_alone_keeps_its_order() -> None:
    ranked = [hit(number, of=article()) for number in (3, 1, 2)]
    assert ids(courteous(ranked)) == [3, 1, 2]


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_courtesy_loses_nothing_and_keeps_the_first(names: list[str]) -> None:
    ranked = [hit(number, of=article(name=name)) for number, name in enumerate(names)]
    shown = courteous(ranked)
    assert sorted(ids(shown)) == ids(ranked)
    assert ids(shown)[:1] == ids(ranked)[:1]


def test_the_same_text_is_shown_once_and_the_better_hit_keeps_it() -> None:
    ranked = [
        hit(1, of=article("Agency news.", name="a")),
        hit(2, of=article("Other news.", name="b")),
        hit(3, of=article("  Agency news.\n", name="c")),
        hit(4, of=article("agency news.", name="d")),
    ]
    assert ids(list(distinct(ranked))) == [1, 2, 4]


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
