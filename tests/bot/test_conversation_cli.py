"""Earlier questions on the command line: `citabot answer` with a history, and `citabot chat`."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.asked import AskedLine, NotAsked, asked_in
from bot.cli import app
from bot.i18n import texts_for
from bot.settings import Settings
from tests.conftest import SEEDS

FIRST = "chi ha avuto l'idea della biblioteca sul battello?"
THEN = "da chi lo ha comprato?"


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seeds_library: Path) -> None:
    """A folder without .env, no settings but these, and a terminal of no language."""
    for name in os.environ:
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITABOT_LIBRARY", str(seeds_library))
    monkeypatch.setenv("CITABOT_ARTICLES", str(SEEDS))


def citabot(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


@contextmanager
def chat_at_a_terminal() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The process, and what its terminal is read from and typed into."""
    here, there = pty.openpty()
    command = [sys.executable, "-m", "bot", "chat"]
    surroundings = os.environ | {"TERM": "xterm", "INPUTRC": os.devnull}
    with subprocess.Popen(command, stdin=there, stdout=there, stderr=there, env=surroundings) as process:
        os.close(there)
        try:
            yield process, here
        finally:
            process.kill()
            os.close(here)


def read_until(terminal: int, end: str) -> str:
    printed = b""
    while not printed.endswith(end.encode()):
        printed += os.read(terminal, 1)
    return printed.decode()


def lines(*asked: dict[str, object]) -> str:
    return "".join(json.dumps(line) + "\n" for line in asked)


def test_a_question_is_answered_after_the_history_that_comes_with_it() -> None:
    said = lines(
        {"id": 1, "question": THEN, "history": [FIRST]},
        {"id": 2, "question": THEN, "history": [{"question": FIRST, "answer": "Teresa Olmari"}]},
        {"id": 3, "question": THEN},
    )
    result = citabot("answer", "--quotes", "1", stdin=said)
    after, after_object, alone = map(json.loads, result.stdout.splitlines())
    assert (result.exit_code, result.stderr) == (0, "")
    assert "il pescatore Elio Brandini" in after["quotes"][0]["text"]
    assert after["quotes"] == after_object["quotes"] != alone["quotes"]
    assert after["question"] == alone["question"] == THEN


def test_a_history_that_is_none_stops_at_its_line() -> None:
    result = citabot("answer", stdin=lines({"id": 1, "question": THEN}, {"question": THEN, "history": [FIRST, 7]}))
    assert (result.exit_code, len(result.stdout.splitlines())) == (2, 1)
    assert result.stderr == (
        'The history in line 2 of stdin is not a list of earlier questions such as ["…", "…"] or [{"question": "…"}].\n'
    )


@pytest.mark.parametrize(
    "history", ["when?", {"question": "when?"}, 3, False, [None], [["when?"]], [{}], [{"question": None}]]
)
def test_whatever_else_is_given_as_history_is_refused(history: object) -> None:
    with pytest.raises(NotAsked, match="The history in line 4 of stdin"):
        asked_in(json.dumps({"question": "why?", "history": history}), 4)


@pytest.mark.parametrize("history", [None, []])
def test_an_empty_history_is_as_none(history: object) -> None:
    assert asked_in(json.dumps({"id": 1, "question": "why?", "history": history}), 1) == AskedLine(
        id=1, question="why?"
    )


def test_a_chat_remembers_what_was_asked_until_it_starts_over() -> None:
    result = citabot("chat", stdin=f"{FIRST}\n{THEN}\n/new\n{THEN}\n")
    before, _, after = result.stdout.partition(f"{texts_for('it')('begun-anew')}\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert before.replace("**", "").replace("__", "").count("il pescatore Elio Brandini") == 2
    assert "Elio Brandini" not in after


def test_what_is_typed_at_a_terminal_can_be_edited_and_brought_back() -> None:
    greeting, prompt, home, up = (
        "Hello! Ask me something about the articles.",
        "\x1b[1;36m›\x1b[0m ",
        b"\x01",
        b"\x1b[A",
    )
    with chat_at_a_terminal() as (process, terminal):
        read_until(terminal, prompt)
        os.write(terminal, b"ello" + home + b"h\r")
        assert "ello\r\x1b[C\x1b[Ch" in read_until(
            terminal, greeting
        )  # the sign and the space behind it are two columns
        read_until(terminal, prompt)
        os.write(terminal, up + b"\r")
        read_until(terminal, greeting)
        read_until(terminal, prompt)
        os.write(terminal, b"exit\r")
        assert process.wait(timeout=60) == 0


def test_a_command_that_a_chat_does_not_know_is_answered_by_those_it_knows() -> None:
    result = citabot("chat", stdin="/help\n/sources list\n /Foo \n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == 3 * "Ask about the articles; + shows the next quote, /new starts over, exit ends.\n"


@pytest.mark.parametrize(("language", "spoken"), [("it_IT.UTF-8", "it"), ("ru", "ru"), ("C.UTF-8", "en"), ("", "en")])
def test_a_chat_speaks_the_language_of_its_terminal_until_something_is_asked(
    language: str, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", language)
    result = citabot("chat", stdin=f"/help\n+\n{FIRST}\n/new\n+\n")
    said = result.stdout.splitlines()
    assert said[:2] == [texts_for(spoken)("how-to-converse"), texts_for(spoken)("no-more-quotes")]
    assert said[-2:] == [texts_for("it")("begun-anew"), texts_for("it")("no-more-quotes")]


@pytest.mark.parametrize("end", ["exit", " Quit ", "/exit", "/quit"])
def test_a_chat_ends_when_that_is_all_that_is_said(end: str) -> None:
    result = citabot("chat", stdin=f"hello\n{end}\nhello\n")
    assert (result.exit_code, result.stdout) == (0, "Hello! Ask me something about the articles.\n")
