"""A library in one file: what is in it, what is not, and that what comes out of it is what went in."""

import json
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import LibraryMissing, NoRoom, NotOverwritten
from index.indexer import is_stale
from index.local.calibration import load_calibration, save_calibration
from index.local.catalog import FILE
from index.local.exporting import export_library
from index.local.library import LocalLibrary, LocalShelf
from index.local.migrations import FORMAT, _bring
from index.local.runs import newest_runs
from index.local.vectors import VectorIndex
from index.local.writer import LocalLibraryWriter
from index.rollback import roll_back
from index.withholding import withhold
from tests.fakes import RecordingEmbedder
from tests.index.found import found_in, texts_in
from tests.index.local.moving import TEXTS, bring_in, index, repacked, write

ROOT = Path(__file__).parents[3]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write(tmp_path / "articles", **TEXTS)


@pytest.fixture
def library(tmp_path: Path, articles: Path) -> Path:
    """Two generations, and an article that is withheld in a third one."""
    folder = tmp_path / "library"
    index(folder, articles)
    write(articles, nave="La nave esce dal porto.", molo="Il molo è lungo.")
    index(folder, articles)
    with LocalLibraryWriter(folder) as writer:
        withhold(["rete"], library=writer)
    return folder


@pytest.fixture
def file(tmp_path: Path, library: Path) -> Path:
    path = tmp_path / "moved.zip"
    export_library(library, path)
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another library, at its first generation."""
    folder = tmp_path / "other"
    index(folder, write(tmp_path / "elsewhere", faro=TEXTS["faro"], boa="La boa è rossa."), by="terminal")
    return folder


def test_what_comes_out_of_the_file_answers_as_what_went_in(library: Path, file: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    outcome = bring_in(file, new)
    assert (outcome.generation, outcome.added, outcome.removed, outcome.withheld) == (3, 3, 0, 1)
    assert found_in(new) == found_in(library)
    assert VectorIndex.load(new, 3, "hashing/1") is not None
    with LocalLibraryWriter(library) as old, LocalLibraryWriter(new) as writer:
        assert writer.kept() == old.kept()
        assert writer.held().withheld == old.held().withheld
        assert roll_back(1, library=writer).generation == 4
    assert texts_in(new) == {name: text for name, text in TEXTS.items() if name != "rete"}
    assert not [path for path in new.iterdir() if "unfinished" in path.name or "incoming" in path.name]


def test_nothing_is_embedded_anew_wherever_the_articles_are_there(file: Path, articles: Path, tmp_path: Path) -> None:
    new, moved = tmp_path / "new", tmp_path / "moved"
    bring_in(file, new)
    articles.rename(moved)
    embedder = RecordingEmbedder()
    index(new, moved, embedder)
    assert embedder.embedded == []


def test_a_start_leaves_it_as_it_was_imported_until_somebody_indexes(
    file: Path, tmp_path: Path, articles: Path
) -> None:
    new, none = tmp_path / "new", write(tmp_path / "none")
    bring_in(file, new)
    with LocalLibraryWriter(new) as writer:
        assert not is_stale([none], writer)
        assert writer.held().imported
    index(new, articles)
    with LocalLibraryWriter(new) as writer:
        assert not writer.held().imported
        assert is_stale([none], writer)


def test_the_manifest_says_what_is_there_and_stands_beside_the_catalog_alone(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        assert sorted(archive.namelist()) == ["catalog.sqlite", "manifest.json"]
        manifest = json.loads(archive.read("manifest.json"))
    part = manifest.pop("parts")["catalog.sqlite"]
    assert part.keys() == {"bytes", "sha256"}
    made, by = manifest.pop("made"), manifest.pop("by")
    assert made.endswith("+00:00")
    assert by.startswith("citabot ")
    assert manifest == {
        "format": "citabot library", "version": 1, "catalog_format": FORMAT, "fingerprint": "hashing/1",
        "generation": 3, "articles": 3, "passages": 3,
    }  # fmt: skip


def test_who_did_what_is_not_in_it(library: Path, file: Path, tmp_path: Path) -> None:
    (library / "state.sqlite").write_text("who asked what")
    with zipfile.ZipFile(file) as archive:
        catalog = archive.read("catalog.sqlite")
    assert b"telegram 4242" in (library / FILE).read_bytes()
    assert b"telegram 4242" not in catalog
    (tmp_path / "plain.sqlite").write_bytes(catalog)
    with closing(sqlite3.connect(tmp_path / "plain.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (0,)


def test_articles_that_are_gone_for_good_have_left_no_trace_in_it(tmp_path: Path, articles: Path) -> None:
    library, file = tmp_path / "library", tmp_path / "moved.zip"
    write(articles, segreto="Il segreto di Pulcinella.")
    index(library, articles)
    (articles / "segreto.jsonl").unlink()
    for number in range(11):
        write(articles, faro=f"Il faro numero {number} è spento.")
        index(library, articles)
    export_library(library, file)
    with zipfile.ZipFile(file) as archive:
        assert b"Pulcinella" not in archive.read("catalog.sqlite")


def test_what_was_measured_goes_with_it_and_what_was_measured_there_goes(
    library: Path, tmp_path: Path, other: Path
) -> None:
    measured, plain = tmp_path / "measured.zip", tmp_path / "plain.zip"
    export_library(library, plain)
    save_calibration(library, "hashing/1", {"a": 1})
    export_library(library, measured)
    bring_in(measured, other, replace=True)
    assert load_calibration(other, "hashing/1") == {"a": 1}
    bring_in(plain, other, replace=True)
    assert load_calibration(other, "hashing/1") is None


def test_a_library_with_articles_is_replaced_only_if_that_is_said(file: Path, library: Path, other: Path) -> None:
    before = found_in(other)
    with pytest.raises(NotOverwritten, match=r"holds 2 articles.*--replace"):
        bring_in(file, other)
    assert found_in(other) == before
    outcome = bring_in(file, other, replace=True)
    assert (outcome.generation, outcome.added, outcome.changed, outcome.removed, outcome.unchanged) == (3, 2, 0, 1, 1)
    assert found_in(other) == found_in(library)
    assert [path.name for path in other.glob("vectors*")] == ["vectors-3"]


def test_the_record_of_what_was_done_stays_where_it_was_done(file: Path, other: Path) -> None:
    bring_in(file, other, replace=True)
    newest, oldest = newest_runs(other, 9)
    assert (newest.kind, newest.by, newest.before, newest.after) == ("import", "test", 1, 3)
    assert (newest.settled.ended, newest.settled.added, newest.settled.removed) == ("published", 2, 1)
    assert (oldest.kind, oldest.by, oldest.settled.ended) == ("index", "terminal", "published")


def test_a_generation_has_a_number_that_no_reader_has_seen(file: Path, other: Path, tmp_path: Path) -> None:
    for number in range(5):
        index(other, write(tmp_path / "elsewhere", faro=f"Faro {number}."))
    assert bring_in(file, other, replace=True).generation == 7
    assert bring_in(file, other, replace=True).generation == 8


def test_who_reads_meanwhile_keeps_what_they_have_and_sees_the_new_library_next(
    file: Path, library: Path, other: Path
) -> None:
    shelf = LocalShelf(other)
    in_flight = shelf.current()
    before = [(summary.id, in_flight.passages([1, 2])) for summary in in_flight.articles()]
    bring_in(file, other, replace=True)
    assert [(summary.id, in_flight.passages([1, 2])) for summary in in_flight.articles()] == before
    newer = shelf.current()
    assert newer.generation == 3
    assert [summary.id for summary in newer.articles()] == ["faro", "molo", "nave"]
    shelf.close()


WORKING = """
import sys
from pathlib import Path
from tests.index.local.moving import index, write
print("begun", flush=True)
for number in range(10_000):
    index(Path(sys.argv[1]), write(Path(sys.argv[2]), **{f"n{each}": f"Numero {number}." for each in range(40)}))
"""


@pytest.fixture
def at_work(library: Path, articles: Path) -> Iterator[None]:
    """Another process indexes one generation after the other; in each of them forty articles say the same."""
    command = [sys.executable, "-c", WORKING, str(library), str(articles)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    yield
    process.kill()
    process.communicate()


@pytest.mark.usefixtures("at_work")
def test_beside_an_indexer_at_work_it_is_one_generation(library: Path, tmp_path: Path) -> None:
    generations = set()
    for number in range(20):
        file, new = tmp_path / f"{number}.zip", tmp_path / f"new{number}"
        manifest = export_library(library, file)
        bring_in(file, new)
        texts = {text for name, text in texts_in(new).items() if name.startswith("n") and name != "nave"}
        assert len(texts) <= 1
        with closing(LocalLibrary(new)) as opened:
            assert opened.generation == manifest.generation
        generations.add(manifest.generation)
    assert len(generations) > 1


def test_what_is_there_is_written_over_only_if_that_is_said(library: Path, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(NotOverwritten, match=r"moved\.zip is there already: .*--replace"):
        export_library(library, file)
    assert file.read_bytes() == before
    with LocalLibraryWriter(library) as writer:
        withhold(["molo"], library=writer)
    assert export_library(library, file, replace=True).articles == 2
    assert file.read_bytes() != before


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("library/catalog.sqlite", "lies in the library's own folder: name a file elsewhere"),
        ("library/new.zip", "lies in the library's own folder: name a file elsewhere"),
        ("library", "is a folder: name a file in it"),
        ("other", "is a folder: name a file in it"),
    ],
)
def test_an_export_never_takes_the_place_of_the_library_or_of_a_folder(
    library: Path, tmp_path: Path, inside: str, why: str
) -> None:
    (tmp_path / "other").mkdir()
    before = found_in(library)
    with pytest.raises(NotOverwritten, match=rf"/{inside} {why}"):
        export_library(library, tmp_path / inside, replace=True)
    assert found_in(library) == before


def test_two_to_the_same_file_do_not_get_in_each_others_way(library: Path, tmp_path: Path) -> None:
    file = tmp_path / "moved.zip"
    with ThreadPoolExecutor(4) as threads:
        for written in [threads.submit(export_library, library, file, replace=True) for _ in range(16)]:
            assert written.result().articles == 3
    assert bring_in(file, tmp_path / "new").added == 3
    assert not list(tmp_path.glob("*unfinished*"))


def test_where_there_is_no_library_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        export_library(tmp_path / "none", tmp_path / "moved.zip")
    with LocalLibraryWriter(tmp_path / "empty"):
        pass
    with pytest.raises(LibraryMissing, match="Nothing has been indexed"):
        export_library(tmp_path / "empty", tmp_path / "moved.zip")
    assert not list(tmp_path.glob("moved*"))


def test_a_folder_that_is_not_there_is_said(library: Path, tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match=r"There is no folder .*/nowhere: make it first"):
        export_library(library, tmp_path / "nowhere" / "moved.zip")


def test_an_older_library_is_brought_up_to_date(file: Path, library: Path, tmp_path: Path) -> None:
    """As one of the first format would be."""
    new, old = tmp_path / "new", tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        _bring(connection, 1)
        connection.execute("ATTACH ? AS now", (str(library / FILE),))
        connection.executescript("""
            INSERT INTO meta SELECT * FROM now.meta;
            INSERT INTO articles SELECT id, digest, file, title, text, language, source, author, published, url
                FROM now.articles WHERE id IN (SELECT article FROM now.passages);
            INSERT INTO passages SELECT id, article, place, bounds, keys FROM now.passages;
            INSERT INTO terms (rowid, stems) SELECT rowid, stems FROM now.terms;
            INSERT INTO vectors SELECT key, fingerprint, vector FROM now.vectors;
        """)
    aged = repacked(
        file,
        tmp_path / "aged.zip",
        about=lambda fields: fields.update(catalog_format=1),
        catalog_sqlite=old.read_bytes(),
    )
    assert bring_in(aged, new).added == 3
    assert texts_in(new) == texts_in(library)
    with closing(LocalLibrary(new)) as opened:
        assert [neighbour.id for neighbour in opened.matching(["nav"], 5)] == [5]


def test_two_at_once_do_not_get_in_each_others_way(library: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.zip" for number in range(4)]
    threads = [threading.Thread(target=export_library, args=(library, file)) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, file in enumerate(files):
        assert bring_in(file, tmp_path / f"new{number}").added == 3
