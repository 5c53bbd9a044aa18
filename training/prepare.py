"""Question sets into what training needs: python -m training.prepare PREPARED --set FOLDER --set FOLDER:tuning:2

A set is a folder of questions, a part of it, and how often each question is taken.
"""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import cast

from tokenizers import Tokenizer

from index.bundled_model import model_folder
from index.embedding import SentenceTransformerEmbedder
from retrieval.evaluation.questions import Part
from retrieval.pairs import PairReader
from training.batches import LONGEST
from training.clozes import clozes_of
from training.examples import QuestionSet, examples_of
from training.prepared import Example, Prepared, Texts


def main() -> None:
    """Makes examples, finds rivals for them, and writes both."""
    parser = argparse.ArgumentParser(prog="python -m training.prepare", description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--set", type=question_set, action="append", required=True, metavar="FOLDER[:PART[:TIMES]]")
    parser.add_argument("--keep-out", action="append", default=[], metavar="ARTICLE", help="measure by its questions")
    parser.add_argument("--clozes", type=_clozes, action="append", default=[], metavar="FOLDER:COUNT",
                        help="articles that sentences with a gap are made of")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = model_folder()
    reader = PairReader(Tokenizer.from_file(str(folder / "tokenizer.json")), longest=LONGEST)
    texts, embedder, out = Texts(), SentenceTransformerEmbedder(), frozenset(options.keep_out)
    clozes = [
        example
        for articles, count in options.clozes
        for example in clozes_of(articles / "articles.jsonl.gz", reader, texts, seed=options.seed, most=count)
    ]
    print(f"{len(clozes)} sentences with a gap", flush=True)

    def made(questions: QuestionSet) -> list[Example]:
        return examples_of(questions, reader, texts, seed=options.seed, embedder=embedder)

    asked = [example for some in options.set for example in made(replace(some, kept_out=out))]
    kept = [example for some in options.set if out for example in made(replace(some, only=out, times=1))]
    without = sum(not each.answered for each in asked)
    print(f"{len(asked)} examples, {without} of them without an answer; {len(kept)} to measure by", flush=True)
    Prepared(texts=texts, asked=asked, clozes=clozes, kept=kept).save(options.out, folder)


def question_set(text: str) -> QuestionSet:
    """`FOLDER`, `FOLDER:tuning` or `FOLDER:tuning:2`; raises ValueError."""
    folder, part, times = (*text.split(":"), "", "")[:3]
    if part not in ("", "tuning", "reporting"):
        raise ValueError(part)
    return QuestionSet(folder=Path(folder), part=cast("Part", part) if part else None, times=int(times or 1))


def _clozes(text: str) -> tuple[Path, int]:
    """`FOLDER:COUNT`; raises ValueError."""
    folder, _, count = text.rpartition(":")
    return Path(folder), int(count)


if __name__ == "__main__":
    main()
