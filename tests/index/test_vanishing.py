"""Where most articles would go at once, nothing is written before somebody says that they are to go."""

import json
from pathlib import Path

import pytest

from index.local.held import held_in
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from index.plan import planned
from index.vanishing import MostAreGone, Vanishing
from index.withholding import withhold
from tests.index.conftest import RunIndexer
from tests.index.found import texts_in


def write(path: Path, *ids: str) -> None:
    lines = [json.dumps({"id": id_, "title": id_, "lang": "it", "text": f"Qui c'è {id_}."}) for id_ in ids]
    path.write_text("\n".join(lines))


def names(count: int) -> list[str]:
    return [f"n{number:02}" for number in range(count)]


@pytest.fixture
def twenty(articles: Path, run_indexer: RunIndexer) -> Path:
    write(articles / "a.jsonl", *names(20))
    run_indexer()
    return articles


def test_more_than_half_of_the_articles_do_not_go_unasked(twenty: Path, library: Path, run_indexer: RunIndexer) -> None:
    write(twenty / "a.jsonl", *names(9))
    before = (library / "catalog.sqlite").read_bytes()
    with pytest.raises(MostAreGone, match=r"11 of 20 articles would be removed.* --even-if-most-are-gone$") as refused:
        run_indexer()
    assert refused.value.vanishing == Vanishing(removed=11, of=20)
    assert (library / "catalog.sqlite").read_bytes() == before
    assert (LocalLibrary(library).generation, len(texts_in(library))) == (1, 20)
    outcome = run_indexer(even_if_most_are_gone=True)
    assert (outcome.generation, outcome.removed, outcome.unchanged) == (2, 11, 9)


@pytest.mark.parametrize(("held", "left"), [(20, 10), (9, 1), (30, 20)])
def test_half_of_them_or_a_few_may_go(articles: Path, run_indexer: RunIndexer, held: int, left: int) -> None:
    write(articles / "a.jsonl", *names(held))
    run_indexer()
    write(articles / "a.jsonl", *names(left))
    assert run_indexer().removed == held - left


def test_articles_that_are_withheld_do_not_count(twenty: Path, library: Path, run_indexer: RunIndexer) -> None:
    with LocalLibraryWriter(library) as writer:
        withhold(names(20)[:4], library=writer)
    write(twenty / "a.jsonl", *names(20)[:10])
    with pytest.raises(MostAreGone, match="10 of 16"):
        run_indexer()
    write(twenty / "a.jsonl", *names(20)[4:])
    assert run_indexer().removed == 0


def test_a_folder_that_is_empty_now_does_not_take_its_articles_along_unasked(
    articles: Path, library: Path, tmp_path: Path, run_indexer: RunIndexer
) -> None:
    (mounted := tmp_path / "mounted").mkdir()
    write(articles / "a.jsonl", *names(5))
    write(mounted / "b.jsonl", "alone")
    run_indexer(articles, mounted)
    (mounted / "b.jsonl").unlink()
    (mounted / "lost+found").mkdir()
    with pytest.raises(MostAreGone, match=r"nothing left in .*mounted. 1 of 6 articles would be removed"):
        run_indexer(articles, mounted)
    assert planned([articles, mounted], held_in(library)).vanishing == Vanishing(removed=1, of=6, empty=(str(mounted),))
    assert "alone" in texts_in(library)
    assert run_indexer(articles, mounted, even_if_most_are_gone=True).removed == 1
    assert run_indexer(articles, mounted).generation is None


def test_a_folder_that_was_always_empty_and_one_that_is_no_source_any_more_are_no_matter(
    articles: Path, tmp_path: Path, run_indexer: RunIndexer
) -> None:
    (empty := tmp_path / "empty").mkdir()
    (other := tmp_path / "other").mkdir()
    write(articles / "a.jsonl", *names(5))
    write(other / "b.jsonl", "alone")
    run_indexer(articles, empty, other)
    assert run_indexer(articles, empty).removed == 1


def test_articles_that_were_edited_or_moved_have_not_gone(articles: Path, run_indexer: RunIndexer) -> None:
    for number in range(12):
        (articles / f"{number}.txt").write_text(f"Titolo {number}\n\nIl faro è spento.")
    run_indexer()
    for number in range(12):
        (articles / f"{number}.txt").write_text(f"Titolo {number}\n\nIl faro è acceso.")
    assert run_indexer().changed == 12
