"""A program that breaks down, never ends or never stops talking costs one file and no more."""

import sys
import tempfile

import pytest

from index.readers.apart import said_by
from index.readers.making import Unreadable


def program(text: str) -> list[str]:
    return [sys.executable, "-I", "-c", text]


def test_a_program_is_heard_and_given_what_it_asks_for() -> None:
    with tempfile.TemporaryFile() as given:
        given.write(b"lamp")
        given.seek(0)
        assert said_by(program("import sys; print(sys.stdin.read().upper())"), given=given) == b"LAMP\n"


@pytest.mark.parametrize(
    "breaking",
    [
        "import os, signal; print('half'); os.kill(os.getpid(), signal.SIGKILL)",
        "import ctypes; ctypes.string_at(0)",
        "raise SystemExit(3)",
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
    ],
    ids=["killed", "crashed", "gave up", "out of time of its own"],
)
def test_a_program_that_breaks_down_is_a_file_that_cannot_be_read(breaking: str) -> None:
    with pytest.raises(Unreadable, match="could not be read to its end"):
        said_by(program(breaking))


@pytest.mark.parametrize("endless", ["import time; time.sleep(60)", "import os; os.close(1)\nwhile True: pass"])
def test_a_program_that_never_ends_is_ended(endless: str) -> None:
    with pytest.raises(Unreadable, match=r"takes more than 0\.5 seconds to read"):
        said_by(program(endless), seconds=0.5)


def test_a_program_that_never_stops_talking_is_ended() -> None:
    with pytest.raises(Unreadable, match="holds more than 1 MB of text"):
        said_by(program("while True: print('lamp' * 1000)"), most=1_000_000)
