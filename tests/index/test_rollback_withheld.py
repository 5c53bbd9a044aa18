"""What an admin took out stays out of sight in whichever generation the library goes back to, and nothing else does."""

from pathlib import Path

from index.local.held import held_in
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from index.withholding import restore, withhold
from tests.index.conftest import RunIndexer
from tests.index.found import texts_in
from tests.index.going_back import go_back, write


def take_out(library: Path, title: str) -> None:
    (id_,) = (id_ for id_, article in held_in(library).articles.items() if article.title == title)
    with LocalLibraryWriter(library) as writer:
        withhold([id_], library=writer)


def put_back(library: Path, id_: str) -> None:
    with LocalLibraryWriter(library) as writer:
        restore([id_], library=writer)


def seen_and_withheld(library: Path) -> tuple[list[str], list[str]]:
    """Titles."""
    seen = [article.title for article in LocalLibrary(library).articles()]
    return seen, sorted(withheld.title for withheld in held_in(library).withheld.values())


def test_an_article_that_has_moved_to_another_ones_file_stays_withheld_where_it_was(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    write(articles / "a.jsonl", faro="Il faro è spento.")
    write(articles / "b.jsonl", nave="La nave entra.")
    run_indexer()
    take_out(library, "nave")
    (articles / "b.jsonl").unlink()
    run_indexer()
    write(articles / "a.jsonl", nave="La nave entra.")
    run_indexer()
    go_back(library, 2)
    assert seen_and_withheld(library) == (["faro"], ["nave"])


def test_only_the_article_before_a_withheld_one_is_withheld_in_its_stead(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    """What stood in its file meanwhile has moved on, into the place of a third one."""
    write(articles / "a.jsonl", faro="Il faro è spento.")
    write(articles / "b.jsonl", rete="La rete è piena.")
    run_indexer()
    write(articles / "a.jsonl", nave="La nave entra.")
    run_indexer()
    write(articles / "b.jsonl", faro="Il faro è spento.")
    run_indexer()
    take_out(library, "nave")
    go_back(library, 1)
    assert seen_and_withheld(library) == (["rete"], ["faro"])


def test_an_article_that_was_never_away_is_withheld_once_it_stands_for_a_withheld_one(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    faro = articles / "faro.txt"
    faro.write_text("Il faro\n\nIl faro è spento.")
    write(articles / "b.jsonl", rete="La rete è piena.")
    run_indexer()
    faro.write_text("Il faro nuovo\n\nIl faro è acceso.")
    run_indexer()
    take_out(library, "Il faro nuovo")
    faro.unlink()
    run_indexer()
    faro.write_text("Il faro\n\nIl faro è spento.")
    write(articles / "b.jsonl", rete="La rete è vuota.")
    run_indexer()
    go_back(library, 1)
    assert seen_and_withheld(library) == (["rete"], ["Il faro"])
    (id_,) = held_in(library).withheld
    put_back(library, id_)
    assert seen_and_withheld(library) == (["Il faro", "rete"], [])
    take_out(library, "Il faro")
    assert seen_and_withheld(library) == (["rete"], ["Il faro"])


def test_an_article_that_came_and_went_meanwhile_takes_no_withholding_along(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    faro = articles / "faro.txt"
    faro.write_text("Il faro\n\nIl faro è spento.")
    write(articles / "b.jsonl", rete="La rete è piena.")
    run_indexer()
    take_out(library, "Il faro")
    faro.unlink()
    run_indexer()
    faro.write_text("Il molo\n\nIl molo è lungo.")
    run_indexer()
    faro.write_text("Il faro\n\nIl faro è spento.")
    write(articles / "b.jsonl", rete="La rete è vuota.")
    run_indexer()
    go_back(library, 2)
    assert seen_and_withheld(library) == (["rete"], ["Il faro"])
    (id_,) = held_in(library).withheld
    put_back(library, id_)
    assert seen_and_withheld(library) == (["Il faro", "rete"], [])


def test_what_an_older_citabot_left_between_sight_and_withholding_is_put_right_by_the_next_publication(
    articles: Path, library: Path, run_indexer: RunIndexer
) -> None:
    write(articles / "a.jsonl", faro="Il faro è spento.", nave="La nave entra.", rete="La rete è piena.")
    run_indexer()
    take_out(library, "rete")
    with LocalLibraryWriter(library) as writer:
        writer._connection.execute("UPDATE withheld SET article = 'nave', title = 'nave'")
        assert [article.id for article in LocalLibrary(library).articles()] == ["faro", "nave"]
    take_out(library, "faro")
    assert seen_and_withheld(library) == (["rete"], ["faro", "nave"])
    assert texts_in(library) == {"rete": "La rete è piena."}
