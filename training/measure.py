"""How well a trained model finds the words: python -m training.measure MODEL.safetensors FOLDER --part reporting"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean

import torch
from rich.console import Console
from rich.table import Table
from tokenizers import Tokenizer

from index.article import Article, Span
from index.bundled_model import model_folder
from retrieval.evaluation.questions import AskedQuestion
from training.examples import QuestionSet, passages_of
from training.model import SpanModel, batch_of
from training.reading import PairReader
from training.spans import best_span, exact, f1

_LONGEST = 480
_TOGETHER = 16
Figures = dict[str, list[tuple[float, bool]]]


def main() -> None:
    """A table by language: F1 and exact match over the passage that answers."""
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("tuning", "reporting"))
    options = parser.parse_args()
    folder = model_folder()
    model = SpanModel(folder)
    model.load(options.model)
    reader = PairReader(Tokenizer.from_file(str(folder / "tokenizer.json")), longest=_LONGEST)
    found = measured(model, QuestionSet(folder=options.folder, part=options.part), reader)
    table = Table("questions", "number", "F1", "exact match", box=None)
    for language, values in [*sorted(found.items()), ("all", [each for some in found.values() for each in some])]:
        f1s, exacts = [value for value, _ in values], [same for _, same in values]
        table.add_row(language, str(len(values)), f"{fmean(f1s):.3f}", f"{fmean(exacts):.3f}")
    Console().print(table)


def measured(model: SpanModel, questions: QuestionSet, reader: PairReader) -> Figures:
    """F1 and exact match of each question, by language; the best span counts, however sure the model is of it."""
    articles = questions.articles()
    passages = {id_: passages_of(article, reader) for id_, article in articles.items()}
    placed = [
        (question, articles[question.article], passage)
        for question in questions.questions()
        if question.article in articles
        for passage in passages[question.article]
        if question.spans[0] in passage
    ]
    placed.sort(key=lambda each: len(each[2]))
    figures: Figures = defaultdict(list)
    for at in range(0, len(placed), _TOGETHER):
        for (question, _, _), text in zip(
            placed[at : at + _TOGETHER], _found(model, placed[at : at + _TOGETHER], reader), strict=True
        ):
            figures[question.language].append((f1(text, question.texts), exact(text, question.texts)))
    return dict(figures)


def _found(
    model: SpanModel, placed: Sequence[tuple[AskedQuestion, Article, Span]], reader: PairReader
) -> Iterator[str]:
    tokens = [reader.tokens(passage.of(article.text)) for _, article, passage in placed]
    pairs = [
        reader.pair(question.text, some.ids[: reader.room_for(question.text)])
        for (question, _, _), some in zip(placed, tokens, strict=True)
    ]
    model.eval()
    with torch.no_grad():
        logits = model(*batch_of(pairs)).numpy()
    for row, (pair, some, (_, article, passage)) in enumerate(zip(pairs, tokens, placed, strict=True)):
        own = logits[row, pair.first : len(pair.ids) - 1]
        first, last, _ = best_span(own[:, 0], own[:, 1])
        yield passage.of(article.text)[some.spans[first].start : some.spans[last].end]


if __name__ == "__main__":
    main()
