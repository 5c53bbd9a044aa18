"""Fits the confidence to a library and its model: python -m retrieval.evaluation.calibrate QUESTIONS… --library DIR

Every third question is asked a second time with its article taken out, so that it is learnt what no answer looks like.
Unanswerable ones teach what the reader's margin says of a passage that looks as if it answered; nobody asks them as
often as they are written, so where the verdicts begin is told from the others.
"""

import argparse
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import bundled_model
from index.embedding import DEFAULT, Embedder, SentenceTransformerEmbedder
from index.errors import IndexingError
from index.library import Library
from index.local.calibration import save_calibration
from index.local.library import LocalLibrary
from retrieval.answer import Hit
from retrieval.confidence import EVIDENCE, FITTED, READ, Calibration, evidence
from retrieval.evaluation.questions import AskedQuestion, QuestionsUnreadable, part_of, read_questions
from retrieval.question import Question, question_of
from retrieval.ranking import ranked
from retrieval.reader import Reader, load_reader
from retrieval.rereading import read_closely, reread

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

WANTED = 0.925
"""Share of what is called `answered` that must hold the answer."""
GIVEN_UP = 0.005
"""Share of right answers that may be called `nothing`."""
LOOKING_RIGHT = 0.2
"""What an unanswerable question counts beside a right answer: nobody asks them as often as they are written."""
_FEWEST = 100
_TOGETHER = 64
_TAKEN_OUT = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """One answer: what was seen of it, and whether it holds what was asked."""

    seen: Mapping[str, float]
    """By kind of evidence; the lead is nan where no other hit said anything else."""
    right: bool
    unanswerable: bool = False
    """As its question was written, not only because its article was taken out."""


def examples(
    questions: Sequence[AskedQuestion], library: Library, embedder: Embedder, reader: Reader | None = None
) -> Iterator[Example]:
    """One for each question, and another for each third one without its article; the first hits read by `reader`."""
    for at in range(0, len(questions), _TOGETHER):
        some = questions[at : at + _TOGETHER]
        asked = [question_of(question.text) for question in some]
        readings = embedder.read_questions([question.text for question in asked])
        for number, (wanted, question, reading) in enumerate(zip(some, asked, readings, strict=True), start=at):
            hits, _rest = ranked(question, reading, library)
            if hits:
                yield _example(wanted, question, hits, library, reader)
            others = _elsewhere(wanted, hits, library) if number % _TAKEN_OUT == 0 and wanted.answerable else []
            if others:
                yield _example(wanted, question, others, library, reader)


def _example(
    wanted: AskedQuestion, question: Question, hits: Sequence[Hit], library: Library, reader: Reader | None
) -> Example:
    if reader:
        hits = read_closely(question, reread(question, hits, library, reader), library, reader)
    (passage,) = library.passages([hits[0].passage.id])
    right = wanted.answerable and wanted.answered_by(passage.article, passage.span)
    return Example(seen=evidence(question, hits), right=right, unanswerable=not wanted.answerable)


def _elsewhere(wanted: AskedQuestion, hits: Sequence[Hit], library: Library) -> list[Hit]:
    """Those of other articles than the question names, by id or by file; none where it names none."""
    if not wanted.articles:
        return []
    articles = [passage.article for passage in library.passages([hit.passage.id for hit in hits])]
    return [
        hit
        for hit, article in zip(hits, articles, strict=True)
        if wanted.articles.isdisjoint((article.id, article.source))
    ]


def fit(found: Sequence[Example], *, read: bool = False) -> Calibration:
    """By logistic regression, and where hits were `read` by another one; raises ValueError for too few examples.

    What was looked for is told from the rest by the usual questions. What a margin says is told by unanswerable ones;
    where they are too few, it is what is known of the reader.
    """
    kinds = (*EVIDENCE, *READ) if read else EVIDENCE
    found = [example for example in found if not math.isnan(example.seen["lead"])]
    seen = np.array([[example.seen[kind] for kind in kinds] for example in found]).reshape(-1, len(kinds))
    margins = np.array([example.seen["margin"] for example in found])
    right = np.array([example.right for example in found], bool)
    usual = np.array([not example.unanswerable for example in found], bool)
    if min(right.sum(), (~right & usual).sum()) < _FEWEST:
        raise ValueError(
            f"{right.sum()} right and {(~right & usual).sum()} wrong answers are too few: {_FEWEST} of each at least."
        )
    intercept, weights = _regression(seen[usual], right[usual])
    sure, margin = _logistic(intercept + seen @ weights), _margin(margins, right, usual) if read else None
    if margin:
        sure = sure * _logistic(margin[0] + margin[1] * margins)
    return Calibration(
        weights=dict(zip(kinds, weights.tolist(), strict=True)),
        intercept=intercept,
        margin=margin,
        answered=_answered(sure[usual], right[usual]),
        nothing=_nothing(sure, right),
        usual_lead=float(seen[:, kinds.index("lead")].mean()),
    )


def _margin(margins: Floats, right: Flags, usual: Flags) -> tuple[float, float] | None:
    """Intercept and weight of the `margins` of right answers, beside those of questions that aren't `usual`."""
    if (~usual).sum() < _FEWEST:
        return FITTED[bundled_model.FINGERPRINT, True].margin
    told, counted = right | ~usual, np.where(usual, 1.0, LOOKING_RIGHT)
    intercept, (weight,) = _regression(margins[told, None], right[told], counted[told])
    return intercept, float(weight)


def _regression(seen: Floats, right: Flags, counted: Floats | None = None) -> tuple[float, Floats]:
    """Intercept and weights (kinds,) for what was `seen` (examples, kinds)."""
    from sklearn.linear_model import LogisticRegression

    middle, spread = seen.mean(0), np.maximum(seen.std(0), 1e-9)
    model = LogisticRegression(C=100.0, max_iter=5000).fit((seen - middle) / spread, right, sample_weight=counted)
    weights = model.coef_[0] / spread
    return float(model.intercept_[0] - weights @ middle), weights


def _logistic(logits: Floats) -> Floats:
    likely: Floats = 1 / (1 + np.exp(-logits))
    return likely


def _answered(sure: Floats, right: Flags) -> float:
    """The lowest confidence, in hundredths, from which on enough answers are right."""
    enough = (at for at in np.arange(0.5, 0.991, 0.01) if (sure >= at).any() and right[sure >= at].mean() >= WANTED)
    return round(float(next(enough, 0.99)), 2)


def _nothing(sure: Floats, right: Flags) -> float:
    """The highest one below which few right answers are lost."""
    return round(float(min(np.quantile(sure[right], GIVEN_UP), 0.45)), 2)


def main() -> None:
    """Fit, store with the library, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m retrieval.evaluation.calibrate", description=__doc__)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--model", default=DEFAULT, help="name or folder, as in CITABOT_EMBEDDING_MODEL")
    parser.add_argument("--part", choices=("all", "tuning"), default="all", help="learn from every second article only")
    parser.add_argument("--without-reader", action="store_true", help="as with CITABOT_READER=false")
    parser.add_argument("--only", action="append", metavar="ARTICLE", help="learn from questions about these")
    options = parser.parse_args()
    try:
        asked = [question for path in options.questions for question in read_questions(path)]
        if options.part == "tuning":
            asked = part_of(asked, "tuning")
        if options.only:
            asked = [question for question in asked if not question.articles.isdisjoint(options.only)]
        reader = None if options.without_reader else load_reader()
        embedder = SentenceTransformerEmbedder(options.model)
        with closing(LocalLibrary(options.library)) as library:
            found = list(examples(asked, library, embedder, reader))
        calibration = fit(found, read=reader is not None)
    except (IndexingError, QuestionsUnreadable, ValueError) as error:
        sys.exit(str(error))
    save_calibration(options.library, embedder.fingerprint, asdict(calibration))
    for kind, weight in calibration.weights.items():
        print(f"{kind:>15} {weight:8.3f}")
    print(f"{'intercept':>15} {calibration.intercept:8.3f}")
    if calibration.margin:
        print(f"{'margin':>15} {calibration.margin[1]:8.3f}, intercept {calibration.margin[0]:.3f}")
    print(f"answered from {calibration.answered:.2f}, nothing below {calibration.nothing:.2f}; {len(found)} answers")
    print(f"usual lead {calibration.usual_lead:.2f}")


if __name__ == "__main__":
    main()
