"""Tables are brought up to date step by step, once, whoever else opens the file at the same moment."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from index.stepwise import bring_up, steps_done, write_ahead

STEPS = (
    "CREATE TABLE ships (name TEXT); -- what sails; and what doesn't\nINSERT INTO ships VALUES ('Ginestra; the boat');",
    """
    CREATE TRIGGER doubled AFTER INSERT ON ships WHEN new.name != 'both' BEGIN
        INSERT INTO ships VALUES ('both'); DELETE FROM ships WHERE name = 'none';
    END;
    INSERT INTO ships SELECT name FROM ships;
    """,
    "ALTER TABLE ships ADD COLUMN masts INTEGER; UPDATE ships SET masts = 2;",
)


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)


def impatient(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=0)


def names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM ships ORDER BY name")]


@pytest.mark.parametrize("begun", [0, 1, 2, 3])
def test_the_steps_that_are_lacking_are_taken_in_their_order(tmp_path: Path, begun: int) -> None:
    with closing(opened(tmp_path / "file")) as connection:
        bring_up(connection, STEPS[:begun])
        assert steps_done(connection) == begun
        bring_up(connection, STEPS)
        assert steps_done(connection) == len(STEPS)
        assert names(connection) == ["Ginestra; the boat", "Ginestra; the boat", "both"]
        assert connection.execute("SELECT sum(masts) FROM ships").fetchone() == (6,)


def test_a_step_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "file")) as connection:
        with pytest.raises(sqlite3.OperationalError):
            bring_up(connection, [STEPS[0], "INSERT INTO ships VALUES ('half'); INSERT INTO nowhere VALUES (1);"])
        assert (steps_done(connection), names(connection)) == (1, ["Ginestra; the boat"])
        assert not connection.in_transaction


def test_of_many_that_open_a_file_at_once_each_finds_every_step_taken_once(tmp_path: Path) -> None:
    for number in range(8):
        path, ready, found = tmp_path / f"{number}", threading.Barrier(4), list[list[str]]()

        def work(path: Path = path, ready: threading.Barrier = ready, found: list[list[str]] = found) -> None:
            with closing(opened(path)) as connection:
                ready.wait()
                bring_up(connection, STEPS)
                found.append(names(connection))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [["Ginestra; the boat", "Ginestra; the boat", "both"]] * 4


def test_whoever_is_at_a_new_file_at_the_same_moment_is_waited_for(tmp_path: Path) -> None:
    with closing(opened(tmp_path / "file")) as other, closing(impatient(tmp_path / "file")) as mine:
        other.execute("BEGIN EXCLUSIVE")
        threading.Timer(0.2, other.execute, ["COMMIT"]).start()
        write_ahead(mine)
        assert mine.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_else_is_wrong_with_a_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database, whatever its name says" * 100)
    with closing(impatient(tmp_path / "file")) as mine, pytest.raises(sqlite3.DatabaseError, match="not a database"):
        write_ahead(mine)
