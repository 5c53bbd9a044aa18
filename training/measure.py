"""How well the reader finds words in the paragraph that has them: python -m training.measure FOLDER --part reporting"""

import argparse
from collections import defaultdict
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
from retrieval.evaluation.wording import exact, f1
from retrieval.late_interaction import met_of
from retrieval.reader import WEIGHTS, Reader, load_reader
from retrieval.rereading import points_of
from training.examples import QuestionSet

Figures = dict[str, list[tuple[float, bool]]]


def main() -> None:
    """A table by language: F1 and exact match over the paragraph that answers."""
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("tuning", "reporting"))
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    questions = QuestionSet(folder=options.folder, part=options.part)
    found = measured(load_reader(options.weights), SentenceTransformerEmbedder(), questions)
    table = Table("questions", "number", "F1", "exact match", box=None)
    for language, values in [*sorted(found.items()), ("all", [each for some in found.values() for each in some])]:
        f1s, exacts = [value for value, _ in values], [same for _, same in values]
        table.add_row(language, str(len(values)), f"{fmean(f1s):.3f}", f"{fmean(exacts):.3f}")
    Console().print(table)


def measured(reader: Reader, embedder: Embedder, questions: QuestionSet) -> Figures:
    """F1 and exact match of each question, by language; the likeliest words count, however likely they are."""
    articles = questions.articles()
    asked = [each for each in questions.questions() if each.answerable and each.article in articles]
    asked.sort(key=_paragraph)
    figures: Figures = defaultdict(list)
    for (id_, span), some in groupby(track(asked, "Asking", transient=True), key=_paragraph):
        passage = _passage(articles[id_], span)
        tokens = _tokens(passage, embedder)
        for question in some:
            text = _words(question, passage, tokens, reader, embedder)
            figures[question.language].append((f1(text, question.texts), exact(text, question.texts)))
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


def _words(question: AskedQuestion, passage: Passage, tokens: PassageTokens, reader: Reader, embedder: Embedder) -> str:
    asked = embedder.read_question(question.text).tokens
    met = met_of(asked, [tokens])[0][1] if len(tokens.signs) and len(asked.states) else {}
    points = points_of([met.get(place, 0.0) for place in range(len(passage.sentences))])
    read = reader.closely(question.text, passage, points)
    return read.words[0].span.of(passage.article.text) if read.words else ""


if __name__ == "__main__":
    main()
