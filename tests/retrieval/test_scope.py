"""A question about a place is answered from there, else from nearby, else from its article, else from anywhere."""

import pytest

from index.article import Article, Passage, PassageId, Span
from retrieval.question import Place
from retrieval.scope import Scopes, narrowed, overlap, scopes_of
from tests.retrieval.conftest import article, hit

WHOLE = article("One. Two. Three. Four. Five. ", name="a")
STARTS = [0, 5, 10, 17, 23, 29]
SCOPES: Scopes = {
    "passage": frozenset({3}),
    "neighbours": frozenset({2, 3, 4}),
    "article": frozenset({1, 2, 3, 4, 5}),
}


class OneArticle:
    """A library of `WHOLE`, a sentence a passage, their ids from one."""

    def passages_of(self, articles: list[str]) -> list[PassageId]:
        return [1, 2, 3, 4, 5] if WHOLE.id in articles else []

    def passages(self, ids: list[PassageId]) -> list[Passage]:
        spans = [Span(STARTS[id_ - 1], STARTS[id_]) for id_ in ids]
        return [
            Passage(id=id_, article=WHOLE, span=span, sentences=(span,), place=id_, places=5)
            for id_, span in zip(ids, spans, strict=True)
        ]


def at(start: int, end: int, of: Article = WHOLE) -> Place:
    return Place(article=of.id, span=Span(start, end))


def test_around_a_place_are_its_passage_the_one_before_and_after_and_its_article() -> None:
    scopes = scopes_of(at(11, 15), OneArticle())
    assert scopes == SCOPES
    assert list(scopes) == ["passage", "neighbours", "article"]


def test_a_place_that_reaches_into_two_passages_is_in_both() -> None:
    scopes = scopes_of(at(3, 7), OneArticle())
    assert scopes["passage"] == {1, 2}
    assert scopes["neighbours"] == {1, 2, 3}


@pytest.mark.parametrize("place", [at(40, 50), Place(article="gone", span=Span(0, 4))])
def test_a_place_that_is_gone_has_nothing_around_it(place: Place) -> None:
    assert scopes_of(place, OneArticle()) == {}


@pytest.mark.parametrize(
    ("finals", "scope", "order"),
    [
        ({3: 40.0, 9: 41.9, 2: 39.0}, "passage", [3, 9, 2]),
        ({9: 50.0, 2: 49.5, 3: 40.0}, "neighbours", [2, 3, 9]),
        ({9: 50.0, 5: 49.9, 2: 40.0, 3: 39.0}, "article", [5, 2, 3, 9]),
        ({9: 50.0, 5: 40.0, 3: 39.0}, "everything", [9, 5, 3]),
        ({9: 50.0}, "everything", [9]),
        ({}, "everything", []),
    ],
)
def test_the_narrowest_scope_that_answers_about_as_well_as_any_comes_first(
    finals: dict[int, float], scope: str, order: list[int]
) -> None:
    hits = [hit(number, final=final) for number, final in finals.items()]
    chosen, kept = narrowed(hits, SCOPES)
    assert (chosen, [kept_hit.passage.id for kept_hit in kept]) == (scope, order)


def test_without_a_place_everything_stays_as_it_is() -> None:
    hits = [hit(1, final=2.0), hit(2, final=1.0)]
    assert narrowed(hits, {}) == ("everything", hits)


@pytest.mark.parametrize(
    ("one", "other", "they_do"),
    [
        ((0, 5), (4, 6), True),
        ((0, 5), (5, 6), False),
        ((0, 5), (2, 2), True),
        ((3, 3), (3, 3), True),
        ((0, 5), (6, 6), False),
    ],
)
def test_spans_overlap_where_they_share_a_character(
    one: tuple[int, int], other: tuple[int, int], they_do: bool
) -> None:
    assert overlap(Span(*one), Span(*other)) is they_do
    assert overlap(Span(*other), Span(*one)) is they_do
