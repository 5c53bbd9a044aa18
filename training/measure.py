"""How well the reader finds words in the paragraph that has them: python -m training.measure FOLDER --part reporting"""

import argparse
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.progress import track
from rich.table import Table

from index.article import Article, Passage
from retrieval.evaluation.questions import AskedQuestion
from retrieval.evaluation.wording import exact, f1
from retrieval.reader import WEIGHTS, Reader, load_reader
from training.examples import QuestionSet

Figures = dict[str, list[tuple[float, bool]]]


def main() -> None:
    """A table by language: F1 and exact match over the paragraph that answers."""
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("tuning", "reporting"))
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    found = measured(load_reader(options.weights), QuestionSet(folder=options.folder, part=options.part))
    table = Table("questions", "number", "F1", "exact match", box=None)
    for language, values in [*sorted(found.items()), ("all", [each for some in found.values() for each in some])]:
        f1s, exacts = [value for value, _ in values], [same for _, same in values]
        table.add_row(language, str(len(values)), f"{fmean(f1s):.3f}", f"{fmean(exacts):.3f}")
    Console().print(table)


def measured(reader: Reader, questions: QuestionSet) -> Figures:
    """F1 and exact match of each question, by language; the likeliest words count, however likely they are."""
    articles = questions.articles()
    asked = [each for each in questions.questions() if each.answerable and each.article in articles]
    figures: Figures = defaultdict(list)
    for question in track(asked, "Asking", transient=True):
        text = _words(question, articles, reader)
        figures[question.language].append((f1(text, question.texts), exact(text, question.texts)))
    return dict(figures)


def _words(question: AskedQuestion, articles: Mapping[str, Article], reader: Reader) -> str:
    article = articles[question.article or ""]
    paragraph = question.paragraph or question.spans[0]
    (read,) = reader(question.text, [Passage(id=0, article=article, span=paragraph)])
    return read.words[0].span.of(article.text) if read.words else ""


if __name__ == "__main__":
    main()
