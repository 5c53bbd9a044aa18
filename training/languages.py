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

PASSAGES = Path(__file__).with_name("parallel.jsonl")
_END = 4
"""The last fourth of a passage is what is asked with."""


def main() -> None:
    """Embeds, writes the means, and says what they bring."""
    passages = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    embedder = SentenceTransformerEmbedder()
    vectors = {language: embedder.read_passages([each[language] for each in passages])[0] for language in passages[0]}
    asked = {
        language: np.stack([reading.vector for reading in embedder.read_questions(_ends(passages, language))])
        for language in vectors
    }
    np.savez_compressed(MEANS, **{language: rows.mean(0).astype(np.float16) for language, rows in vectors.items()})
    pairs = list(permutations(vectors, 2))
    for said, even in (("without", False), ("with", True)):
        found = [_found(asked[own], vectors[own], vectors[other], even=even) for own, other in pairs]
        print(f"translation found first {said} means: {np.mean(found):.3f} of {len(pairs)} pairs × {len(passages)}")


def _ends(passages: list[dict[str, str]], language: str) -> list[str]:
    return [each[language][-len(each[language]) // _END :] for each in passages]


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
