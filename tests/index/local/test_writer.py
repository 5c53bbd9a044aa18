"""One indexer at a time, vectors kept as they come, and everything else in one step or not at all."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.article import Article, Span
from index.errors import LibraryBusy, LibraryUnusable
from index.library_writer import Changes, Entry, Held, KnownArticle, KnownFile
from index.local.calibration import save_calibration
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from index.passages import Cut
from index.tokens import TokenSigns

TEXT = "Il faro è spento."
ARTICLE = Article(id="a", title="T", text=TEXT, language="it", source="a.txt")
KEYS = [bytes([number]) * 16 for number in range(4)]
CUT = Cut(span=Span(0, len(TEXT)), sentences=(Span(0, len(TEXT)),))
ENTRY = Entry(article=ARTICLE, file="/a.txt", cuts=(CUT,), keys=((KEYS[0], KEYS[1]),), terms=("far spent",))
VECTORS = np.eye(4, dtype=np.float32)
TOKENS = TokenSigns(signs=np.array([[0b1010_0000], [0b0001_0000]], np.uint8), starts=np.array([0, 3], np.uint32))
HOLDER = """
import sys
from pathlib import Path
from index.local.writer import LocalLibraryWriter
with LocalLibraryWriter(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def changes(*entries: Entry, gone: tuple[str, ...] = (), fingerprint: str = "f") -> Changes:
    files = {entry.file: KnownFile(digest="d", articles={entry.article.id: entry.article.digest}) for entry in entries}
    return Changes(entries=entries, gone=gone, files=files, fingerprint=fingerprint)


def test_a_second_process_is_told_that_the_library_is_busy(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LibraryBusy, match="Another indexer"), LocalLibraryWriter(tmp_path):
            pass
        holder.communicate("let go\n")
    with LocalLibraryWriter(tmp_path) as writer:
        assert writer.held() == Held()


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    with LocalLibraryWriter(tmp_path) as writer:
        assert writer.held().files == {}


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "library"):
        with pytest.raises(LibraryUnusable, match="set CITABOT_LIBRARY"):
            LocalLibraryWriter(folder)


def test_kept_vectors_are_known_at_once_for_their_model_only(tmp_path: Path) -> None:
    with LocalLibraryWriter(tmp_path) as writer:
        assert writer.missing([KEYS[1], KEYS[0], KEYS[1]], "f") == [KEYS[1], KEYS[0]]
        writer.keep(KEYS[:2], VECTORS[:2], "f")
    with LocalLibraryWriter(tmp_path) as writer:
        assert writer.missing(KEYS, "f") == KEYS[2:]
        assert writer.missing(KEYS, "another") == KEYS
        assert writer.held().fingerprint is None


def test_what_is_published_is_what_a_reader_finds(tmp_path: Path) -> None:
    with LocalLibraryWriter(tmp_path) as writer:
        writer.keep(KEYS, VECTORS, "f")
        assert writer.publish(changes(ENTRY)) == 1
        assert writer.held().fingerprint == "f"
        assert writer.held().articles == {"a": KnownArticle(title="T", source="a.txt")}
        assert writer.held().files == {"/a.txt": KnownFile(digest="d", articles={"a": ARTICLE.digest})}
    library = LocalLibrary(tmp_path)
    (passage,) = library.passages([1])
    assert (passage.article, passage.span, passage.sentences) == (ARTICLE, CUT.span, CUT.sentences)
    (neighbour,) = library.nearest(np.array([0.6, 0.8, 0, 0], np.float32), 3)
    assert (neighbour.passage, neighbour.sentences) == (pytest.approx(0.6), (pytest.approx(0.8),))


def test_a_publication_that_fails_changes_nothing(tmp_path: Path) -> None:
    with LocalLibraryWriter(tmp_path) as writer:
        writer.keep(KEYS, VECTORS, "f")
        writer.publish(changes(ENTRY))
        twice = replace(ENTRY, article=replace(ARTICLE, id="b"), keys=((KEYS[2], KEYS[3]),) * 2)
        with pytest.raises(ValueError, match="zip"):
            writer.publish(changes(twice, gone=("a",), fingerprint="another"))
        assert writer.held().articles == {"a": KnownArticle(title="T", source="a.txt")}
        assert writer.held().fingerprint == "f"
        assert writer.missing(KEYS, "f") == []
    assert LocalLibrary(tmp_path).generation == 1


def test_ids_of_passages_are_never_used_twice(tmp_path: Path) -> None:
    with LocalLibraryWriter(tmp_path) as writer:
        writer.keep(KEYS, VECTORS, "f")
        writer.publish(changes(ENTRY))
        writer.publish(changes(gone=("a",)))
        assert writer.publish(changes(ENTRY)) == 3
    library = LocalLibrary(tmp_path)
    assert library.passages([1]) == []
    assert [passage.article.id for passage in library.passages([2])] == ["a"]


def test_another_models_vectors_go_when_the_library_changes_over(tmp_path: Path) -> None:
    with LocalLibraryWriter(tmp_path) as writer:
        writer.keep(KEYS, VECTORS, "f")
        writer.publish(changes(ENTRY))
        writer.keep(KEYS, VECTORS[::-1], "g")
        writer.publish(changes(ENTRY, fingerprint="g"))
        assert writer.missing(KEYS, "f") == KEYS
        assert writer.missing(KEYS, "g") == []


def test_kept_tokens_are_known_at_once_for_their_model_only_and_go_when_the_library_changes_over(
    tmp_path: Path,
) -> None:
    with LocalLibraryWriter(tmp_path) as writer:
        writer.keep(KEYS, VECTORS, "f")
        assert writer.missing(KEYS, "f", tokens=True) == KEYS
        writer.keep(KEYS[:1], VECTORS[:1], "f", [TOKENS])
    with LocalLibraryWriter(tmp_path) as writer:
        assert writer.missing(KEYS, "f", tokens=True) == KEYS[1:]
        assert writer.missing(KEYS, "g", tokens=True) == KEYS
        writer.publish(changes(ENTRY))
        assert LocalLibrary(tmp_path).tokens([1])[1].signs.tolist() == [[0b1010_0000], [0b0001_0000]]
        writer.keep(KEYS, VECTORS, "g")
        writer.publish(changes(ENTRY, fingerprint="g"))
        assert writer.missing(KEYS, "f", tokens=True) == KEYS
    assert LocalLibrary(tmp_path).tokens([2]) == {}


def test_vectors_and_tokens_that_are_not_as_many_are_refused(tmp_path: Path) -> None:
    with LocalLibraryWriter(tmp_path) as writer:
        with pytest.raises(ValueError, match="zip"):
            writer.keep(KEYS, VECTORS, "f", [TOKENS])
        assert writer.missing(KEYS, "f") == KEYS


def test_a_library_of_another_recipe_knows_its_articles_but_no_files(tmp_path: Path) -> None:
    with LocalLibraryWriter(tmp_path) as writer:
        writer.keep(KEYS, VECTORS, "f")
        writer.publish(changes(ENTRY))
    connection = sqlite3.connect(tmp_path / "catalog.sqlite", isolation_level=None)
    connection.execute("UPDATE meta SET value = 'of old' WHERE key = 'recipe'")
    connection.close()
    with LocalLibraryWriter(tmp_path) as writer:
        assert writer.held().files == {}
        assert writer.held().articles == {"a": KnownArticle(title="T", source="a.txt")}


def test_whoever_may_read_the_library_may_read_what_is_derived_from_it(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    with LocalLibraryWriter(tmp_path / "library") as writer:
        writer.keep(KEYS, VECTORS, "f", [TOKENS] * 4)
        writer.publish(changes(ENTRY))
    (folder,) = (tmp_path / "library").glob("vectors-*")
    assert folder.stat().st_mode == plain.stat().st_mode
    save_calibration(tmp_path / "library", "f", {"weights": []})
    (plain / "file").touch()
    modes = {path.stat().st_mode for path in (tmp_path / "library").rglob("*") if path.suffix in (".json", ".npy")}
    assert modes == {(plain / "file").stat().st_mode}
