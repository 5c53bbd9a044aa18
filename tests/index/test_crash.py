"""A process that is killed while it indexes costs no answer, and the next run brings the work to its end."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import LibraryMissing
from index.indexer import Outcome, index_sources
from index.local.library import LocalLibrary
from index.local.vectors import VectorIndex
from index.local.writer import LocalLibraryWriter
from tests.fakes import HashingEmbedder, RecordingEmbedder
from tests.index import crashing

ROOT = Path(__file__).parents[2]
QUESTION = "la nave numero 77 entra in porto"


def write(folder: Path, name: str, *sentences: str) -> None:
    article = {"id": name, "title": name, "lang": "it", "text": " ".join(sentences)}
    (folder / f"{name}.jsonl").write_text(json.dumps(article))


def begin(folder: Path) -> None:
    write(folder, "faro", "Il faro è spento.", "Nessuno lo sa.")
    write(folder, "nave", "La nave entra in porto.", "Il porto è vuoto.")
    write(folder, "rete", "La rete è piena.")


def go_on(folder: Path) -> None:
    """One article stays, one changes, one goes, and one comes whose sentences are more than one batch."""
    write(folder, "nave", "La nave esce dal porto.", "Il porto è vuoto.")
    (folder / "rete.jsonl").unlink()
    write(folder, "tutte", *(f"La nave numero {number} entra in porto." for number in range(2100)))


def index(library: Path, folder: Path, embedder: HashingEmbedder) -> Outcome:
    with LocalLibraryWriter(library) as writer:
        return index_sources([folder], writer=writer, embedder=embedder)


def index_and_die(library: Path, folder: Path, point: str) -> None:
    command = [sys.executable, "-m", "tests.index.crashing", str(library), str(folder), point]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr


def everything(library: Path) -> list[object]:
    """All that can be found in a library, ids included."""
    opened = LocalLibrary(library)
    found = [
        opened.generation,
        opened.fingerprint,
        list(opened.articles()),
        opened.passages(range(1, 1000)),
        opened.nearest(HashingEmbedder().read_question(QUESTION).vector, 1000),
        opened.matching(["nav", "far", "ret"], 1000),
        [
            (id_, tokens.signs.tolist(), tokens.sentences.tolist())
            for id_, tokens in sorted(opened.tokens(range(1, 1000)).items())
        ],
    ]
    opened.close()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[object], list[object]]:
    """What is found before and after the change, where nothing is killed."""
    articles, library = tmp_path_factory.mktemp("articles"), tmp_path_factory.mktemp("library")
    begin(articles)
    index(library, articles, HashingEmbedder())
    before = everything(library)
    go_on(articles)
    index(library, articles, HashingEmbedder())
    return before, everything(library)


@pytest.mark.parametrize("point", crashing.POINTS)
def test_killed_at_any_point_it_answers_and_the_next_run_finishes(
    articles: Path, library: Path, undisturbed: tuple[list[object], list[object]], point: str
) -> None:
    before, after = undisturbed
    begin(articles)
    index(library, articles, HashingEmbedder())
    go_on(articles)
    index_and_die(library, articles, point)
    committed = point in crashing.COMMITTED
    assert everything(library) == (after if committed else before)
    embedder = RecordingEmbedder()
    outcome = index(library, articles, embedder)
    assert everything(library) == after
    assert VectorIndex.load(library, 2, "hashing/1") is not None
    assert [path.name for path in library.glob("vectors*")] == ["vectors-2"]
    counts = (outcome.added, outcome.changed, outcome.removed, outcome.unchanged)
    if committed:
        assert (outcome.generation, counts, embedder.embedded) == (None, (0, 0, 0, 3), [])
    else:
        assert (outcome.generation, counts) == (2, (1, 1, 1, 1))


@pytest.mark.parametrize(
    ("point", "passages", "sentences"),
    [
        ("while reading passages", True, True),
        ("while embedding", False, True),
        ("while embedding what was left", False, False),
    ],
)
def test_what_was_embedded_before_the_crash_is_not_embedded_again(
    articles: Path, library: Path, point: str, passages: bool, sentences: bool
) -> None:
    begin(articles)
    go_on(articles)
    index_and_die(library, articles, point)
    with pytest.raises(LibraryMissing, match="Nothing has been indexed"):
        LocalLibrary(library)
    embedder = RecordingEmbedder()
    assert index(library, articles, embedder).generation == 1
    assert ("Il faro è spento. Nessuno lo sa." in embedder.embedded) is passages
    assert ("Il faro è spento." in embedder.embedded) is sentences
    assert (len(embedder.embedded) > 2048) is sentences
    assert len(embedder.embedded) == len(set(embedder.embedded))
    assert "La nave numero 2099 entra in porto." in embedder.embedded


def test_a_first_run_that_is_killed_within_its_transaction_leaves_no_library(articles: Path, library: Path) -> None:
    begin(articles)
    go_on(articles)
    index_and_die(library, articles, "within the transaction")
    with pytest.raises(LibraryMissing, match="Nothing has been indexed"):
        LocalLibrary(library)
    assert index(library, articles, HashingEmbedder()).added == 3
