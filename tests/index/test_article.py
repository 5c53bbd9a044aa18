"""Spans are slices of a text, digests change with whatever a reader would see."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, Passage, Span, content_digest

ARTICLE = Article(
    id="a1",
    title="Il faro",
    text="Il faro è spento. Nessuno lo sa.",
    language="it",
    source="faro.txt",
    author="Ada Neri",
    published=date(2024, 5, 1),
    url="https://example.org/faro",
)
PAGES = replace(ARTICLE, pages=(0, 18, 18, 32))


@pytest.mark.parametrize(("position", "page"), [(0, 1), (17, 1), (18, 3), (31, 3), (32, 4)])
def test_a_character_is_on_the_page_that_began_last(position: int, page: int) -> None:
    """An empty page begins where the next one does."""
    assert PAGES.page_at(position) == (page, 4)


def test_an_article_without_pages_has_none_and_its_digest_is_as_it_was() -> None:
    assert ARTICLE.page_at(0) is None
    seen = (ARTICLE.title, ARTICLE.text, "it", "Ada Neri", date(2024, 5, 1), ARTICLE.url, "faro.txt")
    assert ARTICLE.digest == content_digest(*seen)
    assert PAGES.digest not in (ARTICLE.digest, replace(PAGES, pages=(0, 18)).digest)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-5, -1)])
def test_a_span_that_runs_backwards_or_begins_before_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


def test_a_span_names_a_slice_and_knows_its_length() -> None:
    assert Span(3, 7).of("Il faro è spento.") == "faro"
    assert len(Span(3, 7)) == 4
    assert len(Span(5, 5)) == 0


@pytest.mark.parametrize(
    ("inner", "inside"),
    [(Span(2, 8), True), (Span(3, 3), True), (Span(1, 4), False), (Span(4, 9), False), (Span(0, 20), False)],
)
def test_a_span_contains_those_that_do_not_reach_beyond_it(inner: Span, inside: bool) -> None:
    assert (inner in Span(2, 8)) is inside


def test_spans_are_ordered_by_where_they_start() -> None:
    assert sorted([Span(5, 6), Span(0, 9), Span(0, 3)]) == [Span(0, 3), Span(0, 9), Span(5, 6)]


@given(text=st.text(), data=st.data())
def test_trimming_takes_away_white_space_and_nothing_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    trimmed = span.trimmed(text)
    assert trimmed in span
    assert trimmed.of(text) == span.of(text).strip()


def test_the_digest_stays_while_a_reader_would_see_the_same() -> None:
    assert replace(ARTICLE).digest == ARTICLE.digest
    assert replace(ARTICLE, id="another").digest == ARTICLE.digest


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Il Faro"},
        {"text": "Il faro è spento."},
        {"language": "en"},
        {"source": "faro.md"},
        {"author": None},
        {"published": date(2024, 5, 2)},
        {"url": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_digest_changes_with_what_a_reader_would_see(change: dict[str, object]) -> None:
    assert replace(ARTICLE, **change).digest != ARTICLE.digest


@given(st.lists(st.text(), min_size=2, max_size=4), st.integers(0, 8))
def test_text_that_moves_from_one_part_to_the_next_changes_the_digest(parts: list[str], taken: int) -> None:
    moved = [parts[0] + parts[1][:taken], parts[1][taken:], *parts[2:]]
    assert (content_digest(*moved) == content_digest(*parts)) is (moved == parts)


def test_a_digest_can_be_made_of_any_text_even_a_lone_surrogate() -> None:
    assert content_digest("\ud800") != content_digest("\udfff")
    assert len(content_digest()) == 32


def test_the_text_of_a_passage_is_a_slice_of_its_article() -> None:
    passage = Passage(id=7, article=ARTICLE, span=Span(18, 32), sentences=(Span(18, 32),))
    assert passage.text == "Nessuno lo sa."
