"""Hits are ranked by nearness and by the question's words, whatever language they are in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer import Hit
from retrieval.fusion import (
    FOREIGN,
    OTHER_LANGUAGE,
    SAME_LANGUAGE,
    SENTENCE,
    SENTENCE_TOKENS,
    SPREAD,
    TOKENS,
    fuse,
)
from tests.retrieval.conftest import article, hit, question

ENGLISH = question(language="en")


def ids(hits: list[Hit]) -> list[int]:
    return [found.passage.id for found in hits]


def test_nothing_found_is_nothing_ranked() -> None:
    assert fuse(ENGLISH, []) == []


def test_points_are_the_same_whatever_else_was_found() -> None:
    (only,) = fuse(ENGLISH, [hit(1, passage=0.8, sentence=0.8)])
    assert only.scores.final == pytest.approx(0.8 / SPREAD)
    assert fuse(ENGLISH, [hit(1, passage=0.8, sentence=0.8), hit(2, sentence=0.1)])[0] == only


def test_tokens_met_in_the_passage_and_in_a_sentence_lift_a_hit() -> None:
    plain, met = hit(1, sentence=0.82), hit(2, sentence=0.81)
    met = replace(met, scores=replace(met.scores, tokens=3.0), sentence_tokens=(2.0,))
    first, second = fuse(ENGLISH, [plain, met])
    assert ids([first, second]) == [2, 1]
    nearer = SENTENCE * (0.81 + 2 * SENTENCE_TOKENS - 0.82) / SPREAD
    assert first.scores.final - second.scores.final == pytest.approx(nearer), "who wasn't looked at counts as the worst"


def test_of_two_hits_as_near_the_one_that_meets_more_tokens_comes_first() -> None:
    hits = [hit(1), hit(2)]
    hits = [replace(h, scores=replace(h.scores, tokens=n)) for h, n in zip(hits, (2.0, 3.0), strict=True)]
    first, second = fuse(ENGLISH, hits)
    assert ids([first, second]) == [2, 1]
    assert first.scores.final - second.scores.final == pytest.approx(TOKENS)


def test_the_nearer_comes_first_and_the_sentence_counts_for_more() -> None:
    near_sentence = hit(1, sentence=0.9, passage=0.8)
    near_passage = hit(2, sentence=0.8, passage=0.9)
    far = hit(3, sentence=0.7, passage=0.7)
    assert ids(fuse(ENGLISH, [far, near_passage, near_sentence])) == [1, 2, 3]


def test_the_questions_words_lift_a_hit_above_one_that_is_a_little_nearer() -> None:
    hits = [hit(1, sentence=0.82), hit(2, sentence=0.80, coverage=1.0), hit(3, sentence=0.70), hit(4, sentence=0.71)]
    assert ids(fuse(ENGLISH, hits)) == [2, 1, 4, 3]


def test_words_are_worth_more_in_the_questions_own_language() -> None:
    english, italian = article(name="en", language="en"), article(name="it", language="it")
    own = hit(1, of=english, sentence=0.8 + FOREIGN, passage=0.8 + FOREIGN, coverage=1.0)
    other = hit(2, of=italian, sentence=0.8, passage=0.8, coverage=1.0)
    first, second = fuse(ENGLISH, [other, own])
    assert ids([first, second]) == [1, 2]
    assert first.scores.final - second.scores.final == pytest.approx(SAME_LANGUAGE - OTHER_LANGUAGE)


@pytest.mark.parametrize(("language", "order"), [("en", [2, 1, 4, 3]), ("it", [1, 3, 2, 4]), ("de", [1, 2, 3, 4])])
def test_a_little_less_near_is_enough_in_another_language(language: str, order: list[int]) -> None:
    english, italian = article(name="en", language="en"), article(name="it", language="it")
    nearness = [(1, english, 0.82), (2, italian, 0.80), (3, english, 0.775), (4, italian, 0.75)]
    hits = [hit(id_, of=of, sentence=near, passage=near) for id_, of, near in nearness]
    assert ids(fuse(question(language=language), hits)) == order


def test_what_a_language_is_raised_by_counts_in_the_ranking_and_is_no_nearness() -> None:
    first, second = fuse(ENGLISH, [hit(1), replace(hit(2), raised=0.1)])
    assert ids([first, second]) == [2, 1]
    assert first.scores.final - second.scores.final == pytest.approx(0.1 / SPREAD)
    assert (first.scores.passage, first.scores.sentence) == (second.scores.passage, second.scores.sentence)


def test_equal_hits_stand_in_the_order_of_their_passages() -> None:
    assert ids(fuse(ENGLISH, [hit(3), hit(1), hit(2)])) == [1, 2, 3]


@given(st.permutations(range(6)))
def test_the_order_in_which_hits_were_found_says_nothing(order: list[int]) -> None:
    hits = [hit(n, sentence=0.7 + n % 4 / 20, coverage=n % 3 / 2) for n in range(6)]
    fused = fuse(ENGLISH, [hits[place] for place in order])
    assert ids(fused) == ids(fuse(ENGLISH, hits))
    finals = [found.scores.final for found in fused]
    assert finals == sorted(finals, reverse=True)


def test_evidence_is_carried_through_and_only_the_final_score_is_new() -> None:
    before = hit(1, passage=0.81, sentence=0.83, coverage=0.5)
    (after, _) = fuse(ENGLISH, [before, hit(2, sentence=0.1)])
    assert (after.scores.passage, after.scores.sentence, after.scores.lexical) == (0.81, 0.83, 0.0)
    assert (after.passage, after.sentence_cosines, after.coverage) == (before.passage, (0.83,) * 1, 0.5)
    assert after.scores.final > 0
