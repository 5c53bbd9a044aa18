"""The shelf hands out the newest generation, and lets go of an older one when nobody asks it any more."""

import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.local.catalog import connect
from index.local.library import LocalLibrary, LocalShelf
from tests.fakes import HashingEmbedder
from tests.index.local.conftest import stock

QUESTION = HashingEmbedder().read_question("nave").vector


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[LocalShelf]:
    opened = LocalShelf(stock(tmp_path, ["Il faro è spento.", "La nave entra."]))
    yield opened
    opened.close()


def titles(library: LocalLibrary) -> list[str]:
    return [article.title for article in library.articles()]


def test_the_same_library_is_handed_out_until_another_is_published(shelf: LocalShelf, tmp_path: Path) -> None:
    first = shelf.current()
    assert shelf.current() is first
    stock(tmp_path, ["Il faro è spento.", "La nave entra."])
    assert shelf.current() is first


def test_a_question_in_flight_keeps_its_generation_and_the_next_has_the_new_one(
    shelf: LocalShelf, tmp_path: Path
) -> None:
    in_flight = shelf.current()
    before = in_flight.nearest(QUESTION, 9)
    stock(tmp_path, ["La rete è piena."])
    newer = shelf.current()
    assert (in_flight.generation, newer.generation) == (1, 2)
    assert in_flight.nearest(QUESTION, 9) == before
    assert [passage.text for passage in in_flight.passages([2])] == ["La nave entra."]
    assert [neighbour.id for neighbour in in_flight.matching(["nav"], 9)] == [2]
    assert (titles(in_flight), titles(newer)) == (["Titolo 0", "Titolo 1"], ["Titolo 0"])
    assert newer.passages([1, 2]) == []
    assert [passage.text for passage in newer.passages([3])] == ["La rete è piena."]


def test_an_older_generation_is_let_go_of_when_its_last_question_ends(shelf: LocalShelf, tmp_path: Path) -> None:
    in_flight = shelf.current()
    gone = weakref.ref(in_flight)
    stock(tmp_path, ["La rete è piena."])
    shelf.current()
    assert gone() is in_flight
    del in_flight
    assert gone() is None


def test_a_list_of_articles_that_is_gone_through_slowly_keeps_its_generation(shelf: LocalShelf, tmp_path: Path) -> None:
    listed = shelf.current().articles()
    stock(tmp_path, ["La rete è piena."])
    shelf.current()
    assert [article.title for article in listed] == ["Titolo 0", "Titolo 1"]


def test_only_a_question_in_flight_holds_the_databases_log_back(shelf: LocalShelf, tmp_path: Path) -> None:
    """Else a server that answers for weeks would let it grow without end."""
    watching = connect(tmp_path / "library")

    def held_back() -> int:
        _busy, pages, copied = watching.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return pages - copied

    in_flight = shelf.current()
    for number in range(3):
        stock(tmp_path, [f"La rete numero {number}."])
        assert shelf.current().generation == number + 2
    assert held_back() > 0
    del in_flight
    assert held_back() == 0
    watching.close()


def test_threads_that_ask_at_once_all_get_the_newest(shelf: LocalShelf, tmp_path: Path) -> None:
    stock(tmp_path, ["La rete è piena."])
    found: list[tuple[int, list[str]]] = []

    def ask() -> None:
        library = shelf.current()
        found.append((library.generation, [passage.text for passage in library.passages([3])]))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(2, ["La rete è piena."])] * 8


def test_a_library_may_be_closed_while_somebody_asks(tmp_path: Path) -> None:
    """In a process of its own: where it may not, SQLite takes the process with it."""
    library = stock(tmp_path, [f"Il faro numero {number} è spento." for number in range(200)])
    closing = [sys.executable, "-m", "tests.index.local.closing", str(library), "60"]
    assert subprocess.run(closing, check=False).returncode == 0
