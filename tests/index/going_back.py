"""Articles that change, and a library that goes back to how they were."""

import json
from collections.abc import Callable
from pathlib import Path

from index.indexer import Outcome
from index.local.writer import LocalLibraryWriter
from index.progress import Report, silent
from index.rollback import choose, roll_back

FARO = "Il faro è spento. Nessuno lo sa."


def write(path: Path, **articles: str) -> None:
    lines = [json.dumps({"id": id_, "title": id_, "lang": "it", "text": text}) for id_, text in articles.items()]
    path.write_text("\n".join(lines))


def change(articles: Path, run_indexer: Callable[..., Outcome]) -> Path:
    """Two generations: one article stayed, one changed, one went, one came."""
    write(articles / "a.jsonl", faro=FARO, nave="La nave entra.")
    write(articles / "b.jsonl", rete="La rete è piena.")
    run_indexer()
    write(articles / "a.jsonl", faro="Il faro è acceso.", nave="La nave entra.", molo="Il molo è lungo.")
    (articles / "b.jsonl").unlink()
    run_indexer()
    return articles


def go_back(library: Path, generation: int | None = None, report: Report = silent) -> Outcome:
    with LocalLibraryWriter(library) as writer:
        return roll_back(choose(generation, writer.kept()), library=writer, report=report)
