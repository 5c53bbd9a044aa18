"""FAISS files are derived: whatever happens to them, the answers stay the same."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.library import Neighbour
from index.local.catalog import StoredVectors
from index.local.library import LocalLibrary
from index.local.vectors import VectorIndex
from index.local.writer import LocalLibraryWriter
from tests.fakes import HashingEmbedder
from tests.index.local.conftest import stock

TEXTS = [
    "Il faro è spento. La nave entra in porto.",
    "La rete è piena di pesce.",
    "Nebbia sul molo, vento sulla costa.",
]
QUESTION = HashingEmbedder().embed_question("la nave in porto")


def remove(folder: Path) -> None:
    shutil.rmtree(folder)


def remove_one(folder: Path) -> None:
    (folder / "sentences.faiss").unlink()


def empty_one(folder: Path) -> None:
    (folder / "rows.npz").write_bytes(b"")


def flip_a_bit(folder: Path) -> None:
    content = bytearray((folder / "passages.faiss").read_bytes())
    content[-3] ^= 1
    (folder / "passages.faiss").write_bytes(content)


def swap(folder: Path) -> None:
    (folder / "passages.faiss").rename(folder / "x")
    (folder / "sentences.faiss").rename(folder / "passages.faiss")
    (folder / "x").rename(folder / "sentences.faiss")


def stamp(**fields: object) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        held = json.loads((folder / "stamp.json").read_text())
        (folder / "stamp.json").write_text(json.dumps(held | fields))

    return write


def garble_the_stamp(folder: Path) -> None:
    (folder / "stamp.json").write_bytes(b"\xff{")


DAMAGES = {
    "missing": remove,
    "half missing": remove_one,
    "emptied": empty_one,
    "one bit": flip_a_bit,
    "swapped": swap,
    "another generation": stamp(generation=7),
    "another model": stamp(fingerprint="other"),
    "garbled stamp": garble_the_stamp,
}


def answers(library: Path) -> list[Neighbour]:
    opened = LocalLibrary(library)
    found = opened.nearest(QUESTION, 9)
    opened.close()
    return found


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_files_change_no_answer(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    library = stock(tmp_path, TEXTS)
    before = answers(library)
    assert [neighbour.id for neighbour in before] == [1, 2, 3]
    damage(library / "vectors-1")
    assert VectorIndex.load(library, 1, "hashing/1") is None
    assert answers(library) == before


def test_files_that_are_missing_are_made_by_the_next_indexer(tmp_path: Path) -> None:
    library = stock(tmp_path, TEXTS)
    before = answers(library)
    shutil.rmtree(library / "vectors-1")
    with LocalLibraryWriter(library):
        pass
    index = VectorIndex.load(library, 1, "hashing/1")
    assert index is not None
    assert index.nearest(QUESTION, 9) == before


def test_only_the_newest_generations_files_are_kept(tmp_path: Path) -> None:
    stock(tmp_path, TEXTS)
    (tmp_path / "library" / "vectors.unfinished-abc").mkdir()
    library = stock(tmp_path, TEXTS[:1])
    assert sorted(path.name for path in library.glob("vectors*")) == ["vectors-2"]


def test_saved_files_answer_as_they_did(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    passages, sentences = (rng.normal(size=(rows, 8)).astype(np.float32) for rows in (5, 9))
    ids, first = np.array([2, 3, 5, 8, 13]), np.array([0, 1, 4, 5, 8, 9])
    index = VectorIndex.of(StoredVectors(ids=ids, first=first, passages=passages, sentences=sentences))
    index.save(tmp_path, 4, "f")
    loaded = VectorIndex.load(tmp_path, 4, "f")
    assert loaded is not None
    assert loaded.nearest(passages[2], 9) == index.nearest(passages[2], 9)
    assert index.nearest(passages[2], 1)[0].id == 5
    assert [len(neighbour.sentences) for neighbour in sorted(index.nearest(passages[2], 9), key=lambda n: n.id)] == [
        1,
        3,
        1,
        3,
        1,
    ]


def test_an_index_of_nothing_finds_nothing() -> None:
    nothing = np.zeros((0, 1), np.float32)
    ids, first = np.zeros(0, np.int64), np.zeros(1, np.int64)
    index = VectorIndex.of(StoredVectors(ids=ids, first=first, passages=nothing, sentences=nothing))
    assert index.nearest(QUESTION, 5) == []
    assert index.nearest(QUESTION, 5, among=[1, 2]) == []
