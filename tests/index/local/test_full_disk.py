"""A disk that is full stops the indexer, and is said; neither the process nor what was published comes to harm."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.errors import NoRoom
from index.local.library import LocalLibrary
from index.local.vectors import VectorIndex
from index.local.writer import LocalLibraryWriter
from tests.index.found import found_in
from tests.index.local.conftest import stock
from tests.index.local.moving import index, write
from tests.index.local.test_odd_files import limited, run

ROOT = Path(__file__).parents[3]
MOUNTED = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=8m none "$0" && exec "$@"']


def on_a_small_disk(disk: Path, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Skips the test where nobody but root may mount one."""
    disk.mkdir()
    if (
        not shutil.which("unshare")
        or subprocess.run([*MOUNTED, disk, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no disk can be mounted here")
    return subprocess.run([*MOUNTED, disk, *command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_however_little_room_there_is_the_indexer_says_so_and_what_was_published_answers(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    command = [sys.executable, "-m", "tests.index.local.filling_up", str(disk), "0", "1000000", "30000"]
    ended = on_a_small_disk(disk, command)
    assert ended.returncode == 0, ended.stderr
    assert {line.strip() for line in ended.stdout.splitlines()} == {"done", "no room"}


INDEX = """
import sys
from pathlib import Path
from tests.index.local.moving import index
index(Path(sys.argv[1]), Path(sys.argv[2]))
"""
OPEN = """
import sys
from pathlib import Path
from index.local.writer import LocalLibraryWriter
with LocalLibraryWriter(Path(sys.argv[1])) as writer:
    print(len(writer.held().articles))
"""


def test_files_that_may_not_grow_are_said_in_one_line_that_tells_what_to_do(tmp_path: Path) -> None:
    library, articles = tmp_path / "library", write(tmp_path / "articles", faro="Il faro è spento.")
    index(library, articles)
    before = found_in(library)
    write(articles, nave=" ".join(f"La nave numero {number} entra." for number in range(3000)))
    ended = run(INDEX, library, articles, before=limited(300_000))
    assert f"index.errors.NoRoom: {library} can't be written to (" in ended.stderr
    assert "make room there. What was published before still answers." in ended.stderr
    assert found_in(library) == before
    assert not list(library.glob("*unfinished*"))


def test_a_library_whose_files_of_vectors_find_no_room_can_be_held_all_the_same(tmp_path: Path) -> None:
    library = stock(tmp_path, [f"La nave numero {number} entra in porto." for number in range(400)])
    before = found_in(library)
    shutil.rmtree(library / "vectors-1")
    ended = run(OPEN, library, before=limited(50_000))
    assert (ended.returncode, ended.stdout) == (0, "400\n"), ended.stderr
    assert not list(library.glob("*unfinished*"))
    assert VectorIndex.load(library, 1, "hashing/1") is None
    assert found_in(library) == before


def test_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    stock(tmp_path, ["Il faro è spento."])
    with pytest.raises(FileNotFoundError), LocalLibraryWriter(tmp_path / "library"):
        (tmp_path / "none").read_bytes()
    full = pytest.raises(NoRoom, match=r"can't be written to \(No space left on device\)")
    with full, LocalLibraryWriter(tmp_path / "library"):
        Path("/dev/full").write_text("x")
    assert [article.id for article in LocalLibrary(tmp_path / "library").articles()] == ["a000"]
