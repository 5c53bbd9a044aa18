"""How a question and a passage are put before the reader's model, and which of its tokens belong to the passage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

from index.article import Span
from index.engine import encodable

BEGIN, SEPARATOR, PADDING = 0, 2, 1
"""Token ids of the default model: `<s>`, `</s>`, `<pad>`."""
_LONGEST_QUESTION = 64
"""Tokens; few questions have more, and their ends say least."""
_OVERLAP = 48
"""Tokens that a window has in common with the one before, so that an answer at its edge is whole in one of them."""
_PART, _SHORT = 0.6, 40
"""How much of a passage is a part of it, and how many tokens are too few to be divided."""
_REST_OF_SYLLABLE = frozenset(map(chr, range(0x1160, 0x1200)))
"""Vowels and last consonants of Korean syllables that are spelt letter by letter."""
_REMEMBERED = 4096
"""Passages whose tokens are kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tokens:
    """A text as token ids, and the characters that each stands for."""

    ids: tuple[int, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A question and a piece of a passage: `<s> query: … </s> passage: … </s>`."""

    ids: tuple[int, ...]
    first: int
    """Place of the passage's first token; the last one stands before the closing separator."""

    def place_of(self, token: int) -> int:
        """Where the piece's `token`, counted from 0, stands."""
        return self.first + token


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """A pair, and which token of the passage its piece begins with."""

    pair: Pair
    begin: int


class PairReader:
    """Tokenizes; a passage that was there lately is not tokenized again. `longest` is in tokens, all in all."""

    def __init__(self, tokenizer: Any, *, longest: int, remembered: int | None = _REMEMBERED) -> None:
        self._tokenizer, self._longest = tokenizer, longest
        self._prompt = self._ids("passage:")
        self.tokens = lru_cache(remembered)(self._tokens)

    def room_for(self, question: str) -> int:
        """Tokens of a passage that fit beside a question."""
        return self._longest - 3 - len(self._prompt) - len(self._question(question))

    def pair(self, question: str, piece: Sequence[int]) -> Pair:
        """The question, and a piece of a passage that fits beside it."""
        before = [BEGIN, *self._question(question), SEPARATOR, *self._prompt]
        return Pair(ids=(*before, *piece, SEPARATOR), first=len(before))

    def windows(self, question: str, text: str) -> Iterator[Window]:
        """A passage beside the question: whole where it fits, else piece by piece."""
        ids, room = self.tokens(text).ids, self.room_for(question)
        for begin in range(0, max(1, len(ids) - _OVERLAP), room - _OVERLAP):
            yield Window(pair=self.pair(question, ids[begin : begin + room]), begin=begin)

    def parts(self, question: str, text: str) -> Iterator[Window]:
        """The first and the last three fifths of a passage; none of one that is short, or too long to be read whole."""
        ids = self.tokens(text).ids
        size = ceil(_PART * len(ids))
        if _SHORT < len(ids) <= self.room_for(question):
            for begin in (0, len(ids) - size):
                yield Window(pair=self.pair(question, ids[begin : begin + size]), begin=begin)

    def _tokens(self, text: str) -> Tokens:
        encoded = self._tokenizer.encode(encodable(text), add_special_tokens=False)
        spans = tuple(Span(start, _whole(text, end)) for start, end in encoded.offsets)
        return Tokens(ids=tuple(encoded.ids), spans=spans)

    def _question(self, text: str) -> list[int]:
        return self._ids(f"query: {encodable(text)}")[:_LONGEST_QUESTION]

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)


def _whole(text: str, end: int) -> int:
    """Where the letter ends that the tokenizer says ends there, without its marks or the rest of its syllable."""
    while end < len(text) and (category(text[end])[0] == "M" or text[end] in _REST_OF_SYLLABLE):
        end += 1
    return end


def padded(rows: Sequence[Sequence[int]], *, step: int = 1) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Ids (n, tokens) and a mask of ones and zeros of that shape; as wide as the longest, rounded up to a `step`."""
    width = -(-max(map(len, rows)) // step) * step
    ids, mask = np.full((len(rows), width), PADDING, np.int64), np.zeros((len(rows), width), np.float32)
    for row, some in enumerate(rows):
        ids[row, : len(some)] = some
        mask[row, : len(some)] = 1
    return ids, mask


def tokens_within(tokens: Tokens, answer: Span) -> tuple[int, int] | None:
    """First and last token of an answer, in characters of the passage; None where it holds no token."""
    within = [
        number for number, span in enumerate(tokens.spans)
        if len(span) and span.start < answer.end and answer.start < span.end
    ]  # fmt: skip
    return (within[0], within[-1]) if within else None
