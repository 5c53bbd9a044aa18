"""A small change to a large library is laid beside the files that there are, and nothing tells it from new ones."""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexingError
from index.indexer import index_sources
from index.library import Neighbour
from index.local.catalog import Catalog
from index.local.library import LocalLibrary
from index.local.vectors import VectorIndex
from index.local.writer import LocalLibraryWriter
from tests.fakes import HashingEmbedder
from tests.index.found import found_in
from tests.index.local import crashing_small
from tests.index.local.conftest import WORDS, is_amended, prose, stock

ROOT = Path(__file__).parents[3]
QUESTION = HashingEmbedder().read_question("la nave entra in porto").vector
TEXTS = [prose(random.Random(seed)) for seed in range(60)]
NEW = "La nave entra in porto. Il porto è pieno di navi."


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return stock(tmp_path, TEXTS)


def files(library: Path, generation: int) -> dict[str, int]:
    """Where on the disk each file of a generation lies, by its name."""
    return {path.name: path.stat().st_ino for path in (library / f"vectors-{generation}").iterdir()}


def base_of(library: Path) -> int:
    """Where on the disk the newest files' base lies."""
    (folder,) = library.glob("vectors-*")
    return (folder / "nearness.faiss").stat().st_ino


def nearest(library: Path, k: int = 1000) -> list[Neighbour]:
    with closing(LocalLibrary(library)) as opened:
        return opened.nearest(QUESTION, k)


def newest(library: Path) -> VectorIndex:
    with closing(Catalog(library)) as catalog:
        index = VectorIndex.load(library, catalog.generation, catalog.fingerprint)
    assert index is not None
    return index


def made_anew(library: Path, exact_up_to: int = 50_000) -> VectorIndex:
    with closing(Catalog(library)) as catalog:
        return VectorIndex.of(catalog.vectors(), exact_up_to=exact_up_to)


@pytest.mark.parametrize("exact_up_to", [50_000, 0], ids=["exact", "by codes"])
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_after_any_small_changes_it_answers_as_if_it_were_made_anew(exact_up_to: int, seed: int) -> None:
    """Codes are looked through to their end here; they are exact then, but for vectors in half precision."""
    rng, texts = random.Random(seed), list(TEXTS)
    with tempfile.TemporaryDirectory() as folder:
        library = stock(Path(folder), texts)
        with closing(Catalog(library)) as catalog:
            VectorIndex.save(catalog.vectors(), library, 1, "hashing/1", exact_up_to=exact_up_to)
        base = base_of(library)
        for _ in range(4):
            for _ in range(rng.randint(1, 2)):
                text = rng.choice([rng.choice(texts), " ".join(rng.choices(WORDS, k=9)) + ".", "Niente."])
                at = rng.choice([len(texts), rng.randrange(len(texts))])
                texts[at : at + 1] = [text]
            if rng.random() < 0.5:
                texts.pop()
            stock(Path(folder), texts)
            exact_up_to = exact_up_to if base_of(library) == base else 50_000
            index, wanted = newest(library), made_anew(library, exact_up_to)
            for _ in range(5):
                vector = HashingEmbedder().read_question(" ".join(rng.choices(WORDS, k=4))).vector
                among = rng.choices(range(500), k=30)
                for k in (1, 7, 1000) if exact_up_to else (60, 1000):
                    assert index.nearest(vector, k) == wanted.nearest(vector, k)
                    assert index.nearest(vector, k, among) == wanted.nearest(vector, k, among)


def test_the_files_that_there_are_go_on_being_used_and_only_what_is_new_is_written(
    tmp_path: Path, library: Path
) -> None:
    before = files(library, 1)
    reader = LocalLibrary(library)
    found = reader.nearest(QUESTION, 1000)
    stock(tmp_path, [*TEXTS[:-1], NEW])
    after = files(library, 2)
    assert {name for name in after if after[name] in before.values()} == {
        "nearness.faiss", "passages.npy", "sentences.npy", "layout.npz",
    }  # fmt: skip
    assert not (library / "vectors-1").exists()
    assert reader.nearest(QUESTION, 1000) == found
    reader.close()
    assert nearest(library) == made_anew(library).nearest(QUESTION, 1000) != found
    stock(tmp_path, TEXTS[:-2])
    assert [name for name, place in files(library, 3).items() if place not in before.values()] != []
    assert "added-layout.npz" not in files(library, 3)


def test_many_changes_are_too_many_at_once_and_one_after_the_other(tmp_path: Path, library: Path) -> None:
    base, anew = base_of(library), []
    for number in range(1, 13):
        stock(tmp_path, [f"Il porto numero {at}. La nave." if at < number else text for at, text in enumerate(TEXTS)])
        if base_of(library) != base:
            anew.append(number)
            base = base_of(library)
    assert anew == [7]
    stock(tmp_path, TEXTS[:40])
    assert not is_amended(library)
    assert nearest(library) == made_anew(library).nearest(QUESTION, 1000)


def test_another_model_has_no_use_for_the_files_that_there_are(tmp_path: Path, library: Path) -> None:
    with LocalLibraryWriter(library) as writer:
        other = HashingEmbedder("hashing/2")
        index_sources([tmp_path / "articles.jsonl"], writer=writer, embedder=other, rebuild=True)
    assert not is_amended(library)
    assert VectorIndex.load(library, 2, "hashing/2") is not None


def tear(name: str) -> Callable[[Path], None]:
    def torn(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        content[-9] ^= 1
        (folder / name).write_bytes(content)

    return torn


def lose(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


ADDED = ("added-nearness.faiss", "added-passages.npy", "added-sentences.npy", "added-layout.npz", "gone.npy")


@pytest.mark.parametrize("damage", [damage(name) for name in (*ADDED, "sentences.npy") for damage in (tear, lose)])
def test_whatever_is_damaged_is_noticed_and_the_next_publication_makes_all_anew(
    tmp_path: Path, library: Path, damage: Callable[[Path], None]
) -> None:
    stock(tmp_path, [*TEXTS[:-1], NEW])
    before = nearest(library)
    damage(library / "vectors-2")
    assert VectorIndex.load(library, 2, "hashing/1") is None
    assert nearest(library) == before
    stock(tmp_path, [*TEXTS[:-2], NEW])
    assert not is_amended(library)
    assert nearest(library) == made_anew(library).nearest(QUESTION, 1000)


def test_a_folder_that_is_gone_is_made_anew_before_anything_is_laid_beside_it(tmp_path: Path, library: Path) -> None:
    shutil.rmtree(library / "vectors-1")
    stock(tmp_path, [*TEXTS[:-1], NEW])
    assert is_amended(library)
    assert nearest(library) == made_anew(library).nearest(QUESTION, 1000)


def test_a_small_change_is_looked_at_before_it_is_published_like_any_other(tmp_path: Path, library: Path) -> None:
    before, seen = nearest(library), []

    def check(candidate: object, report: object) -> None:
        assert isinstance(candidate, LocalLibrary)
        seen.append(candidate.passages([candidate.nearest(QUESTION, 1)[0].id])[0].article.text)
        raise IndexingError("Not so.")

    source = tmp_path / "articles.jsonl"
    source.write_text(source.read_text() + '\n{"id": "new", "title": "T", "lang": "it", "text": "' + NEW + '"}')
    with LocalLibraryWriter(library) as writer, pytest.raises(IndexingError, match=r"Not so\."):
        index_sources([source], writer=writer, embedder=HashingEmbedder(), check=check)
    assert seen == [NEW]
    assert nearest(library) == before
    assert [path.name for path in library.glob("vectors*")] == ["vectors-1"]


def change_and(point: str, library: Path, source: Path) -> int:
    command = [sys.executable, "-m", "tests.index.local.crashing_small", str(library), str(source), point]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


@pytest.mark.parametrize("point", crashing_small.POINTS)
def test_killed_at_any_point_of_a_small_change_it_answers_and_the_next_run_finishes(
    tmp_path: Path, library: Path, point: str
) -> None:
    before = found_in(library)
    source = tmp_path / "articles.jsonl"
    lines = source.read_text().splitlines()
    lines[-1] = '{"id": "new", "title": "T", "lang": "it", "text": "' + NEW + '"}'
    source.write_text("\n".join(lines))
    assert change_and(point, library, source) == -signal.SIGKILL
    committed = point in crashing_small.AFTER
    assert (found_in(library) == before) is not committed
    with LocalLibraryWriter(library) as writer:
        index_sources([source], writer=writer, embedder=HashingEmbedder())
    assert [path.name for path in library.glob("vectors*")] == ["vectors-2"]
    assert VectorIndex.load(library, 2, "hashing/1") is not None
    assert nearest(library) == made_anew(library).nearest(QUESTION, 1000)


def test_where_the_disk_knows_no_second_names_all_is_made_anew(tmp_path: Path, library: Path) -> None:
    source = tmp_path / "articles.jsonl"
    source.write_text(source.read_text() + '\n{"id": "new", "title": "T", "lang": "it", "text": "' + NEW + '"}')
    assert change_and(crashing_small.NO_LINKS, library, source) == 0
    assert not is_amended(library)
    assert nearest(library) == made_anew(library).nearest(QUESTION, 1000)
