"""A library answers as an exact computation over all its passages does, in values and in order."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import terms
from index.article import Passage
from index.library import Neighbour
from index.local.library import LocalLibrary
from tests.fakes import HashingEmbedder
from tests.index.local.conftest import WORDS

EMBEDDER = HashingEmbedder()
QUESTIONS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
HOW_MANY = st.integers(0, 12) | st.sampled_from([100, 10_000])


class Exact:
    """What NumPy and the published formulas say of the same passages."""

    def __init__(self, passages: list[Passage]) -> None:
        self.passages = {passage.id: passage for passage in passages}
        self.held = {passage.id: Counter(terms(passage.text, language="it")) for passage in passages}
        self.vectors = {
            passage.id: EMBEDDER.embed_sentences(
                [span.of(passage.article.text).strip() for span in (passage.span, *passage.sentences)]
            )
            for passage in passages
        }

    def nearest(self, question: str, among: set[int]) -> list[Neighbour]:
        vector, found = EMBEDDER.read_question(question).vector.astype(np.float64), []
        for id_ in among & self.passages.keys():
            cosine, *others = self.vectors[id_] @ vector
            found.append(Neighbour(id=id_, passage=float(cosine), sentences=tuple(map(float, others))))
        return sorted(found, key=lambda neighbour: (-neighbour.nearness, neighbour.id))

    def matching(self, wanted: list[str], among: set[int]) -> list[Neighbour]:
        """BM25 as FTS5 documents it: k1 = 1.2, b = 0.75, and what is rare in more than half counts a little."""
        held = self.held
        average = sum(map(Counter.total, held.values())) / len(held)
        scores: dict[int, float] = {}
        for term in wanted:
            holding = sum(term in counts for counts in held.values())
            rarity = max(math.log((len(held) - holding + 0.5) / (holding + 0.5)), 1e-6)
            for id_ in (id_ for id_ in among & held.keys() if held[id_][term]):
                times, length = held[id_][term], held[id_].total() / average
                score = rarity * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length))
                scores[id_] = scores.get(id_, 0.0) + score
        return sorted((Neighbour(id=id_, lexical=score) for id_, score in scores.items()), key=lambda n: -n.lexical)


@pytest.fixture(scope="session")
def exact(stocked: LocalLibrary) -> Exact:
    return Exact(stocked.passages(range(1, 10_000)))


def check(found: list[Neighbour], wanted: list[Neighbour], k: int) -> None:
    """The same values in the same order; those within rounding of each other may change places."""
    by_id = {neighbour.id: neighbour for neighbour in wanted}
    assert len(found) == len({neighbour.id for neighbour in found}) == min(k, len(wanted))
    for place, neighbour in enumerate(found):
        same = by_id[neighbour.id]
        assert neighbour.passage == pytest.approx(same.passage, abs=1e-5)
        assert neighbour.sentences == pytest.approx(same.sentences, abs=1e-5)
        assert neighbour.lexical == pytest.approx(same.lexical, rel=1e-9)
        assert neighbour.nearness == pytest.approx(wanted[place].nearness, abs=1e-5)
        assert neighbour.lexical == pytest.approx(wanted[place].lexical, rel=1e-9)


def test_the_library_under_test_has_many_passages_with_many_sentences(exact: Exact) -> None:
    assert len(exact.passages) > 300
    assert max(len(passage.sentences) for passage in exact.passages.values()) > 3


@given(question=QUESTIONS, k=HOW_MANY)
def test_nearest_gives_the_exact_values_in_the_exact_order(
    stocked: LocalLibrary, exact: Exact, question: str, k: int
) -> None:
    found = stocked.nearest(EMBEDDER.read_question(question).vector, k)
    check(found, exact.nearest(question, set(exact.passages)), k)


@given(question=QUESTIONS, k=HOW_MANY, among=st.lists(st.integers(-2, 500), max_size=30))
def test_nearest_among_some_gives_only_those(
    stocked: LocalLibrary, exact: Exact, question: str, k: int, among: list[int]
) -> None:
    found = stocked.nearest(EMBEDDER.read_question(question).vector, k, among=among)
    check(found, exact.nearest(question, set(among)), k)


@given(question=QUESTIONS, k=st.integers(1, 9))
def test_the_fewer_nearest_begin_the_more(stocked: LocalLibrary, question: str, k: int) -> None:
    """Passages that are equal word for word included: the older one comes first."""
    vector = EMBEDDER.read_question(question).vector
    assert stocked.nearest(vector, k) == stocked.nearest(vector, 10_000)[:k]
    everywhere = [neighbour.id for neighbour in stocked.nearest(vector, 10_000)]
    assert stocked.nearest(vector, k, among=everywhere) == stocked.nearest(vector, k)


@given(wanted=st.lists(st.sampled_from(WORDS), unique=True, max_size=6), k=HOW_MANY)
def test_matching_gives_bm25_in_order(stocked: LocalLibrary, exact: Exact, wanted: list[str], k: int) -> None:
    stems = list(dict.fromkeys(terms(" ".join(wanted), language="it")))
    check(stocked.matching(stems, k), exact.matching(stems, set(exact.passages)), k)


@given(
    wanted=st.lists(st.sampled_from(WORDS), unique=True, min_size=1, max_size=6),
    k=HOW_MANY,
    among=st.lists(st.integers(1, 300), max_size=30),
)
def test_matching_among_some_scores_them_as_in_the_whole(
    stocked: LocalLibrary, exact: Exact, wanted: list[str], k: int, among: list[int]
) -> None:
    stems = list(dict.fromkeys(terms(" ".join(wanted), language="it")))
    check(stocked.matching(stems, k, among=among), exact.matching(stems, set(among)), k)


def test_each_term_is_found_in_as_many_passages_as_hold_it(stocked: LocalLibrary, exact: Exact) -> None:
    expected = Counter(term for held in exact.held.values() for term in held)
    assert stocked.found_in([*expected, "zzz", "OR", '"']) == expected
    assert stocked.found_in([]) == {}


@pytest.mark.parametrize(
    "term", ["OR", "NEAR(a b)", '"', '""', "nave*", "^nave", "stems:nave", "-nave", "(", "", " ", "\ud7ff"]
)
def test_the_syntax_of_the_full_text_index_means_nothing_in_a_term(stocked: LocalLibrary, term: str) -> None:
    assert stocked.matching([term], 10) == []
    assert stocked.matching([term, "nav"], 10) == stocked.matching(["nav"], 10) != []


def test_passages_come_in_the_order_asked_for_and_unknown_ids_are_left_out(stocked: LocalLibrary, exact: Exact) -> None:
    asked = [40, 7, 99_999, 7, 1]
    assert stocked.passages(asked) == [exact.passages[id_] for id_ in (40, 7, 7, 1)]
    assert stocked.passages([]) == []


def test_summaries_say_of_passages_what_ranking_needs(stocked: LocalLibrary, exact: Exact) -> None:
    asked = [40, 7, 99_999, 7, 1]
    for summary, id_ in zip(stocked.summaries(asked), (40, 7, 7, 1), strict=True):
        passage = exact.passages[id_]
        assert summary.id == id_
        assert (summary.article, summary.language) == (passage.article.id, passage.article.language)
        assert (summary.place, summary.places) == (passage.place, passage.places)
        assert list(summary.terms) == terms(passage.text, language="it")
    assert stocked.summaries([]) == []


def test_summaries_have_the_same_key_where_passages_say_the_same(stocked: LocalLibrary, exact: Exact) -> None:
    keys = {summary.id: summary.key for summary in stocked.summaries(list(exact.passages))}
    texts = {id_: passage.text.strip() for id_, passage in exact.passages.items()}
    assert len(set(keys.values())) == len(set(texts.values())) == len({(keys[id_], texts[id_]) for id_ in keys})
    assert len(set(texts.values())) < len(texts)


def test_the_passages_of_an_article_tile_it_and_know_their_places(exact: Exact) -> None:
    of_one = [passage for passage in exact.passages.values() if passage.article.id == "a003"]
    assert len(of_one) > 1
    assert "".join(passage.text for passage in of_one) == of_one[0].article.text
    assert [passage.place for passage in of_one] == list(range(1, len(of_one) + 1))
    assert {passage.places for passage in of_one} == {len(of_one)}
    for passage in of_one:
        assert "".join(span.of(passage.article.text) for span in passage.sentences) == passage.text


def test_articles_are_listed_by_title_with_their_passages_counted(stocked: LocalLibrary, exact: Exact) -> None:
    listed = list(stocked.articles())
    assert [article.title for article in listed] == sorted(f"Titolo {number}" for number in range(160))
    counted = Counter(passage.article.id for passage in exact.passages.values())
    assert {article.id: article.passages for article in listed} == counted
    assert stocked.languages == {"it": 160}


def test_the_passages_of_some_articles_come_in_reading_order_and_those_of_others_stay_away(
    stocked: LocalLibrary,
) -> None:
    everything = stocked.passages(range(1, 10_000))
    names = sorted({passage.article.id for passage in everything})
    chosen = names[::2]
    expected = sorted(
        (passage.article.id, passage.place, passage.id) for passage in everything if passage.article.id in chosen
    )
    assert stocked.passages_of(chosen) == [id_ for _article, _place, id_ in expected]
    assert stocked.passages_of([*chosen, "gone", "\ud800", *map(str, range(100_000, 140_000))]) == stocked.passages_of(
        chosen
    )
    assert stocked.passages_of([]) == []
