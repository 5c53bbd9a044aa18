"""Where each language lies in the default model: python -m training.languages

The passages in `training/parallel.jsonl` say the same in each language: the means of their vectors differ by language
only. Prints how often the end of a passage finds the passage's translation first, and not another passage in its own
language, over all pairs of languages: without the means, and with those of the other passages.
"""

import json
from itertools import permutations
from pathlib import Path

import numpy as np

from index.embedding import SentenceTransformerEmbedder, Vectors
from retrieval.languages import MEANS, moved

_PASSAGES = Path(__file__).with_name("parallel.jsonl")
_END = 4
"""The last fourth of a passage is what is asked with."""


def main() -> None:
    """Embeds, writes the means, and says what they bring."""
    said = passages()
    embedder = SentenceTransformerEmbedder()
    vectors = {language: embedder.read_passages(texts)[0] for language, texts in said.items()}
    asked = {
        language: np.stack([reading.vector for reading in embedder.read_questions(_ends(texts))])
        for language, texts in said.items()
    }
    np.savez_compressed(MEANS, **{language: rows.mean(0).astype(np.float16) for language, rows in vectors.items()})
    pairs = list(permutations(vectors, 2))
    for helped, even in (("without", False), ("with", True)):
        found = [_found(asked[own], vectors[own], vectors[other], even=even) for own, other in pairs]
        print(f"translation found first {helped} means: {np.mean(found):.3f} of {len(pairs)} pairs × {len(said['en'])}")


def passages() -> dict[str, list[str]]:
    """By language, in the same order in each."""
    rows = [json.loads(line) for line in _PASSAGES.read_text(encoding="utf-8").splitlines()]
    return {language: [row[language] for row in rows] for language in rows[0]}


def _ends(texts: list[str]) -> list[str]:
    return [text[-len(text) // _END :] for text in texts]


def _found(asked: Vectors, own: Vectors, other: Vectors, *, even: bool) -> float:
    """Share of `asked` that are nearer to their row of `other` than to all other rows, those of `own` included."""
    halves = np.array_split(np.arange(len(asked)), 2)
    first = []
    for half, others in (halves, halves[::-1]):
        means = np.stack([own[others].mean(0), other[others].mean(0)])
        inverse = np.linalg.pinv(means)
        for row in half:
            vector = moved(asked[row], means, inverse)[0] if even else asked[row]
            rivals = np.concatenate([np.delete(own, row, 0), np.delete(other, row, 0)])
            first.append(other[row] @ vector > (rivals @ vector).max())
    return float(np.mean(first))


if __name__ == "__main__":
    main()
