"""A process that is killed while it goes back costs no answer, and leaves a record of itself."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.local.runs import newest_runs
from index.local.vectors import VectorIndex
from index.local.writer import LocalLibraryWriter
from index.rollback import roll_back
from tests.index import crashing_back
from tests.index.conftest import RunIndexer
from tests.index.crashing import COMMITTED
from tests.index.found import found_in

ROOT = Path(__file__).parents[2]


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.jsonl").write_text(json.dumps({"id": name, "title": name, "lang": "it", "text": text}))


@pytest.mark.parametrize("point", crashing_back.POINTS)
def test_killed_at_any_point_it_answers_and_it_can_be_gone_back_again(
    articles: Path, library: Path, run_indexer: RunIndexer, point: str
) -> None:
    for name in ("faro", "nave", "rete"):
        write(articles, name, f"Qui c'è {name}. Nessuno lo sa.")
    run_indexer()
    before = found_in(library)
    write(articles, "faro", "Il faro è acceso.")
    write(articles, "molo", "Il molo è lungo.")
    (articles / "rete.jsonl").unlink()
    run_indexer()
    after = found_in(library)
    command = [sys.executable, "-m", "tests.index.crashing_back", str(library), "1", point]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    committed = point in COMMITTED
    assert found_in(library) == (before if committed else after)
    (run,) = newest_runs(library, 5)
    assert (run.settled.ended, run.before, run.after) == ("interrupted", 2, 3 if committed else 2)
    with LocalLibraryWriter(library) as writer:
        again = roll_back(1, library=writer)
    assert (again.generation, again.removed) == ((None, 0) if committed else (3, 1))
    assert found_in(library) == before
    assert VectorIndex.load(library, 3, "hashing/1") is not None
    assert [path.name for path in library.glob("vectors*")] == ["vectors-3"]
    assert run_indexer().generation == 4
    assert found_in(library) == after
