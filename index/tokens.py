"""What late interaction compares: the states of a text's tokens, of a passage only their signs.

Late interaction is ColBERT's (Khattab and Zaharia 2020, arXiv 2004.12832); that it needs no training and no more than a
bit of each dimension, docs/decisions/0007 measures.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

DEPTH = 10 / 12
"""How far into the encoder the states are taken: the last layers bend them towards the text's one vector."""

_COMMONEST = 0.1
"""What a piece weighs at least."""

Offsets = Sequence[tuple[int, int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenStates:
    """Of one text, in order; without those that a model puts around it."""

    states: NDArray[np.float32]
    """(tokens, dimension), unit."""
    weights: NDArray[np.float32]
    """(tokens,): how much each one says, rare ones more; 1 on average."""
    starts: NDArray[np.uint32]
    """(tokens,): the character where each one begins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenSigns:
    """Of one passage, in order; punctuation left out."""

    signs: NDArray[np.uint8]
    """(tokens, dimension / 8): a bit for each dimension of a token's state, set where it is above zero."""
    starts: NDArray[np.uint32]
    """(tokens,): the character of the passage's text, white space around it not counted, where each one begins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a model makes of a question: its vector, and the states of its tokens; read-only, for it is remembered."""

    vector: NDArray[np.float32]
    tokens: TokenStates

    def __post_init__(self) -> None:
        for values in (self.vector, self.tokens.states, self.tokens.weights, self.tokens.starts):
            values.setflags(write=False)


def token_states(
    text: str, prompt: str, offsets: Offsets, states: NDArray[np.float32], rarity: NDArray[np.float32]
) -> TokenStates:
    """Of the tokens of `prompt + text` at `offsets`, those of `text`; `rarity` is what each one weighs."""
    before = len(prompt)
    mine = [row for row, (start, end) in enumerate(offsets[: len(states)]) if end > max(start, before)]
    starts = [_first_printed(text, max(0, offsets[row][0] - before)) for row in mine]
    kept = np.asarray(states[mine], np.float32).reshape(len(mine), states.shape[-1])
    weights = np.asarray(rarity[mine], np.float32)
    return TokenStates(
        states=kept / np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), 1e-9),
        weights=weights / max(float(weights.mean()), 1e-9) if len(weights) else weights,
        starts=np.array(starts, np.uint32),
    )


def signs_of(text: str, tokens: TokenStates) -> TokenSigns:
    """The signs of the tokens of `text` that begin with a letter or a digit."""
    said = [row for row, start in enumerate(tokens.starts.tolist()) if start < len(text) and text[start].isalnum()]
    return TokenSigns(signs=np.packbits(tokens.states[said] > 0, axis=1), starts=tokens.starts[said])


def rarities(tokenizer: Any) -> NDArray[np.float32]:
    """How much each piece of the vocabulary says: how unlikely it is, where the tokenizer knows; else all the same."""
    model = json.loads(tokenizer.model.__getstate__())
    if model["type"] != "Unigram":
        return np.ones(tokenizer.get_vocab_size(), np.float32)
    scored = np.array([-score for _, score in model["vocab"]], np.float32)
    added = np.zeros(max(0, tokenizer.get_vocab_size() - len(scored)), np.float32)
    return np.asarray(np.maximum(np.concatenate([scored, added]), _COMMONEST), np.float32)


def no_tokens(dimension: int) -> TokenStates:
    """Of a text without any, and of a model that doesn't show them."""
    none = np.zeros(0, np.float32)
    return TokenStates(states=np.zeros((0, dimension), np.float32), weights=none, starts=none.astype(np.uint32))


def _first_printed(text: str, start: int) -> int:
    """A word's first piece begins at the white space before it."""
    return start + 1 if start + 1 < len(text) and text[start].isspace() else start
