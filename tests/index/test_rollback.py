"""What indexing changed or removed can be gone back to, without embedding, until the next indexing takes it up."""

from pathlib import Path

import pytest

from index.indexer import Outcome, is_stale
from index.local.held import held_in, kept_in
from index.local.library import LocalLibrary
from index.local.vectors import VectorIndex
from index.local.writer import LocalLibraryWriter
from index.progress import Progress
from index.rollback import choose
from index.withholding import restore, withhold
from tests.fakes import RecordingEmbedder
from tests.index.conftest import RunIndexer
from tests.index.found import found_in, texts_in
from tests.index.going_back import FARO, change, go_back, write

GOLDEN = Path(__file__).parent / "readers" / "golden"


@pytest.fixture
def changed(articles: Path, run_indexer: RunIndexer) -> Path:
    """Two generations: one article stayed, one changed, one went, one came."""
    return change(articles, run_indexer)


def counts(outcome: Outcome) -> tuple[int | None, int, int, int, int, int]:
    return (
        outcome.generation, outcome.added, outcome.changed, outcome.removed, outcome.unchanged, outcome.withheld,
    )  # fmt: skip


def test_an_earlier_generation_is_found_again_just_as_it_was(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    write(articles / "a.jsonl", faro=FARO, nave="La nave entra.")
    write(articles / "b.jsonl", rete="La rete è piena.")
    (articles / "faro.pdf").write_bytes((GOLDEN / "faro.pdf").read_bytes())
    run_indexer()
    before = found_in(library)
    write(articles / "a.jsonl", faro="Il faro è acceso.", nave="La nave entra.", molo="Il molo è lungo.")
    (articles / "b.jsonl").unlink()
    (articles / "faro.pdf").unlink()
    assert counts(run_indexer())[:4] == (2, 1, 1, 2)
    after = found_in(library)
    assert counts(go_back(library)) == (3, 2, 1, 1, 1, 0)
    assert found_in(library) == before != after
    assert VectorIndex.load(library, 3, "hashing/1") is not None
    assert counts(go_back(library)) == (4, 1, 1, 2, 1, 0)
    assert found_in(library) == after


def test_what_is_kept_is_listed_newest_first_with_counts(changed: Path, library: Path, run_indexer: RunIndexer) -> None:
    write(changed / "c.jsonl", boa="La boa è rossa.")
    run_indexer()
    assert [(k.generation, k.articles, k.added, k.changed, k.removed) for k in kept_in(library)] == [
        (2, 3, 1, 0, 0),
        (1, 3, 1, 1, 1),
    ]
    assert {str(kept.until.tzinfo) for kept in kept_in(library)} == {"UTC"}


def test_any_kept_generation_can_be_gone_back_to_and_from_there_to_any_other(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    held = {}
    for number in range(1, 6):
        write(
            articles / "a.jsonl", **{f"n{each}": f"La nave {each} di {number}." for each in range(number, number + 2)}
        )
        run_indexer()
        held[number] = texts_in(library)
    for wanted, generation in ((2, 6), (4, 7), (1, 8), (5, 9)):
        assert go_back(library, wanted).generation == generation
        assert texts_in(library) == held[wanted]
        held[generation] = held[wanted]


def test_going_back_embeds_nothing_and_the_next_indexing_takes_the_sources_up_without_embedding(
    changed: Path, library: Path, run_indexer: RunIndexer
) -> None:
    after = found_in(library)
    go_back(library)
    embedder = RecordingEmbedder()
    assert counts(run_indexer(embedder=embedder)) == (4, 1, 1, 1, 1, 0)
    assert (found_in(library), embedder.embedded) == (after, [])
    assert run_indexer().generation is None


def test_a_start_leaves_a_library_that_was_rolled_back_alone_until_it_is_indexed(
    changed: Path, library: Path, run_indexer: RunIndexer
) -> None:
    def stale() -> bool:
        with LocalLibraryWriter(library) as writer:
            return is_stale([changed], writer)

    write(changed / "c.jsonl", boa="La boa è rossa.")
    assert stale()
    go_back(library)
    assert (stale(), held_in(library).rolled_back) == (False, 1)
    run_indexer()
    assert (stale(), held_in(library).rolled_back) == (False, None)
    (changed / "c.jsonl").unlink()
    assert stale()


def test_an_article_that_is_withheld_stays_so_in_the_generation_that_is_gone_back_to(
    changed: Path, library: Path, run_indexer: RunIndexer
) -> None:
    with LocalLibraryWriter(library) as writer:
        withhold(["faro"], library=writer)
    assert counts(go_back(library)) == (4, 1, 0, 1, 1, 1)
    assert texts_in(library).keys() == {"nave", "rete"}
    with LocalLibraryWriter(library) as writer:
        restore(["faro"], library=writer)
    assert texts_in(library)["faro"] == FARO


def test_withholding_is_nothing_to_go_back_over(changed: Path, library: Path) -> None:
    with LocalLibraryWriter(library) as writer:
        withhold(["nave"], library=writer)
    assert counts(go_back(library, 2)) == (None, 0, 0, 0, 2, 1)
    assert choose(None, kept_in(library)) == 1


@pytest.mark.parametrize("early", [True, False])
def test_an_article_in_whose_place_a_withheld_one_stands_does_not_come_back_into_sight(
    articles: Path, library: Path, run_indexer: RunIndexer, early: bool
) -> None:
    """Without an id of its own each edit gives it another."""

    def take_out(title: str) -> None:
        (id_,) = (id_ for id_, article in held_in(library).articles.items() if article.title == title)
        with LocalLibraryWriter(library) as writer:
            withhold([id_], library=writer)

    (articles / "nave.txt").write_text("La nave\n\nLa nave entra.")
    for number in range(3):
        (articles / "faro.txt").write_text(f"Il faro {number}\n\nIl faro è spento.")
        run_indexer()
        if number == 0 and early:
            take_out("Il faro 0")
    if not early:
        take_out("Il faro 2")
    go_back(library, kept_in(library)[-1].generation)
    assert [article.title for article in LocalLibrary(library).articles()] == ["La nave"]
    assert [withheld.title for withheld in held_in(library).withheld.values()] == ["Il faro 0"]
    go_back(library)
    assert [withheld.title for withheld in held_in(library).withheld.values()] == ["Il faro 2"]
    go_back(library)
    run_indexer()
    assert [article.title for article in LocalLibrary(library).articles()] == ["La nave"]
    assert [withheld.title for withheld in held_in(library).withheld.values()] == ["Il faro 2"]


def test_an_article_that_was_edited_counts_as_changed(articles: Path, library: Path, run_indexer: RunIndexer) -> None:
    (articles / "faro.txt").write_text("Il faro\n\nIl faro è spento.")
    run_indexer()
    (articles / "faro.txt").write_text("Il faro\n\nIl faro è acceso.")
    run_indexer()
    (kept,) = kept_in(library)
    assert (kept.added, kept.changed, kept.removed) == (0, 1, 0)
    assert counts(go_back(library)) == (3, 0, 1, 0, 0, 0)


def test_going_back_is_reported_as_publishing(changed: Path, library: Path) -> None:
    reported: list[Progress] = []
    go_back(library, report=reported.append)
    assert [(step.step, step.done, step.total) for step in reported] == [("publishing", 0, 1), ("publishing", 1, 1)]


def test_a_reader_that_was_there_before_goes_on_reading(changed: Path, library: Path) -> None:
    reader = LocalLibrary(library)
    go_back(library)
    assert [article.id for article in reader.articles()] == ["faro", "molo", "nave"]
    assert texts_in(library).keys() == {"faro", "nave", "rete"}
