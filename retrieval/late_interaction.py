"""How well each of the question's tokens is met somewhere in a passage, by the signs of what the model made of them.

MaxSim of ColBERT (Khattab and Zaharia 2020), the question in full precision against a bit for each dimension.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.analysis import asked_terms
from index.library import Library, PassageTokens
from index.tokens import TokenStates
from retrieval.answer import Hit
from retrieval.question import Question

LOOKED_AT = 40
"""Hits, the best ones; what comes after them is hardly ever right."""

_FEWEST_WORDS = 2
"""That carry meaning. A single one is met wherever its subject comes up: it says less than the question's vector."""

Values = NDArray[np.float32]


def interact(question: Question, asked: TokenStates, hits: Sequence[Hit], library: Library) -> list[Hit]:
    """The same hits in the same order, with the evidence of tokens where question and library have enough of them."""
    meant = len(asked_terms(question.text, languages=[question.language]))
    tokens = library.tokens([hit.passage.id for hit in hits]) if len(asked.states) and meant >= _FEWEST_WORDS else {}
    if not tokens:
        return list(hits)
    met = dict(zip(tokens, met_of(asked, list(tokens.values())), strict=True))
    return [_with(hit, *met[hit.passage.id]) if hit.passage.id in met else hit for hit in hits]


def _with(hit: Hit, whole: float, sentences: dict[int, float]) -> Hit:
    by_sentence = tuple(sentences.get(place, 0.0) for place in range(len(hit.sentence_cosines)))
    return replace(hit, scores=replace(hit.scores, tokens=whole), sentence_tokens=by_sentence)


def met_of(asked: TokenStates, passages: Sequence[PassageTokens]) -> list[tuple[float, dict[int, float]]]:
    """For each passage: the weighted sum of each asked token's best product, and the same for each of its sentences.

    Each must have a token.
    """
    signs = np.concatenate([passage.signs for passage in passages])
    signs = np.unpackbits(signs, axis=1, count=asked.states.shape[1])
    products = 2 * (asked.states @ signs.astype(np.float32).T) - asked.states.sum(axis=1, keepdims=True)
    products /= np.sqrt(np.float32(signs.shape[1]))
    begins, owners = _sentences(passages)
    best: Values = np.maximum.reduceat(products, begins, axis=1)
    first = np.flatnonzero(np.diff([-1, *(passage for passage, _ in owners)]))
    wholes = asked.weights @ np.maximum.reduceat(best, first, axis=1)
    by_sentence: list[dict[int, float]] = [{} for _ in passages]
    for (passage, sentence), value in zip(owners, (asked.weights @ best).tolist(), strict=True):
        by_sentence[passage][sentence] = value
    return list(zip(wholes.tolist(), by_sentence, strict=True))


def _sentences(passages: Sequence[PassageTokens]) -> tuple[list[int], list[tuple[int, int]]]:
    """Where the tokens of each sentence begin among all, and which passage's which sentence it is."""
    begins: list[int] = []
    owners: list[tuple[int, int]] = []
    at = 0
    for number, passage in enumerate(passages):
        changes = np.flatnonzero(np.diff(passage.sentences, prepend=-1))
        begins.extend((at + changes).tolist())
        owners.extend((number, int(sentence)) for sentence in passage.sentences[changes])
        at += len(passage.sentences)
    return begins, owners
