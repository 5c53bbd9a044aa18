"""How well the reader finds words in the paragraph that has them, and tells whether any does.

python -m training.measure FOLDER --part reporting
"""

import argparse
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import fmean

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from index.article import Article, Passage, Span
from index.embedding import Embedder, SentenceTransformerEmbedder
from index.library import PassageTokens
from index.sentences import sentence_spans
from retrieval.evaluation.questions import AskedQuestion
from retrieval.evaluation.resampling import area
from retrieval.evaluation.wording import exact, f1
from retrieval.late_interaction import met_of
from retrieval.reader import WEIGHTS, Reader, load_reader
from retrieval.rereading import points_of
from training.examples import QuestionSet

_UNKNOWN = (math.nan, math.nan)
"""F1 and exact match where no question is answerable."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One question, read beside its paragraph."""

    answerable: bool
    margin: float
    """Logarithm of the odds that the paragraph answers, as it was read."""
    f1: float
    """Of the likeliest words, however likely they are; 0 for an unanswerable question."""
    exact: bool


def main() -> None:
    """A table by language: F1 and exact match over the paragraph that answers, and how well the margin tells if any."""
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("tuning", "reporting"))
    parser.add_argument("--only", action="append", metavar="ARTICLE", help="ask about these")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    only = frozenset(options.only) if options.only else None
    questions = QuestionSet(folder=options.folder, part=options.part, only=only)
    found = measured(load_reader(options.weights), SentenceTransformerEmbedder(), questions)
    table = Table("questions", "answered", "F1", "exact match", "not answered", "AUC", box=None)
    for language, outcomes in [*sorted(found.items()), ("all", [each for some in found.values() for each in some])]:
        table.add_row(language, *_row(outcomes))
    Console().print(table)


def _row(outcomes: Sequence[Outcome]) -> list[str]:
    answered = [each for each in outcomes if each.answerable]
    positive, margins = np.array([(each.answerable, each.margin) for each in outcomes]).T
    means = (fmean(each.f1 for each in answered), fmean(each.exact for each in answered)) if answered else _UNKNOWN
    auc = area(np.ones((1, len(outcomes))), positive > 0, margins)[0]
    return [str(len(answered)), *(f"{mean:.3f}" for mean in means), str(len(outcomes) - len(answered)), f"{auc:.3f}"]


def measured(reader: Reader, embedder: Embedder, questions: QuestionSet) -> dict[str, list[Outcome]]:
    """By language, each question beside its paragraph."""
    articles = questions.articles()
    asked = [each for each in questions.questions() if each.article in articles]
    asked.sort(key=_paragraph)
    figures: dict[str, list[Outcome]] = defaultdict(list)
    for (id_, span), some in groupby(track(asked, "Asking", transient=True), key=_paragraph):
        passage = _passage(articles[id_], span)
        tokens = _tokens(passage, embedder)
        for question in some:
            figures[question.language].append(_outcome(question, passage, tokens, reader, embedder))
    return dict(figures)


def _paragraph(question: AskedQuestion) -> tuple[str, Span]:
    return question.article or "", question.paragraph or question.spans[0]


def _passage(article: Article, span: Span) -> Passage:
    sentences = sentence_spans(span.of(article.text), language=article.language)
    placed = tuple(Span(span.start + each.start, span.start + each.end) for each in sentences)
    return Passage(id=0, article=article, span=span, sentences=placed)


def _tokens(passage: Passage, embedder: Embedder) -> PassageTokens:
    """As the library keeps them."""
    within = passage.span.trimmed(passage.article.text)
    _vectors, (found,) = embedder.read_passages([within.of(passage.article.text)])
    starts = [sentence.start for sentence in passage.sentences]
    sentences = np.searchsorted(starts, within.start + found.starts.astype(np.int64), side="right") - 1
    return PassageTokens(signs=found.signs, sentences=sentences)


def _outcome(
    question: AskedQuestion, passage: Passage, tokens: PassageTokens, reader: Reader, embedder: Embedder
) -> Outcome:
    asked = embedder.read_question(question.text).tokens
    met = met_of(asked, [tokens])[0][1] if len(tokens.signs) and len(asked.states) else {}
    points = points_of([met.get(place, 0.0) for place in range(len(passage.sentences))])
    read = reader.closely(question.text, passage, points)
    text = read.words[0].span.of(passage.article.text) if read.words else ""
    return Outcome(
        answerable=question.answerable,
        margin=read.margin,
        f1=f1(text, question.texts) if question.answerable else 0.0,
        exact=question.answerable and exact(text, question.texts),
    )


if __name__ == "__main__":
    main()
