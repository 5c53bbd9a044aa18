"""FAISS files are derived: whatever happens to them, the answers stay the same."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Vectors
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
QUESTION = HashingEmbedder().read_question("la nave in porto").vector


def remove(folder: Path) -> None:
    shutil.rmtree(folder)


def remove_one(folder: Path) -> None:
    (folder / "sentences.npy").unlink()


def empty_one(folder: Path) -> None:
    (folder / "layout.npz").write_bytes(b"")


def flip_a_bit(folder: Path) -> None:
    content = bytearray((folder / "nearness.faiss").read_bytes())
    content[-3] ^= 1
    (folder / "nearness.faiss").write_bytes(content)


def swap(folder: Path) -> None:
    (folder / "passages.npy").rename(folder / "x")
    (folder / "sentences.npy").rename(folder / "passages.npy")
    (folder / "x").rename(folder / "sentences.npy")


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


def stored(ids: list[int], sizes: list[int], *, seed: int = 3, dimension: int = 8) -> StoredVectors:
    """Passages drawn by chance, each with so many sentences around it, in blocks of five."""
    rng = np.random.default_rng(seed)
    passages, around = rng.normal(size=(len(ids), dimension)), rng.normal(size=(sum(sizes), dimension))
    sentences = np.repeat(passages, sizes, axis=0) + around
    return StoredVectors(
        ids=np.array(ids, np.int64),
        first=np.cumsum([0, *sizes], dtype=np.int64),
        dimension=dimension,
        passages=blocks(passages),
        sentences=blocks(sentences),
    )


def blocks(rows: Vectors) -> list[Vectors]:
    unit = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return [unit[at : at + 5] for at in range(0, len(unit), 5)]


@pytest.mark.parametrize("exact_up_to", [1000, 0], ids=["exact", "approximate"])
def test_saved_files_answer_as_they_did(tmp_path: Path, exact_up_to: int) -> None:
    vectors = stored([2, 3, 5, 8, 13], [4, 9, 4, 9, 4])
    index = VectorIndex.of(vectors, exact_up_to=exact_up_to)
    VectorIndex.save(vectors, tmp_path, 4, "f", exact_up_to=exact_up_to)
    loaded = VectorIndex.load(tmp_path, 4, "f")
    assert loaded is not None
    question = np.concatenate([*vectors.passages])[2]
    found = index.nearest(question, 9)
    assert loaded.nearest(question, 9) == found
    assert {neighbour.id: len(neighbour.sentences) for neighbour in found} == {2: 4, 3: 9, 5: 4, 8: 9, 13: 4}
    assert max(found, key=lambda neighbour: neighbour.passage).id == 5


def test_the_approximate_search_finds_almost_all_that_the_exact_one_does_and_scores_it_alike() -> None:
    sizes = [1 + number % 5 for number in range(6000)]
    vectors = stored([3 * number for number in range(6000)], sizes, dimension=16)
    exact, approximate = (VectorIndex.of(vectors, exact_up_to=limit) for limit in (10**6, 0))
    found = 0
    for question in stored(list(range(30)), [1] * 30, seed=5, dimension=16).passages:
        for vector in question:
            wanted = {neighbour.id: neighbour for neighbour in exact.nearest(vector, 20)}
            nearest = approximate.nearest(vector, 20)
            assert [neighbour.nearness for neighbour in nearest] == sorted((n.nearness for n in nearest), reverse=True)
            assert len(nearest) == 20
            for neighbour in nearest:
                if neighbour.id in wanted:
                    found += 1
                    same = wanted[neighbour.id]
                    assert neighbour.passage == pytest.approx(same.passage, abs=2e-3)
                    assert neighbour.sentences == pytest.approx(same.sentences, abs=2e-3)
    assert found / (30 * 20) > 0.97


def test_among_given_passages_an_approximate_index_leaves_none_out() -> None:
    vectors = stored(list(range(1, 3001)), [2] * 3000)
    exact, approximate = (VectorIndex.of(vectors, exact_up_to=limit) for limit in (10**6, 0))
    (vector, *_), *_ = stored([1], [1], seed=7).passages
    among = [2999, 17, 400, 9999, 400, -1]
    assert [neighbour.id for neighbour in approximate.nearest(vector, 9, among)] == [
        neighbour.id for neighbour in exact.nearest(vector, 9, among)
    ]
    assert len(exact.nearest(vector, 9, among)) == 3


@pytest.mark.parametrize("name", ["passages.npy", "sentences.npy", "nearness.faiss", "layout.npz"])
def test_a_large_file_that_was_torn_is_noticed(tmp_path: Path, name: str) -> None:
    """Its end is missing, or holds nothing."""
    vectors = stored(list(range(40_000)), [1] * 40_000, dimension=256)
    VectorIndex.save(vectors, tmp_path, 1, "f", exact_up_to=0)
    path = tmp_path / "vectors-1" / name
    size = path.stat().st_size
    with path.open("rb+") as file:
        file.truncate(size - size // 100)
        file.truncate(size)
    assert VectorIndex.load(tmp_path, 1, "f") is None


def test_an_index_of_nothing_finds_nothing() -> None:
    index = VectorIndex.of(stored([], []))
    assert index.nearest(QUESTION, 5) == []
    assert index.nearest(QUESTION, 5, among=[1, 2]) == []
