"""What indexing would do is told beforehand, comes true, and nothing is touched by telling it."""

import errno
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import SourceMissing
from index.local.held import held_in
from index.local.writer import LocalLibraryWriter
from index.plan import Change, Plan, planned
from index.readers import READERS, Skipped
from tests.fakes import HashingEmbedder
from tests.index.conftest import RunIndexer
from tests.index.found import texts_in


def write(path: Path, **articles: str) -> None:
    lines = [
        json.dumps({"id": id_, "title": f"Su {id_}", "lang": "it", "text": text}) for id_, text in articles.items()
    ]
    path.write_text("\n".join(lines))


def pack(path: Path, **texts: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in texts.items():
            archive.writestr(f"note/{name}.txt", text)


def kinds_and_files(plan: Plan) -> list[tuple[str, str]]:
    return [(change.kind, change.file) for change in plan.changes]


def files(folder: Path) -> dict[str, bytes]:
    """All that there is, but for the notes that SQLite keeps of who reads it."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and "sqlite-" not in path.name}


@pytest.fixture
def two(articles: Path) -> Path:
    write(articles / "a.jsonl", faro="Il faro è spento.", nave="La nave entra.")
    write(articles / "b.jsonl", rete="La rete è piena.")
    return articles


def test_a_plan_names_every_change_with_title_and_file(two: Path, library: Path, run_indexer: RunIndexer) -> None:
    run_indexer()
    write(two / "a.jsonl", faro="Il faro è acceso.", molo="Il molo è lungo.", nave="La nave entra.")
    (two / "b.jsonl").unlink()
    (two / "c.pptx").touch()
    assert planned([two], held_in(library)) == Plan(
        changes=(
            Change(kind="changed", id="faro", title="Su faro", file="a.jsonl"),
            Change(kind="added", id="molo", title="Su molo", file="a.jsonl"),
            Change(kind="removed", id="rete", title="Su rete", file="b.jsonl"),
        ),
        unchanged=1,
        withheld=0,
        skipped=(Skipped(source="c.pptx", reason=f"has no reader (there are: {', '.join(READERS)})"),),
    )


def test_what_lies_in_an_archive_is_named_with_its_place_there(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    archive = articles / "porto.zip"
    pack(archive, faro="Il faro è spento.", nave="La nave entra.")
    run_indexer()
    pack(archive, faro="Il faro è acceso.", nave="La nave entra.", rete="La rete è piena.")
    assert kinds_and_files(planned([articles], held_in(library))) == [
        ("changed", "porto.zip/note/faro.txt"),
        ("added", "porto.zip/note/rete.txt"),
    ]
    pack(archive, faro="Il faro è spento.")
    assert kinds_and_files(planned([articles], held_in(library))) == [("removed", "porto.zip/note/nave.txt")]


def test_what_there_was_no_room_to_unpack_stays_and_is_tried_again(
    articles: Path, library: Path, run_indexer: RunIndexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    archive = articles / "porto.zip"
    pack(archive, faro="Il faro è spento.", nave="La nave entra.")
    run_indexer()
    pack(archive, faro="Il faro è spento.", molo="Il molo è lungo.")
    with monkeypatch.context() as patched:
        patched.setattr("tempfile.mkdtemp", full)
        outcome = run_indexer()
    assert (outcome.added, outcome.changed, outcome.removed) == (0, 0, 0)
    assert outcome.skipped == (Skipped(source="porto.zip", reason=f"cannot be read ({os.strerror(errno.ENOSPC)})"),)
    assert kinds_and_files(planned([articles], held_in(library))) == [
        ("changed", "porto.zip/note/molo.txt")
    ]  # in the place of the ship


@pytest.mark.parametrize("lost", ["porto", "porto/molo", "."])
def test_what_lies_in_a_folder_that_could_not_be_looked_into_stays(
    two: Path, library: Path, run_indexer: RunIndexer, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    def stale(folder: str) -> Iterator[os.DirEntry[str]]:
        if str(folder) == str(two / lost):
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), folder)
        return scandir(folder)

    (two / "porto" / "molo").mkdir(parents=True)
    write(two / "porto" / "molo" / "c.jsonl", molo="Il molo è lungo.")
    run_indexer()
    write(two / "a.jsonl", faro="Il faro è acceso.", nave="La nave entra.")
    scandir = os.scandir
    with monkeypatch.context() as patched:
        patched.setattr("os.scandir", stale)
        outcome = run_indexer()
    shown = str(two) if lost == "." else lost
    assert outcome.skipped == (Skipped(source=shown, reason=f"cannot be read ({os.strerror(errno.ESTALE)})"),)
    assert (outcome.changed, outcome.removed) == (int(lost != "."), 0)
    assert "molo" in held_in(library).articles
    (two / "porto" / "molo" / "c.jsonl").unlink()
    assert ("removed", "porto/molo/c.jsonl") in kinds_and_files(planned([two], held_in(library)))


def test_a_file_that_could_not_be_looked_at_stays(
    two: Path, run_indexer: RunIndexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(path: Path, *, strict: bool = False) -> Path:
        if path.name == "b.jsonl":
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return resolve(path, strict=strict)

    run_indexer()
    resolve = Path.resolve
    with monkeypatch.context() as patched:
        patched.setattr(Path, "resolve", lambda path, strict=False: failing(path, strict=strict))
        outcome = run_indexer()
    assert outcome.skipped == (Skipped(source="b.jsonl", reason=f"cannot be read ({os.strerror(errno.EIO)})"),)
    assert (outcome.generation, outcome.removed) == (None, 0)


def test_what_can_not_be_read_for_now_stays_in_a_rebuild_too_unless_that_is_for_another_model(
    articles: Path, library: Path, run_indexer: RunIndexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    pack(articles / "porto.zip", faro="Il faro è spento.")
    write(articles / "b.jsonl", rete="La rete è piena.")
    run_indexer()
    monkeypatch.setattr("tempfile.mkdtemp", full)
    assert kinds_and_files(planned([articles], held_in(library), rebuild=True)) == [("changed", "b.jsonl")]
    outcome = run_indexer(rebuild=True)
    assert (outcome.added, outcome.changed, outcome.removed, outcome.unchanged) == (0, 1, 0, 1)
    assert len(texts_in(library)) == 2
    lost = [("changed", "b.jsonl"), ("removed", "porto.zip/note/faro.txt")]
    assert kinds_and_files(planned([articles], held_in(library), rebuild=True, fingerprint="other/1")) == lost
    run_indexer(rebuild=True, embedder=HashingEmbedder("other/1"))
    assert texts_in(library) == {"rete": "La rete è piena."}


def test_a_plan_comes_true(two: Path, library: Path, run_indexer: RunIndexer) -> None:
    run_indexer()
    write(two / "a.jsonl", faro="Il faro è acceso.", molo="Il molo è lungo.")
    plan, outcome = planned([two], held_in(library)), run_indexer()
    assert (plan.count("added"), plan.count("changed"), plan.count("removed")) == (0, 2, 0)
    assert (outcome.added, outcome.changed, outcome.removed, outcome.unchanged) == (0, 2, 0, plan.unchanged)
    assert planned([two], held_in(library)) == Plan(changes=(), unchanged=3, withheld=0, skipped=())


def test_an_article_whose_id_is_its_contents_changes_in_its_place(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    (articles / "faro.txt").write_text("Il faro\n\nIl faro è spento.")
    run_indexer()
    (before,) = held_in(library).articles
    (articles / "faro.txt").write_text("Il faro nuovo\n\nIl faro è acceso.")
    (change,) = planned([articles], held_in(library)).changes
    assert (change.kind, change.title, change.file, change.was) == ("changed", "Il faro nuovo", "faro.txt", before)
    assert change.id != before


def test_what_a_rebuild_would_read_anew_is_changed(two: Path, library: Path, run_indexer: RunIndexer) -> None:
    run_indexer()
    plan = planned([two], held_in(library), rebuild=True)
    assert [(change.kind, change.id) for change in plan.changes] == [
        ("changed", "faro"), ("changed", "nave"), ("changed", "rete"),
    ]  # fmt: skip


def test_planning_writes_nothing_and_needs_no_library(two: Path, library: Path, run_indexer: RunIndexer) -> None:
    assert [change.kind for change in planned([two], held_in(library)).changes] == ["added"] * 3
    assert not library.exists()
    run_indexer()
    write(two / "b.jsonl", rete="La rete è vuota.")
    before = files(library)
    assert planned([two], held_in(library)).count("changed") == 1
    assert files(library) == before


def test_planning_goes_on_beside_an_indexer_at_work(two: Path, library: Path, run_indexer: RunIndexer) -> None:
    run_indexer()
    with LocalLibraryWriter(library):
        assert planned([two], held_in(library)).unchanged == 3


def test_a_source_that_is_not_there_cannot_be_planned_for(library: Path) -> None:
    with pytest.raises(SourceMissing, match="name a folder"):
        planned([library / "nowhere"], held_in(library))
