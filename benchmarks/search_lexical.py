"""Compares full-text engines on a library's terms: python -m benchmarks.search_lexical LIBRARY QUESTIONS.jsonl.gz…"""

import argparse
import gzip
import json
import multiprocessing
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.search_engines import ENGINES
from index.analysis import asked_terms
from index.local.catalog import connect

DEPTH = 50
ADDED = 8
"""Passages of one more article, as a later run of the indexer brings it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question's terms, and the passage that holds its answer."""

    file: str
    terms: tuple[str, ...]
    gold: int


def main() -> None:
    """A row for each engine and file of questions."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search_lexical", description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--sample", type=int, default=300, help="questions of each file")
    options = parser.parse_args()
    with closing(connect(options.library)) as connection:
        numbers, passages = zip(*connection.execute("SELECT rowid, stems FROM terms ORDER BY rowid"), strict=True)
        row_of = {number: row for row, number in enumerate(numbers, start=1)}
        asked = [a for file in options.questions for a in read(connection, row_of, file, options.sample)]
    print(f"{len(passages):,} passages, {len(asked)} questions")
    reference: list[set[int]] = []
    for name, (_, package) in ENGINES.items():
        if package and not find_spec(package):
            print(f"{name}: left out; to have it measured: pip install {package}")
            continue
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            measured = pool.apply(measure, (name, passages, asked))
        reference = reference or [set(found) for found in measured["found"]]
        show(name, measured, asked, reference)


def read(connection: sqlite3.Connection, row_of: dict[int, int], file: Path, sample: int) -> Iterator[Asked]:
    """Evenly spread answerable questions of a file, where the library holds their passage."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        questions = [question for question in map(json.loads, lines) if question.get("answerable", True)]
    for question in questions[:: max(1, len(questions) // sample)][:sample]:
        start = question["answers"][0]["start"]
        rows = connection.execute("SELECT id, bounds FROM passages WHERE article = ?", [question["article_id"]])
        for id_, blob in rows.fetchall():
            bounds = np.frombuffer(blob, "<u4")
            if bounds[0] <= start < bounds[-1]:
                languages = dict.fromkeys([question["lang"], "it"])
                terms = asked_terms(question["question"], languages=list(languages))
                if terms:
                    yield Asked(file=file.name, terms=tuple(terms), gold=row_of[id_])


def measure(name: str, passages: Sequence[str], asked: Sequence[Asked]) -> dict[str, Any]:
    """Runs in a process of its own, so that its memory is its own."""
    make, _ = ENGINES[name]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        before = peak()
        started = time.perf_counter()
        engine = make(folder)
        engine.add(passages)
        built = time.perf_counter() - started
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        building = peak() - before
        found, spent = [], []
        warming = asked[:20]
        for question in [*warming, *asked]:
            started = time.perf_counter()
            found.append(engine.best(question.terms, DEPTH))
            spent.append(time.perf_counter() - started)
        started = time.perf_counter()
        engine.add(passages[:ADDED])
        updated = time.perf_counter() - started
    return {
        "found": found[len(warming) :],
        "spent": spent[len(warming) :],
        "built": built,
        "size": size,
        "building": building,
        "updated": updated,
    }


def peak() -> int:
    """Bytes that the process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def show(name: str, measured: dict[str, Any], asked: Sequence[Asked], reference: Sequence[set[int]]) -> None:
    """The engine's figures."""
    print(
        f"{name}: index {measured['built']:.1f} s, {measured['size'] / 1e6:.0f} MB on disk, "
        f"{measured['building'] / 1e6:.0f} MB more at its peak, one article more {1000 * measured['updated']:.0f} ms"
    )
    for file in dict.fromkeys(question.file for question in asked):
        mine = [place for place, question in enumerate(asked) if question.file == file]
        middle, slow = np.percentile([1000 * measured["spent"][place] for place in mine], [50, 95])
        gold = np.mean([asked[place].gold in measured["found"][place] for place in mine])
        shared = [
            len(reference[place] & set(measured["found"][place])) / len(reference[place])
            for place in mine
            if reference[place]
        ]
        print(
            f"  {file}: p50 {middle:.1f} p95 {slow:.1f} ms, answer's passage among {DEPTH}: {gold:.3f}, "
            f"shared with fts5: {np.mean(shared):.3f}"
        )


if __name__ == "__main__":
    main()
