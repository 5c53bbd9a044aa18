"""The file of the bot's memory is whole or refused, and older ones are brought up to date."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.state.quotes import StoredQuote
from bot.state.store import FILE, StateUnusable, Store
from bot.state.tables import STEPS
from bot.state.turns import Turns
from index.article import Span


def test_a_new_file_has_the_newest_tables_and_an_old_one_keeps_what_it_holds(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.write("INSERT INTO meta VALUES ('key', 'value')")
    with closing(Store(tmp_path)) as store:
        assert store.row("PRAGMA user_version") == (len(STEPS),)
        assert store.row("SELECT value FROM meta WHERE key = 'key'") == ("value",)


def test_a_file_of_a_newer_bot_or_a_damaged_one_is_refused_with_what_to_do(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(StateUnusable, match="written by a newer Citabot: update Citabot"):
        Store(tmp_path)
    (tmp_path / FILE).write_bytes(b"no database at all " * 100)
    with pytest.raises(StateUnusable, match="Restore it from a copy, or move it away to begin anew"):
        Store(tmp_path)


def test_what_is_written_together_counts_wholly_or_not_at_all(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        with pytest.raises(sqlite3.IntegrityError):
            write_twice(store)
        assert store.rows("SELECT * FROM meta") == []
        with store.together():
            store.write("INSERT INTO meta VALUES ('a', '2')")
        assert store.rows("SELECT * FROM meta") == [("a", "2")]


def write_twice(store: Store) -> None:
    with store.together():
        store.write("INSERT INTO meta VALUES ('a', '1')")
        store.write("INSERT INTO meta VALUES ('a', '1')")


def test_many_threads_write_without_losing_anything(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.write("INSERT INTO meta VALUES ('count', '0')")

        def count() -> None:
            for _ in range(50):
                with store.together():
                    (value,) = store.row("SELECT value FROM meta WHERE key = 'count'")
                    store.write("UPDATE meta SET value = ? WHERE key = 'count'", str(int(value) + 1))

        threads = [threading.Thread(target=count) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.row("SELECT value FROM meta WHERE key = 'count'") == ("200",)


def test_after_wiping_nothing_of_what_was_deleted_is_in_the_files(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.write("INSERT INTO meta VALUES ('key', ?)", "Quillfeather" * 2000)
        store.write("DELETE FROM meta")
        store.wipe()
        files = {path.name: path.read_bytes() for path in tmp_path.glob(f"{FILE}*")}
    assert FILE in files
    assert [name for name, content in files.items() if b"Quillfeather" in content] == []


def test_while_another_process_reads_wiping_says_so_and_keeps_nobody_waiting_and_later_it_is_clean(
    tmp_path: Path,
) -> None:
    with closing(Store(tmp_path)) as store, closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        store.write("INSERT INTO meta VALUES ('key', 'Quillfeather')")
        other.execute("BEGIN")
        assert other.execute("SELECT value FROM meta").fetchall() == [("Quillfeather",)]
        store.write("DELETE FROM meta")
        begun = time.monotonic()
        assert not store.wipe()
        assert time.monotonic() - begun < 2
        other.execute("COMMIT")
        assert store.wipe()
        assert [path.name for path in tmp_path.iterdir() if b"Quillfeather" in path.read_bytes()] == []


def test_halves_of_characters_are_kept_as_question_marks(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.write("INSERT INTO meta VALUES ('key', ?)", "a\ud83db🦉")
        assert store.row("SELECT value FROM meta") == ("a?b🦉",)


def test_a_file_of_an_older_bot_is_brought_up_to_date_and_keeps_what_it_holds(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as older:
        older.executescript(f"{STEPS[0]}; PRAGMA user_version = 1; INSERT INTO meta VALUES ('key', 'value');")
    with closing(Store(tmp_path)) as store:
        assert store.row("PRAGMA user_version") == (len(STEPS),)
        assert store.row("SELECT value FROM meta WHERE key = 'key'") == ("value",)


def test_two_that_open_an_old_file_at_once_both_find_it_up_to_date(tmp_path: Path) -> None:
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        with closing(sqlite3.connect(folder / FILE)) as older:
            older.executescript(f"{STEPS[0]}; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;")
        at_once = threading.Barrier(2)

        def open_it(folder: Path = folder, at_once: threading.Barrier = at_once) -> tuple[int]:
            at_once.wait()
            with closing(Store(folder)) as store:
                return store.row("PRAGMA user_version")

        with ThreadPoolExecutor(2) as threads:
            opened = [threads.submit(open_it) for _ in range(2)]
        assert [each.result() for each in opened] == [(len(STEPS),)] * 2


def test_quotes_of_an_older_bot_have_no_words_and_no_sayings(tmp_path: Path) -> None:
    older = (
        "INSERT INTO turns VALUES (7, 5, NULL, 5, 1, 2, 1, 0.0, 'x', 'x', NULL, 'en', 'answered', 0.5, 1, 9.0);"
        " INSERT INTO quotes VALUES (7, 1, 'a', 0, 9, '[[5, 9]]', 'digest')"
    )
    with closing(sqlite3.connect(tmp_path / FILE)) as file:
        file.executescript(f"{STEPS[0]}; {STEPS[1]}; PRAGMA user_version = 2; {older};")
    with closing(Store(tmp_path)) as store:
        found = Turns(store).find(7)
    assert found is not None
    assert found.quotes == (StoredQuote(article="a", span=Span(0, 9), marks=(Span(5, 9),), digest="digest", words=()),)
    assert found.sayings == ()


def test_a_report_is_read_while_something_else_is_written_and_writes_nothing(tmp_path: Path) -> None:
    found: list[list[tuple[str]]] = []
    with closing(Store(tmp_path)) as store:
        store.write("INSERT INTO meta VALUES ('a', '1')")
        with store.together():
            store.write("UPDATE meta SET value = '2'")
            report = threading.Thread(target=lambda: found.append(store.report_rows("SELECT value FROM meta")))
            report.start()
            report.join(30)
            assert found == [[("1",)]]
        assert store.report_rows("SELECT value FROM meta WHERE key = ?", "a") == [("2",)]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.report_rows("DELETE FROM meta")


def test_a_change_in_pieces_goes_on_until_there_is_nothing_left_to_change(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.write_each("INSERT INTO meta VALUES (?, ?)", [(str(number), str(number % 2)) for number in range(20)])
        old = "SELECT key FROM meta WHERE value = ? LIMIT 3"
        store.write_in_pieces(f"DELETE FROM meta WHERE key IN ({old})", "1")
        assert store.row("SELECT count(*), max(value) FROM meta") == (10, "0")


def test_the_question_behind_a_message_is_found_without_reading_through_its_chat(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        (step,) = store.rows("EXPLAIN QUERY PLAN SELECT * FROM turns WHERE chat = 1 AND shown = 2 ORDER BY id DESC")
        assert step[-1] == "SEARCH turns USING INDEX turns_by_answer (chat=? AND shown=?)"
