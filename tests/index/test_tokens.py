"""Of what a model makes of a text's tokens, the text's own are kept, and of a passage's only the signs."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from index.tokens import TokenStates, no_tokens, rarities, signs_of, token_states

PIECE = re.compile(r"\w+|[^\w\s]+")
WRITTEN = st.text(max_size=40) | st.text(st.sampled_from("aé7 .,\n\u3000灯أ🙂\ud83d\u0301"), max_size=40)


def states_of(text: str, prompt: str = "", dimension: int = 8) -> TokenStates:
    """A token for each word and each run of signs, with one before and one after them that stand for no text."""
    spans = [(0, 0), *(piece.span() for piece in PIECE.finditer(prompt + text)), (0, 0)]
    states = np.random.default_rng(3).normal(size=(len(spans), dimension)).astype(np.float32)
    return token_states(text, prompt, spans, states, np.arange(1, len(spans) + 1, dtype=np.float32))


def test_the_prompts_tokens_and_those_around_are_left_out_and_starts_count_from_the_text() -> None:
    offsets = [(0, 0), (0, 3), (3, 4), (4, 7), (7, 12), (12, 13), (0, 0)]
    states = np.array([[9, 9], [9, 9], [9, 9], [3, 4], [0, -2], [-5, 12], [9, 9]], np.float32)
    tokens = token_states("il faro.", "say: ", offsets, states, np.array([9, 9, 9, 1, 2, 5, 9], np.float32))
    np.testing.assert_allclose(tokens.states, [[0.6, 0.8], [0, -1], [-5 / 13, 12 / 13]], rtol=1e-6)
    np.testing.assert_allclose(tokens.weights, [3 / 8, 6 / 8, 15 / 8])
    assert tokens.starts.tolist() == [0, 3, 7]


def test_of_a_text_that_was_cut_off_the_tokens_that_were_read_are_kept() -> None:
    tokens = token_states("a b c", "", [(0, 1), (2, 3), (4, 5)], np.eye(2, dtype=np.float32), np.ones(2, np.float32))
    assert tokens.starts.tolist() == [0, 2]
    assert tokens.weights.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_text_without_tokens_has_no_states_and_no_signs(text: str) -> None:
    tokens = states_of(text, "say: ")
    assert (tokens.states.shape, tokens.weights.shape, tokens.starts.shape) == ((0, 8), (0,), (0,))
    signs = signs_of(text, tokens)
    assert (signs.signs.shape, signs.starts.tolist()) == ((0, 1), [])
    assert no_tokens(8).states.shape == (0, 8)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("... !? —", []),
        ("Il faro, sì!", [0, 3, 9]),
        ("🙂 sole 🔩", [2]),
        ("老桥, 灯台。", [0, 4]),
        ("أين، المنارة؟", [0, 5]),
        ("mezza \ud83d coppia", [0, 8]),
        ("½ e 7", [0, 2, 4]),
    ],
)
def test_signs_are_kept_of_tokens_that_begin_with_a_letter_or_a_digit(text: str, starts: list[int]) -> None:
    assert signs_of(text, states_of(text, "say: ")).starts.tolist() == starts


def test_a_bit_is_set_where_a_state_is_above_zero() -> None:
    states = np.array([[1, -1, 0, 2, -3, 4, -5, 6, 7], [-1] * 9, [1] * 9], np.float32)
    tokens = TokenStates(states=states, weights=np.ones(3, np.float32) / 3, starts=np.array([0, 2, 4], np.uint32))
    signs = signs_of("a . b", tokens)
    assert signs.signs.tolist() == [[0b1001_0101, 0b1000_0000], [0b1111_1111, 0b1000_0000]]
    assert signs.starts.tolist() == [0, 4]


@given(WRITTEN, st.sampled_from(["", "say: ", "query : "]))
def test_states_are_unit_weights_are_one_on_average_and_starts_rise_within_the_text(text: str, prompt: str) -> None:
    tokens = states_of(text, prompt)
    assert tokens.starts.tolist() == [piece.start() for piece in PIECE.finditer(text)]
    np.testing.assert_allclose(np.linalg.norm(tokens.states, axis=1), 1, atol=1e-5)
    assert len(tokens.weights) == 0 or float(tokens.weights.mean()) == pytest.approx(1, abs=1e-5)
    assert (np.diff(tokens.weights) > 0).all()
    signs = signs_of(text, tokens)
    assert all(text[start].isalnum() for start in signs.starts)
    kept = tokens.states[np.isin(tokens.starts, signs.starts)]
    np.testing.assert_array_equal(np.unpackbits(signs.signs, axis=1), kept > 0)


def test_a_piece_weighs_what_the_tokenizer_says_of_its_rarity_and_at_least_a_little() -> None:
    tokenizer = Tokenizer(models.Unigram([("<unk>", 0.0), ("a", -2.5), ("b", -7.0)], 0, False))
    tokenizer.add_tokens(["c"])
    np.testing.assert_allclose(rarities(tokenizer), [0.1, 2.5, 7.0, 0.1])


def test_pieces_weigh_the_same_where_the_tokenizer_knows_nothing_of_their_rarity() -> None:
    assert rarities(Tokenizer(models.WordLevel({"a": 0, "b": 1}, unk_token="a"))).tolist() == [1, 1]
