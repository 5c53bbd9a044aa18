"""How a question and a passage are put before the model, and which of its tokens belong to the passage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from index.article import Span

BEGIN, SEPARATOR, PADDING = 0, 2, 1
"""Token ids of the default model: `<s>`, `</s>`, `<pad>`."""
_LONGEST_QUESTION = 64
"""Tokens; few questions have more, and their ends say least."""


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


class PairReader:
    """Tokenizes; each passage once, however many questions are asked about it."""

    def __init__(self, tokenizer: Any, *, longest: int) -> None:
        self._tokenizer, self._longest = tokenizer, longest
        self._prompt = self._ids("passage:")
        self._passages: dict[str, Tokens] = {}

    def tokens(self, text: str) -> Tokens:
        """Of a passage."""
        if text not in self._passages:
            encoded = self._tokenizer.encode(text, add_special_tokens=False)
            spans = tuple(Span(start, end) for start, end in encoded.offsets)
            self._passages[text] = Tokens(ids=tuple(encoded.ids), spans=spans)
        return self._passages[text]

    def room_for(self, question: str) -> int:
        """Tokens of a passage that fit beside a question."""
        return self._longest - 3 - len(self._prompt) - len(self._question(question))

    def pair(self, question: str, piece: Sequence[int]) -> Pair:
        """The question, and a piece of a passage that fits beside it."""
        before = [BEGIN, *self._question(question), SEPARATOR, *self._prompt]
        return Pair(ids=(*before, *piece, SEPARATOR), first=len(before))

    def _question(self, text: str) -> list[int]:
        return self._ids(f"query: {text}")[:_LONGEST_QUESTION]

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)


def tokens_within(tokens: Tokens, answer: Span) -> tuple[int, int] | None:
    """First and last token of an answer, in characters of the passage; None where it holds no token."""
    within = [
        number for number, span in enumerate(tokens.spans)
        if len(span) and span.start < answer.end and answer.start < span.end
    ]  # fmt: skip
    return (within[0], within[-1]) if within else None
