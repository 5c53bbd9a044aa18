"""What runs a model: the Engine protocol, and batches that suit a processor's caches."""

from collections.abc import Iterator, Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.tokens import TokenStates

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]
Role = Literal["query", "document"]
"""Models put another prompt before a question than before what may answer it."""

_TOKENS = 4096
"""In a batch, padding counted: more no longer fits into the caches, fewer leave cores waiting."""


class Engine(Protocol):
    """A loaded model. One pass at a time; tokens may be counted meanwhile."""

    @property
    def name(self) -> str:
        """For people: what computes, and how precisely."""

    @property
    def dimension(self) -> int:
        """Of the vectors."""

    @property
    def longest(self) -> int:
        """Tokens that are read of a text; what comes after them is cut off."""

    def embed(self, texts: Sequence[str], role: Role) -> Vectors:
        """(n, dimension), unit, in one pass over `texts`, of which there is at least one."""

    def read(self, texts: Sequence[str], role: Role) -> tuple[Vectors, list[TokenStates]]:
        """The same, and the states of each text's tokens; none where the model doesn't show them."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without those that the model puts around it."""


def batches(tokens: Sequence[int], *, longest: int, budget: int = _TOKENS) -> Iterator[list[int]]:
    """Indices of texts by their number of tokens, longest first; alike ones go together, so that little is padded."""
    batch: list[int] = []
    widest = 1
    for index in sorted(range(len(tokens)), key=lambda index: -tokens[index]):
        if batch and (len(batch) + 1) * widest > budget:
            yield batch
            batch = []
        if not batch:
            widest = max(1, min(tokens[index], longest))
        batch.append(index)
    if batch:
        yield batch


def unit(vectors: NDArray[np.float32]) -> Vectors:
    """Of length 1 each."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)


def encodable(text: str) -> str:
    """Half a surrogate pair is no text to a tokenizer; as many characters as before."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
