"""How fast and how faithful the ways to run the default model are; plain sentence-transformers is the measure.

python -m benchmarks.embedding [FILES or FOLDERS of articles]
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.ways import OPENVINO, PLAIN, TORCH
from index.bundled_model import model_folder
from index.embedding import SentenceTransformerEmbedder
from index.passages import cut_passages
from index.readers import Skipped, discover, read

Figures = dict[str, float]


def main(
    articles: Annotated[list[Path] | None, typer.Argument(help="Files or folders of articles.")] = None,
    count: Annotated[int, typer.Option(help="Passages; twice as many sentences and half as many questions.")] = 128,
    rounds: Annotated[int, typer.Option(help="The ways take turns; each figure is the best of these.")] = 3,
) -> None:
    """Print a table: each way runs in processes of its own, one at a time."""
    ways = [PLAIN, TORCH, *([OPENVINO] if importlib.util.find_spec("openvino") else [])]
    model_folder()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "texts.json").write_text(json.dumps(_texts(articles or [Path("seeds")], count)))
        turns: list[dict[str, Figures]] = [{way: _measured(way, folder) for way in ways} for _ in range(rounds)]
        vectors = {way: np.load(folder / f"{way}.npy") for way in ways}
    best = {way: {key: min(turn[way][key] for turn in turns) for key in turns[0][way]} for way in ways}
    cosines = {way: (vectors[way] * vectors[PLAIN]).sum(1) for way in ways}
    Console(width=140).print(_table(best, cosines))


def _texts(sources: list[Path], count: int) -> dict[str, list[str]]:
    """Over again where there are too few; each with its number, so that no two are the same."""
    embedder = SentenceTransformerEmbedder()
    passages: list[str] = []
    sentences: list[str] = []
    for file in (file for source in sources for file in discover(source) if not isinstance(file, Skipped)):
        for article in read(file):
            if len(passages) < count and not isinstance(article, Skipped):
                for cut in cut_passages(article.text, language=article.language, count_tokens=embedder.count_tokens):
                    passages.append(cut.span.of(article.text).strip())
                    sentences += [span.of(article.text).strip() for span in cut.sentences]

    def numbered(texts: list[str], wanted: int) -> list[str]:
        return [f"{number} {text}" for number, text in enumerate(islice(cycle(texts), wanted))]

    wanted = {"passages": (passages, count), "sentences": (sentences, 2 * count), "questions": (sentences, count // 2)}
    return {kind: numbered(texts, many) for kind, (texts, many) in wanted.items()}


def _measured(way: str, folder: Path) -> Figures:
    program = [sys.executable, "-m", "benchmarks.ways", way, str(folder)]
    figures: Figures = json.loads(subprocess.run(program, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return figures


def _table(best: dict[str, Figures], cosines: dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]]) -> Table:
    table = Table("", *best)
    plain = best[PLAIN]
    for label, key, scale in (
        ("seconds until the first vector", "start", 1),
        ("  of all cores together", "start_cores", 1),
        ("ms a passage", "passage", 1000),
        ("  of all cores together", "passage_cores", 1000),
        ("ms a sentence", "sentence", 1000),
        ("  of all cores together", "sentence_cores", 1000),
        ("ms a question, median", "p50", 1000),
        ("ms a question, 95 of 100", "p95", 1000),
        ("MB of memory at most", "memory", 1),
    ):
        found = (f"{row[key] * scale:.2f} ({plain[key] / row[key]:.1f} ×)" for row in best.values())
        table.add_row(label, *found)
    for label, key in (("passages a second", "passage"), ("sentences a second", "sentence")):
        table.add_row(label, *(f"{1 / row[key]:.1f}" for row in best.values()))
    table.add_row("cosine with the first, least", *(f"{cosine.min():.4f}" for cosine in cosines.values()))
    table.add_row("cosine with the first, mean", *(f"{cosine.mean():.5f}" for cosine in cosines.values()))
    return table


if __name__ == "__main__":
    typer.run(main)
