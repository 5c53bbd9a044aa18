"""How far back the library can go, and that it says so where it cannot."""

from pathlib import Path

import pytest

from index.errors import GenerationNotKept
from index.local.held import held_in, kept_in
from index.local.library import LocalLibrary
from index.local.past import KEPT
from index.local.writer import LocalLibraryWriter
from index.rollback import roll_back
from tests.fakes import HashingEmbedder
from tests.index.conftest import RunIndexer
from tests.index.found import found_in, texts_in
from tests.index.going_back import FARO, change, go_back, write


@pytest.fixture
def changed(articles: Path, run_indexer: RunIndexer) -> Path:
    """Two generations: one article stayed, one changed, one went, one came."""
    return change(articles, run_indexer)


def test_the_newest_ten_are_kept_and_an_older_one_is_refused(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    for number in range(KEPT + 3):
        write(articles / "a.jsonl", faro=f"Il faro {number} è spento.")
        run_indexer()
    assert [kept.generation for kept in kept_in(library)] == list(range(KEPT + 2, 2, -1))
    with pytest.raises(
        GenerationNotKept, match=r"Generation 2 is not kept; the oldest .* is 3: citabot rollback --list"
    ):
        go_back(library, 2)
    go_back(library, 3)
    assert texts_in(library) == {"faro": "Il faro 2 è spento."}


def test_a_generation_that_is_still_to_come_is_refused(changed: Path, library: Path) -> None:
    with pytest.raises(GenerationNotKept, match="no generation 3 yet, the newest is 2"):
        go_back(library, 3)
    assert go_back(library, 2).generation is None


def test_a_first_generation_has_nothing_before_it(articles: Path, library: Path, run_indexer: RunIndexer) -> None:
    write(articles / "a.jsonl", faro=FARO)
    run_indexer()
    with pytest.raises(GenerationNotKept, match="nothing to go back to"):
        go_back(library)
    assert LocalLibrary(library).generation == 1


def test_there_is_no_way_back_over_a_change_of_the_model_but_over_a_rebuild(
    changed: Path, library: Path, run_indexer: RunIndexer
) -> None:
    before = kept_in(library)
    run_indexer(rebuild=True)
    assert kept_in(library) == before
    run_indexer(rebuild=True, embedder=HashingEmbedder("another/1"))
    assert kept_in(library) == []


def test_what_is_kept_of_old_generations_goes_with_them(articles: Path, library: Path, run_indexer: RunIndexer) -> None:
    for number in range(KEPT + 4):
        write(articles / "a.jsonl", faro=f"Il faro {number} è spento.")
        run_indexer()
    with LocalLibraryWriter(library) as writer:
        kept = writer._connection.execute("SELECT count(*) FROM replaced").fetchone()
        passages = writer._connection.execute("SELECT count(*) FROM replaced_passages").fetchone()
    assert (kept, passages) == ((KEPT,), (KEPT,))


def test_vectors_that_are_gone_are_noticed_and_nothing_is_changed(changed: Path, library: Path) -> None:
    before = found_in(library)
    with LocalLibraryWriter(library) as writer:
        writer._connection.execute("DELETE FROM vectors WHERE key NOT IN (SELECT substr(keys, 1, 16) FROM passages)")
        with pytest.raises(GenerationNotKept, match="vectors of rete are not there any more"):
            roll_back(1, library=writer)
    assert (found_in(library), held_in(library).rolled_back) == (before, None)
