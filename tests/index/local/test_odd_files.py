"""Files that are damaged, foreign or hostile are refused, and whatever goes wrong, what was there goes on answering."""

import json
import resource
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.errors import FileUnusable, NoRoom
from index.local.calibration import save_calibration
from index.local.catalog import FILE
from index.local.exporting import export_library
from index.local.importing import import_library
from index.local.library import LocalLibrary
from index.local.migrations import FORMAT
from index.local.portable import opened
from index.local.runs import newest_runs
from index.local.writer import LocalLibraryWriter
from tests.index.found import found_in
from tests.index.local import crashing_import
from tests.index.local.moving import TEXTS, bring_in, index, repacked, write

ROOT = Path(__file__).parents[3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    library, path = tmp_path / "library", tmp_path / "moved.zip"
    index(library, write(tmp_path / "articles", **TEXTS))
    export_library(library, path)
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    folder = tmp_path / "other"
    index(folder, write(tmp_path / "elsewhere", boa="La boa è rossa."))
    return folder


def refused(file: Path, library: Path, match: str) -> None:
    """And nothing has changed, and nothing is left behind."""
    before, names = found_in(library), sorted(path.name for path in library.iterdir())
    with pytest.raises(FileUnusable, match=match):
        bring_in(file, library, replace=True)
    assert found_in(library) == before
    assert sorted(path.name for path in library.iterdir()) == names


def test_a_byte_that_is_another_is_seen_wherever_it_matters(file: Path, other: Path, tmp_path: Path) -> None:
    """A zip says some things twice, and reads them once: little beside what a few more articles take."""
    more = {f"faro{number}": f"Il faro numero {number} è alto {37 * number % 91} metri." for number in range(30)}
    index(tmp_path / "library", write(tmp_path / "articles", **TEXTS, **more))
    file.unlink()
    export_library(tmp_path / "library", file)
    whole, before, wanted = file.read_bytes(), found_in(other), found_in(tmp_path / "library")
    flipped, seen = tmp_path / "flipped.zip", 0
    places = range(30, len(whole), len(whole) // 60)
    for place in places:
        flipped.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        try:
            bring_in(flipped, tmp_path / f"new{place}")
        except FileUnusable:
            seen += 1
        else:
            assert found_in(tmp_path / f"new{place}") == wanted
    assert seen > 0.9 * len(places)
    assert found_in(other) == before


@pytest.mark.parametrize(
    ("place", "bytes_"),
    [
        (10, b"\x0c\x00"),  # packed in another way: as bzip2, as LZMA, not at all
        (10, b"\x0e\x00"),
        (10, b"\x00\x00"),
        (42, b"\xff\xff\xff\x7f"),  # it begins behind the end of the file, or before the beginning
        (-6, b"\xff\xff\xff\x00"),
    ],
)
def test_a_directory_that_leads_nowhere_is_refused(
    file: Path, other: Path, tmp_path: Path, place: int, bytes_: bytes
) -> None:
    """Of its first entry, the catalog's; or of the note at the end that tells where the directory is."""
    odd, content = tmp_path / "odd.zip", bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        start = place + (archive.start_dir if place > 0 else len(content))
    content[start : start + len(bytes_)] = bytes_
    odd.write_bytes(content)
    refused(odd, other, r"odd\.zip is (damaged|no library)")


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_refused(file: Path, other: Path, tmp_path: Path, share: float) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])
    refused(cut, other, r"cut\.zip is no library that citabot export has written, or not all of one\.$")


def test_a_file_that_is_not_there_or_something_else_is_refused(other: Path, tmp_path: Path) -> None:
    refused(tmp_path / "none.zip", other, r"can't be read \(No such file or directory\)")
    refused(tmp_path, other, r"can't be read \(Is a directory\)")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("photo.jpg", b"")
    refused(tmp_path / "photos.zip", other, "is no library that citabot export has written")


def test_another_models_library_is_refused_with_the_setting_to_change(file: Path, other: Path) -> None:
    with pytest.raises(FileUnusable, match=r"model hashing/1, the settings name other/1\. Set CITABOT_EMBEDDING_MODEL"):
        bring_in(file, other, replace=True, fingerprint="other/1")


@pytest.mark.parametrize(
    ("about", "match"),
    [
        ({"version": 2, "by": "citabot 9.9"}, r"written by a newer Citabot \(citabot 9\.9, form 2"),
        ({"catalog_format": FORMAT + 1}, rf"format {FORMAT + 1}, this one knows {FORMAT}\): update Citabot"),
        ({"format": "something else"}, r"manifest\.json is not as it was written"),
        ({"generation": "7"}, r"manifest\.json is not as it was written"),
        ({"generation": 1 << 64}, r"manifest\.json is not as it was written"),
        ({"fingerprint": None}, r"manifest\.json is not as it was written"),
        ({"parts": []}, r"manifest\.json is not as it was written"),
        ({"parts": {}}, "holds other files than a library"),
        ({"by": "x" * 70_000}, r"manifest\.json is not as it was written"),
        ({"generation": 8}, "it is another one than the manifest says"),
        ({"catalog_format": FORMAT - 1}, "its format is another one than the manifest says"),
    ],
)
def test_a_manifest_that_is_newer_or_odd_is_refused(
    file: Path, other: Path, tmp_path: Path, about: dict[str, Any], match: str
) -> None:
    refused(repacked(file, tmp_path / "odd.zip", about=lambda fields: fields.update(about)), other, match)


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "catalog.sqlite-wal", "state.sqlite", "vectors-1/x"])
def test_files_that_do_not_belong_there_are_refused(file: Path, other: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, b"x")
    refused(file, other, "holds other files than a library")
    listed = repacked(file, tmp_path / "listed.zip", **{name.replace(".", "_"): b"x"})
    refused(listed, other, "holds other files than a library")
    assert not (tmp_path / "escaped").exists()


def test_a_part_that_is_there_twice_is_refused(file: Path, other: Path) -> None:
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(FILE, b"x")
    refused(file, other, "is no library that citabot export has written")


def test_a_part_that_would_unpack_into_very_much_is_refused(file: Path, other: Path, tmp_path: Path) -> None:
    bomb = repacked(file, tmp_path / "bomb.zip", catalog_sqlite=bytes(20_000_000))
    refused(bomb, other, r"catalog\.sqlite is not as it was written")


def test_more_than_fits_on_the_disk_is_not_begun(file: Path, other: Path) -> None:
    with opened(file) as packed, LocalLibraryWriter(other) as writer:
        parts = {FILE: replace(packed.manifest.parts[FILE], bytes=1 << 45)}
        packed.manifest = replace(packed.manifest, parts=parts)
        with pytest.raises(NoRoom, match=r"100663296 MB are needed, \d+ MB are free"):
            import_library(packed, other, writer=writer, replace=True)


def changed(file: Path, target: Path, sql: str) -> Path:
    """A file whose catalog was changed by somebody who got all checksums right."""
    plain = target.with_suffix(".sqlite")
    with zipfile.ZipFile(file) as archive:
        plain.write_bytes(archive.read(FILE))
    with closing(sqlite3.connect(plain, isolation_level=None)) as connection:
        connection.executescript(sql)
    return repacked(file, target, catalog_sqlite=plain.read_bytes())


@pytest.mark.parametrize(
    ("sql", "match"),
    [
        ("CREATE TRIGGER t AFTER DELETE ON runs BEGIN DELETE FROM articles; END", "its tables are not those"),
        ("CREATE VIEW v AS SELECT load_extension('x')", "its tables are not those"),
        ("CREATE TABLE more (x)", "its tables are not those"),
        ("DROP TABLE files", "its tables are not those"),
        ("DELETE FROM vectors", "vectors are missing"),
        ("DELETE FROM meta", "it is another one than the manifest says"),
        ("PRAGMA user_version = 0", "its format is another one than the manifest says"),
    ],
)
def test_a_catalog_that_is_none_is_refused_whatever_its_checksums_say(
    file: Path, other: Path, tmp_path: Path, sql: str, match: str
) -> None:
    refused(changed(file, tmp_path / "changed.zip", sql), other, match)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + bytes(5000)])
def test_a_catalog_that_is_no_database_is_refused(file: Path, other: Path, tmp_path: Path, content: bytes) -> None:
    refused(
        repacked(file, tmp_path / "odd.zip", catalog_sqlite=content), other, "The library in the file can't be used"
    )


def test_what_was_refused_is_on_record(file: Path, other: Path, tmp_path: Path) -> None:
    refused(changed(file, tmp_path / "changed.zip", "DROP TABLE files"), other, "its tables")
    run = newest_runs(other, 1)[0]
    assert (run.kind, run.settled.ended, run.before, run.after) == ("import", "refused", 1, 1)
    assert run.settled.why.startswith("The library in the file can't be used, its tables are not those of a library")


def limited(size: int) -> Callable[[], None]:
    """A process that can't write files larger than this many bytes, as if the disk were full."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def run(code: str, *arguments: object, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, preexec_fn=before, check=False,
    )  # fmt: skip


IMPORT = """
import sys
from pathlib import Path
from tests.index.local.moving import bring_in
bring_in(Path(sys.argv[1]), Path(sys.argv[2]), replace=True)
"""
EXPORT = """
import sys
from pathlib import Path
from index.local.exporting import export_library
export_library(Path(sys.argv[1]), Path(sys.argv[2]), replace=True)
"""
KILLED_EXPORT = """
import os, signal, sys
from pathlib import Path
from index.local.exporting import export_library
sys.addaudithook(lambda name, values: name == "os.rename" and os.kill(os.getpid(), signal.SIGKILL))
export_library(Path(sys.argv[1]), Path(sys.argv[2]), replace=True)
"""


@pytest.mark.parametrize("share", [0.3, 1.002, 1.3])
def test_a_disk_that_fills_up_while_importing_leaves_what_was_there(
    file: Path, other: Path, tmp_path: Path, share: float
) -> None:
    """While the catalog is unpacked; and while it is taken over, whose log is a little larger than it."""
    library = tmp_path / "library"
    index(library, write(tmp_path / "articles", molti=" ".join(f"La nave numero {n} entra." for n in range(3000))))
    export_library(library, file, replace=True)
    with zipfile.ZipFile(file) as archive:
        size = archive.getinfo(FILE).file_size
    before = found_in(other)
    ended = run(IMPORT, file, other, before=limited(int(share * size)))
    if share > 1.2:
        assert ended.returncode == 0, ended.stderr
        return
    assert "NoRoom: " in ended.stderr, ended.stderr
    assert ended.returncode == 1
    assert found_in(other) == before
    assert not [path for path in other.iterdir() if "unfinished" in path.name or "incoming" in path.name]
    assert bring_in(file, other, replace=True).removed == 1


def test_a_disk_that_fills_up_while_exporting_leaves_the_file_that_was_there(file: Path, tmp_path: Path) -> None:
    library, before = tmp_path / "library", file.read_bytes()
    ended = run(EXPORT, library, file, before=limited(40_000))
    assert "NoRoom: " in ended.stderr, ended.stderr
    assert file.read_bytes() == before
    assert not list(tmp_path.glob("*unfinished*"))


@pytest.mark.parametrize("point", crashing_import.POINTS)
def test_killed_at_any_point_one_of_the_two_answers_and_it_can_be_imported_again(
    file: Path, other: Path, tmp_path: Path, point: str
) -> None:
    before, wanted = found_in(other), found_in(tmp_path / "library")
    for library in (other, tmp_path / "library"):
        save_calibration(library, "hashing/1", {"measured of": library.name})
    export_library(tmp_path / "library", file, replace=True)
    command = [sys.executable, "-m", "tests.index.local.crashing_import", str(file), str(other), point]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    taken_over = point in crashing_import.AFTER
    assert found_in(other) == (wanted if taken_over else before)
    assert LocalLibrary(other).calibration == {"measured of": "library" if taken_over else "other"}
    run = newest_runs(other, 1)[0]
    assert (run.kind, run.settled.ended, run.after) == ("import", "interrupted", 2 if taken_over else 1)
    assert bring_in(file, other, replace=True).generation == (3 if taken_over else 2)
    assert found_in(other) == wanted
    assert LocalLibrary(other).calibration == {"measured of": "library"}
    left = [path.name for path in other.iterdir() if path.is_dir() or path.name.startswith("calibration")]
    assert sorted(left) == ["calibration.json", f"vectors-{3 if taken_over else 2}"]


@pytest.mark.parametrize("name", ["moved.zip", "moved [1].zip"])
def test_killed_while_exporting_it_leaves_the_file_that_was_there_and_what_the_next_one_clears_away(
    file: Path, tmp_path: Path, name: str
) -> None:
    before, file = file.read_bytes(), file.rename(tmp_path / name)
    assert run(KILLED_EXPORT, tmp_path / "library", file).returncode == -signal.SIGKILL
    assert file.read_bytes() == before
    assert json.loads(zipfile.ZipFile(file).read("manifest.json"))["articles"] == 3
    assert [path.name for path in tmp_path.glob("*unfinished*/packed")] == ["packed"]
    export_library(tmp_path / "library", file, replace=True)
    assert not list(tmp_path.glob("*unfinished*"))
