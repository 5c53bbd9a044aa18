"""Small real programs that stand in for big ones: embedders that need no model, quick and the same every time."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from index.embedding import Vector, Vectors
from index.progress import Progress, Report, silent
from index.tokens import Reading, TokenSigns, TokenStates, signs_of, token_states

DIMENSION = 64
_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """Each word is a direction of its own, a text the sum of its words: shared words make texts near."""

    def __init__(self, fingerprint: str = "hashing/1") -> None:
        self.fingerprint = fingerprint

    def embed_sentences(self, texts: Sequence[str], report: Report = silent) -> Vectors:
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = _embedded(text)
        report(Progress(step="embedding", done=len(texts), total=len(texts)))
        return vectors

    def read_passages(self, texts: Sequence[str], report: Report = silent) -> tuple[Vectors, list[TokenSigns]]:
        return self.embed_sentences(texts, report), [signs_of(text, _states(text)) for text in texts]

    def read_question(self, text: str) -> Reading:
        return Reading(vector=_embedded(text), tokens=_states(text))

    def read_questions(self, texts: Sequence[str]) -> list[Reading]:
        return [self.read_question(text) for text in texts]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(_WORD.findall(text)) for text in texts]


class RecordingEmbedder(HashingEmbedder):
    """Remembers what it was asked to do."""

    def __init__(self, fingerprint: str = "hashing/1") -> None:
        super().__init__(fingerprint)
        self.embedded: list[str] = []
        self.counted: list[str] = []

    def embed_sentences(self, texts: Sequence[str], report: Report = silent) -> Vectors:
        self.embedded.extend(texts)
        return super().embed_sentences(texts, report)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        self.counted.extend(texts)
        return super().count_tokens(texts)


def _embedded(text: str) -> Vector:
    """Unit; the first axis for a text without words."""
    total = sum((_direction(word) for word in _WORD.findall(text.casefold())), start=np.zeros(DIMENSION, np.float32))
    length = float(np.linalg.norm(total))
    return total / np.float32(length) if length > 1e-6 else np.eye(1, DIMENSION, dtype=np.float32)[0]


def _states(text: str) -> TokenStates:
    """A token for each word, all of one weight."""
    found = list(_WORD.finditer(text))
    return token_states(
        text,
        "",
        [word.span() for word in found],
        np.array([_direction(word.group().casefold()) for word in found], np.float32).reshape(-1, DIMENSION),
        np.ones(len(found), np.float32),
    )


@cache
def _direction(word: str) -> Vector:
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass")).digest()
    return np.frombuffer(digest, np.uint8).astype(np.float32) - np.float32(127.5)
