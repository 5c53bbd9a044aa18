"""Measures by which cosine two questions are seen to ask the same.

python -m benchmarks.same_question questions_it.jsonl.gz questions_en.jsonl.gz

Both files hold the same questions in other words: a line of one and a line of the other ask the same where their
`it_id`, else their `id`, is equal. Each is compared with all questions of the other file about the same article, so
that what isn't the same is at least about the same things. The threshold is chosen on every other article, where
precision counts twice as much as recall, and the figures of the remaining articles are printed.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.grouping import SAME, SAME_ACROSS
from index.embedding import Embedder, SentenceTransformerEmbedder, Vectors

THRESHOLDS = tuple(round(float(threshold), 3) for threshold in np.arange(0.86, 0.9801, 0.005))
_PRECISION_COUNTS = 0.5
"""The beta of the F-measure."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question of a file."""

    meaning: str
    """Equal for questions that ask the same."""
    article: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Pairs of questions at one threshold."""

    threshold: float
    found: int
    """Pairs that are the same and look so."""
    mistaken: int
    """Pairs that look the same and aren't."""
    same: int
    """Pairs that are the same."""

    @property
    def precision(self) -> float:
        """Of the pairs that look the same, how many are."""
        return self.found / max(1, self.found + self.mistaken)

    @property
    def recall(self) -> float:
        """Of the pairs that are the same, how many look so."""
        return self.found / max(1, self.same)

    @property
    def score(self) -> float:
        """F-measure in which precision counts twice."""
        weight = _PRECISION_COUNTS**2
        total = weight * self.precision + self.recall
        return (1 + weight) * self.precision * self.recall / total if total else 0.0


def main() -> None:
    """Print precision and recall by threshold, and which one the first half would choose."""
    if len(sys.argv) != 3:
        sys.exit(f"Name two files of questions: {__doc__}")
    first, second = (list(questions_in(Path(name))) for name in sys.argv[1:])
    chosen, figures = measured(first, second, SentenceTransformerEmbedder())
    print("threshold  precision  recall")
    for each in figures:
        marks = " ← chosen" * (each.threshold == chosen) + " ← bot/grouping.py" * (
            each.threshold in (SAME, SAME_ACROSS)
        )
        print(f"{each.threshold:9.3f}  {each.precision:9.3f}  {each.recall:6.3f}{marks}")


def questions_in(path: Path) -> Iterator[Asked]:
    """Those that the articles answer."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for fields in map(json.loads, lines):
            if fields.get("answerable", True):
                meaning = fields.get("it_id") or fields["id"]
                yield Asked(meaning=meaning, article=fields["article_id"], text=fields["question"])


def measured(first: Sequence[Asked], second: Sequence[Asked], embedder: Embedder) -> tuple[float, list[Figures]]:
    """The threshold that every other article would choose, and the figures of the others."""
    articles = sorted({asked.article for asked in first} & {asked.article for asked in second})
    vectors = [_embedded(questions, embedder) for questions in (first, second)]
    halves: list[list[tuple[float, bool]]] = [[], []]
    for place, article in enumerate(articles):
        ours = [number for number, asked in enumerate(first) if asked.article == article]
        theirs = [number for number, asked in enumerate(second) if asked.article == article]
        near = vectors[0][ours] @ vectors[1][theirs].T
        halves[place % 2] += [
            (float(near[row, column]), first[one].meaning == second[other].meaning)
            for row, one in enumerate(ours)
            for column, other in enumerate(theirs)
        ]
    chosen = max((_figures(halves[0], threshold) for threshold in THRESHOLDS), key=lambda figures: figures.score)
    return chosen.threshold, [_figures(halves[1], threshold) for threshold in THRESHOLDS]


def _embedded(questions: Sequence[Asked], embedder: Embedder) -> Vectors:
    return np.stack([reading.vector for reading in embedder.read_questions([asked.text for asked in questions])])


def _figures(pairs: Sequence[tuple[float, bool]], threshold: float) -> Figures:
    alike = [same for near, same in pairs if near >= threshold]
    return Figures(
        threshold=threshold,
        found=sum(alike),
        mistaken=len(alike) - sum(alike),
        same=sum(same for _, same in pairs),
    )


if __name__ == "__main__":
    main()
