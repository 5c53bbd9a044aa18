"""Times each step of a question: python -m benchmarks.search LIBRARY QUESTIONS.jsonl.gz… [--while-indexing ARTICLES]"""

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from benchmarks.exact_search import exact_nearest
from benchmarks.timed_library import TimedLibrary
from index.embedding import SentenceTransformerEmbedder, Vectors
from index.local.catalog import Catalog
from index.local.library import LocalLibrary
from index.local.vectors import VectorIndex
from index.progress import Report, silent
from index.tokens import Reading, TokenSigns
from retrieval.answerer import Answerer
from retrieval.question import question_of
from retrieval.search import DEPTH

Spent = dict[str, list[float]]
"""Milliseconds of each question by step."""


class Remembering:
    """Question vectors that were worked out beforehand, so that embedding takes no time."""

    def __init__(self, embedder: SentenceTransformerEmbedder, texts: Sequence[str]) -> None:
        self._embedder, self.fingerprint = embedder, embedder.fingerprint
        asked = [question_of(text).text for text in texts]
        self._known = dict(zip(asked, embedder.read_questions(asked), strict=True))

    def embed_sentences(self, texts: Sequence[str], report: Report = silent) -> Vectors:
        """By the model."""
        return self._embedder.embed_sentences(texts, report)

    def read_passages(self, texts: Sequence[str], report: Report = silent) -> tuple[Vectors, list[TokenSigns]]:
        """By the model."""
        return self._embedder.read_passages(texts, report)

    def read_question(self, text: str) -> Reading:
        """Remembered."""
        return self._known[text]

    def read_questions(self, texts: Sequence[str]) -> list[Reading]:
        """Remembered."""
        return [self._known[text] for text in texts]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """By the model."""
        return self._embedder.count_tokens(texts)


def main() -> None:
    """A table of steps for each file of questions."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--sample", type=int, default=200, help="questions of each file")
    parser.add_argument("--while-indexing", type=Path, metavar="ARTICLES", help="index these elsewhere meanwhile")
    parser.add_argument("--exact", action="store_true", help="time an exact search too; 3 kB of memory a sentence")
    options = parser.parse_args()
    asked = {file.name: sampled(file, options.sample) for file in options.questions}
    embedder = Remembering(SentenceTransformerEmbedder(), [text for texts in asked.values() for text in texts])
    before, started = memory(), time.perf_counter()
    with closing(LocalLibrary(options.library)) as library:
        opened = time.perf_counter() - started
        alone = {name: ask(library, embedder, texts) for name, texts in asked.items()}
        print(f"opened in {opened:.2f} s; memory {before}, then with the library {memory()}")
        for name, spent in alone.items():
            show(name, spent)
        if options.while_indexing:
            with indexing(options.while_indexing):
                for name, texts in asked.items():
                    show(f"{name} while indexing", ask(library, embedder, texts), alone[name])
        vectors = {
            name: np.stack([embedder.read_question(question_of(text).text).vector for text in texts])
            for name, texts in asked.items()
        }
        found = {name: [[n.id for n in library.nearest(vector, DEPTH)] for vector in vectors[name]] for name in asked}
    for name in asked:
        with closing(Catalog(options.library)) as catalog:
            exact = exact_nearest(catalog.vectors(), vectors[name], DEPTH)
        shares = [len(set(mine) & set(best)) / len(best) for mine, best in zip(found[name], exact, strict=True)]
        print(f"{name}: of the {DEPTH} nearest by an exact search, found {np.mean(shares):.4f}")
    if options.exact:
        time_exactly(options.library, vectors)


def time_exactly(folder: Path, vectors: Mapping[str, Vectors]) -> None:
    """How long it takes to look at everything, and the library as it is, in turn."""
    with closing(LocalLibrary(folder)) as library, closing(Catalog(folder)) as catalog:
        whole = VectorIndex.of(catalog.vectors(), exact_up_to=sys.maxsize)
        for name, questions in vectors.items():
            spent: Spent = defaultdict(list)
            for vector in questions:
                for step, nearest in (("exact", whole.nearest), ("as it is", library.nearest)):
                    started = time.perf_counter()
                    nearest(vector, DEPTH)
                    spent[step].append(1000 * (time.perf_counter() - started))
            exact, mine = (float(np.median(spent[step])) for step in ("exact", "as it is"))
            print(f"{name}: p50 {mine:.2f} ms, an exact search {exact:.2f} ms")


def sampled(file: Path, count: int) -> list[str]:
    """Questions, evenly spread over the file."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        questions = [str(json.loads(line)["question"]) for line in lines]
    return questions[:: max(1, len(questions) // count)][:count]


def ask(library: LocalLibrary, embedder: Remembering, texts: Sequence[str]) -> Spent:
    """Each question once, after some to warm up."""
    timed = TimedLibrary(library)
    answerer = Answerer(lambda: timed, embedder)
    spent: Spent = defaultdict(list)
    for number, text in enumerate([*texts[:10], *texts]):
        timed.spent.clear()
        started = time.perf_counter()
        answerer(text)
        whole = 1000 * (time.perf_counter() - started)
        if number >= len(texts[:10]):
            for step, milliseconds in timed.spent.items():
                spent[step].append(milliseconds)
            spent["all else"].append(whole - sum(timed.spent.values()))
            spent["whole question"].append(whole)
    return spent


def show(name: str, spent: Spent, alone: Spent | None = None) -> None:
    """A row for each step; with ratios where it was measured alone before."""
    print(f"{name}, {len(spent['whole question'])} questions")
    for step, values in spent.items():
        middle, slow = np.percentile(values, [50, 95])
        row = f"  {step:<15} p50 {middle:6.2f}  p95 {slow:6.2f} ms"
        if alone:
            before = np.percentile(alone[step], [50, 95])
            row += f"  {middle / before[0]:.2f} and {slow / before[1]:.2f} times as long"
        print(row)


@contextmanager
def indexing(articles: Path) -> Iterator[None]:
    """The articles are being indexed into another library, as gently as the bot does it."""
    with tempfile.TemporaryDirectory() as other:
        command = [sys.executable, "-m", "bot", "index", str(articles), "--library", other, "--gently", "--json"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            while (line := process.stdout.readline()) and '"embedding"' not in line:
                pass
            try:
                yield
            finally:
                if process.poll() is not None:
                    print("  (the indexing was over before the questions were: name more articles)")
                process.kill()


def memory() -> str:
    """Now, where the system tells it, else at most; files that are mapped can be let go of at any time."""
    status = Path("/proc/self/status")
    if not status.exists():
        return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most"
    lines = (line.split() for line in status.read_text().splitlines())
    held = {words[0]: int(words[1]) / 1024 for words in lines if words[0] in ("RssAnon:", "RssFile:")}
    return f"{held['RssAnon:']:.0f} MB of its own and {held['RssFile:']:.0f} MB of mapped files"


if __name__ == "__main__":
    main()
