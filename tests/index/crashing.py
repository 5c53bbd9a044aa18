"""Indexes a folder and kills its own process at one point: python -m tests.index.crashing LIBRARY ARTICLES POINT."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from index.embedding import Vectors
from index.indexer import index_sources
from index.local.writer import LocalLibraryWriter
from index.progress import Progress, Report, silent
from tests.fakes import HashingEmbedder

PROGRESS = {"while reading": ("reading", 2), "before publishing": ("publishing", 0)}
"""Step and how far it is."""
BATCHES = {"while reading passages": 1, "while embedding": 2, "while embedding what was left": 3}
"""The batch of texts that is never embedded; passages come first."""
STATEMENTS = {
    "as the transaction begins": ("DELETE FROM files", 1),
    "within the transaction": ("INSERT INTO passages", 20),
    "at the commit": ("INSERT OR REPLACE INTO meta", 3),
}
"""How a statement begins, and at which of them."""
UNCOMMITTED = {
    "before the files are written": ("os.mkdir", "vectors.unfinished", 1),
    "while the files are written": ("open", "layout.npz", 1),
    "before the files are stamped": ("open", "stamp.json", 1),
    "when the files are stamped": ("shutil.rmtree", "vectors-", 1),
    "before the files are in place": ("os.rename", "vectors-", 1),
}
COMMITTED = {
    "before the old files are gone": ("shutil.rmtree", "vectors-", 2),
}
EVENTS = UNCOMMITTED | COMMITTED
"""Python's audit event, what its first argument holds, and at which of them."""
CHECKED = "while it is checked"
POINTS = (*PROGRESS, *BATCHES, *STATEMENTS, CHECKED, *EVENTS)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dies_at(wanted: Callable[..., bool], time: int) -> Callable[..., None]:
    seen = 0

    def watch(*arguments: object) -> None:
        nonlocal seen
        if wanted(*arguments):
            seen += 1
            if seen == time:
                die()

    return watch


class MortalEmbedder(HashingEmbedder):
    def __init__(self, last: int | None) -> None:
        super().__init__()
        self._left = last

    def embed_sentences(self, texts: Sequence[str], report: Report = silent) -> Vectors:
        if self._left is not None:
            self._left -= 1
            if not self._left:
                die()
        return super().embed_sentences(texts, report)


class MortalWriter(LocalLibraryWriter):
    def die_at(self, beginning: str, time: int) -> None:
        self._connection.set_trace_callback(dies_at(lambda statement: statement.startswith(beginning), time))


def main(library: Path, articles: Path, point: str) -> None:
    def report(progress: Progress) -> None:
        if (progress.step, progress.done) == PROGRESS.get(point):
            die()

    if point in EVENTS:
        event, argument, time = EVENTS[point]
        watch = dies_at(lambda name, values: name == event and argument in "".join(map(str, values)), time)
        sys.addaudithook(watch)
    with MortalWriter(library) as writer:
        if point in STATEMENTS:
            writer.die_at(*STATEMENTS[point])
        index_sources(
            [articles],
            writer=writer,
            embedder=MortalEmbedder(BATCHES.get(point)),
            report=report,
            check=(lambda candidate, report: die()) if point == CHECKED else None,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
