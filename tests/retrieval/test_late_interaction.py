"""Late interaction gives what MaxSim, worked out token by token, gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.library import PassageTokens
from index.tokens import TokenStates, no_tokens
from retrieval.answer import Hit
from retrieval.late_interaction import interact
from tests.retrieval.conftest import hit, question

ASKED = question("which river crosses the valley?")


class TokensAlone:
    """The part of a library that is asked."""

    def __init__(self, held: dict[int, PassageTokens]) -> None:
        self._held = held

    def tokens(self, ids: list[int]) -> dict[int, PassageTokens]:
        """In an order of its own."""
        return {id_: self._held[id_] for id_ in sorted(self._held, reverse=True) if id_ in ids}


def asked_of(rng: np.random.Generator, tokens: int, dimension: int) -> TokenStates:
    states = rng.normal(size=(tokens, dimension))
    weights = rng.random(tokens) + 0.1
    return TokenStates(
        states=(states / np.linalg.norm(states, axis=1, keepdims=True)).astype(np.float32),
        weights=(weights / weights.sum()).astype(np.float32),
        starts=np.arange(tokens, dtype=np.uint32),
    )


def held_of(rng: np.random.Generator, sentences: list[int], dimension: int) -> PassageTokens:
    """`sentences` says how many tokens each one has."""
    bits = rng.integers(0, 2, (sum(sentences), dimension)).astype(bool)
    return PassageTokens(signs=np.packbits(bits, axis=1), sentences=np.repeat(np.arange(len(sentences)), sentences))


def met(asked: TokenStates, signs: np.ndarray) -> float:
    """MaxSim: of each asked token the best cosine with any of these tokens' signs, weighted."""
    total = 0.0
    dimension = asked.states.shape[1]
    for state, weight in zip(asked.states.astype(float), asked.weights.astype(float), strict=True):
        best = -np.inf
        for bits in signs:
            vector = [1.0 if bits[place // 8] >> (7 - place % 8) & 1 else -1.0 for place in range(dimension)]
            best = max(best, sum(a * b for a, b in zip(state, vector, strict=True)) / dimension**0.5)
        total += weight * best
    return total


@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 4),
    st.sampled_from([8, 12, 32]),
    st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=5),
)
def test_passages_and_sentences_are_worth_their_maxsim(
    seed: int, count: int, dimension: int, passages: list[list[int]]
) -> None:
    rng = np.random.default_rng(seed)
    asked = asked_of(rng, count, dimension)
    held = {number: held_of(rng, some, dimension) for number, some in enumerate(passages, 1) if sum(some)}
    hits = [hit(number, sentences=["One. "] * len(some)) for number, some in enumerate(passages, 1)]
    found = interact(ASKED, asked, hits, TokensAlone(held))
    assert [one.passage.id for one in found] == list(range(1, len(passages) + 1))
    for before, after, some in zip(hits, found, passages, strict=True):
        if not sum(some):
            assert after is before
            continue
        tokens = held[before.passage.id]
        assert after.scores.tokens == pytest.approx(met(asked, tokens.signs), abs=1e-5)
        expected = [
            met(asked, tokens.signs[tokens.sentences == place]) if size else 0.0 for place, size in enumerate(some)
        ]
        assert after.sentence_tokens == pytest.approx(expected, abs=1e-5)


def test_a_passage_that_says_the_same_is_worth_one_by_its_signs() -> None:
    bits = np.array([[1, 0] * 4, [1, 1, 0, 0] * 2], bool)
    states = (np.where(bits, 1, -1) / 8**0.5).astype(np.float32)
    asked = TokenStates(states=states, weights=np.array([0.75, 0.25], np.float32), starts=np.array([0, 1], np.uint32))
    signs = np.packbits(bits, axis=1)
    held = {
        1: PassageTokens(signs=signs, sentences=np.array([0, 0])),
        2: PassageTokens(signs=signs, sentences=np.array([0, 2])),
        3: PassageTokens(signs=signs[:1], sentences=np.array([1])),
        4: PassageTokens(signs=~signs[:1], sentences=np.array([0])),
    }
    hits = [hit(number, sentences=["One. "] * 3) for number in held]
    found = interact(ASKED, asked, hits, TokensAlone(held))
    assert [one.scores.tokens for one in found] == pytest.approx([1, 1, 0.75, -0.75], abs=1e-6)
    assert found[0].sentence_tokens == pytest.approx((1, 0, 0), abs=1e-6)
    assert found[1].sentence_tokens == pytest.approx((0.75, 0, 0.25), abs=1e-6)
    assert found[2].sentence_tokens == pytest.approx((0, 0.75, 0), abs=1e-6)


def test_nothing_but_the_tokens_evidence_is_added_and_the_order_is_kept() -> None:
    rng = np.random.default_rng(1)
    held = {number: held_of(rng, [2, 1], 16) for number in (2, 5)}
    hits = [hit(number, cosines=(0.5, 0.25), passage=number / 10, final=1 / number) for number in (5, 3, 2)]
    found = interact(ASKED, asked_of(rng, 3, 16), hits, TokensAlone(held))
    assert found[1] is hits[1]
    assert [_without_tokens(one) for one in found] == [_without_tokens(one) for one in hits]
    assert all(len(one.sentence_tokens) == 2 and one.scores.tokens is not None for one in (found[0], found[2]))


def _without_tokens(one: Hit) -> tuple[object, ...]:
    scores = one.scores
    evidence = (scores.passage, scores.sentence, scores.lexical, scores.rerank, scores.final)
    return one.passage, one.sentence_cosines, evidence, one.coverage


def test_without_tokens_in_the_question_or_in_the_library_the_hits_stay_as_they_are() -> None:
    rng = np.random.default_rng(1)
    hits = [hit(2), hit(1)]
    held = {1: held_of(rng, [2], 8), 2: held_of(rng, [2], 8)}
    assert interact(ASKED, no_tokens(8), hits, TokensAlone(held)) == hits
    assert interact(ASKED, asked_of(rng, 2, 8), hits, TokensAlone({})) == hits
    assert interact(ASKED, asked_of(rng, 2, 8), [], TokensAlone(held)) == []


def test_a_question_of_a_single_word_that_carries_meaning_is_left_to_its_vector() -> None:
    rng = np.random.default_rng(3)
    hits, held = [hit(1, sentences=["One. "])], TokensAlone({1: held_of(rng, [2], 8)})
    assert interact(question("where are they meeting?"), asked_of(rng, 4, 8), hits, held) == hits
    assert interact(ASKED, asked_of(rng, 4, 8), hits, held) != hits
