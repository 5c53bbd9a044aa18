"""The command line meets odd bytes, odd files and wrong use, and keeps to its contract."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.settings import Settings
from retrieval.answerer import Answerer
from tests.bot.hashed import indexed, write
from tests.conftest import SEEDS

WHERE = "where are they meeting?"
ASKED = [
    b'\xef\xbb\xbf{"id": {"n": [4]}, "question": "' + "どこで会いますか?".encode() + b'"}',
    b'{"id": "\\ud83d", "question": "caff\xe8 \\ud83d?"}',
    b'{"question": "\\u0000\\ud800"}',
    b'{"id": "deep", "question": ' + b"[" * 100_000,
]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without .env, and no settings but these."""
    for name in os.environ:
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CITABOT_ARTICLES", str(SEEDS))


def citabot(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def test_whatever_bytes_come_down_a_pipe_are_answered_until_a_line_is_no_question(seeds_library: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "answer", "--quotes", "1", "--library", str(seeds_library)],
        input=b"\n".join(ASKED),
        capture_output=True,
    )
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [{"n": [4]}, "\ud83d", None]
    assert [len(answer["quotes"]) for answer in answers] == [1, 1, 0]
    keys = ["id", "question", "language", "verdict", "filter", "confidence", "quotes", "sayings", "timings_ms"]
    assert [list(answer) for answer in answers] == [keys] * 3
    assert (answers[0]["language"], answers[2]["language"]) == ("ja", "und")
    assert answers[1]["question"].startswith("caff")
    assert ran.returncode == 2
    assert ran.stderr.decode() == 'Line 4 of stdin is not a question such as {"id": "1", "question": "…"}.\n'


def test_asked_for_json_the_answer_is_one_line_that_stays_readable(
    reading_answerer: Answerer, seeds_library: Path
) -> None:
    result = citabot("ask", WHERE, "--json", "--library", seeds_library)
    (line,) = result.stdout.splitlines()
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(line) | {"timings_ms": {}} == reading_answerer(WHERE).as_json() | {"timings_ms": {}}
    assert "“Su invito" in line


def test_a_conversation_shows_each_quote_once_and_begins_anew_with_each_question(
    reading_answerer: Answerer, library: Path
) -> None:
    result = citabot("chat", "--library", library, stdin=f"+\n{WHERE}\n+\n+\n+\nthank you\n{WHERE}\n")
    first, second, third = (quote.text for quote in reading_answerer(WHERE).quotes)
    said = result.stdout.replace("**", "").replace("__", "")
    assert (result.exit_code, result.stderr) == (0, "")
    assert said.startswith("That was all.\n")
    assert [said.count(text) for text in (first, second, third, "That was all.", "You're welcome!")] == [2, 1, 1, 2, 1]
    assert said.index(first) < said.index(second) < said.index(third) < said.index("You're welcome!")


def test_indexing_as_json_tells_each_step_and_at_last_what_was_skipped_and_why(library: Path) -> None:
    (articles := Path("articles")).mkdir()
    (articles / "bread.txt").write_text("Bread\n\nThe bakery in Via Lunga opens at six.")
    (articles / "empty.txt").write_text("")
    (articles / "old.doc").write_text("x")
    result = citabot("index", articles, "--json", "--library", library)
    *progress, outcome = map(json.loads, result.stdout.splitlines())
    steps = list(dict.fromkeys(line["step"] for line in progress))
    assert (result.exit_code, result.stderr) == (0, "")
    assert [step for step in steps if step != "model"] == ["reading", "embedding", "publishing"]
    assert progress[-1] == {"step": "publishing", "done": 1, "total": 1}
    skipped = {skipped["source"]: skipped["reason"] for skipped in outcome.pop("skipped")}
    assert outcome | {"seconds": 0} == {
        "generation": 2, "added": 1, "changed": 0, "removed": 3, "unchanged": 0, "seconds": 0,
        "withheld": 0,
    }  # fmt: skip
    assert skipped["empty.txt"] == "is empty"
    assert skipped["old.doc"].startswith("has no reader (there are: ")
    assert len(skipped) == 2


def test_a_wrong_setting_is_one_line_that_names_it_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITABOT_LANGUAGE", "english")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:very-secret")
    result = citabot("check")
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 2
    assert line.startswith("Check the environment and .env. CITABOT_LANGUAGE: ")
    assert "very-secret" not in result.output


@pytest.mark.parametrize("arguments", [("index", ""), ("index", "a.jsonl", ""), ("log", "--library", "")])
def test_what_has_no_name_is_not_the_folder_one_is_in(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """As a variable of the shell that isn't set."""
    write(tmp_path / "a.jsonl", mill="The mill grinds chestnuts.")
    result = citabot(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert " has no name: name " in line
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_settings_that_may_not_be_read_are_one_line() -> None:
    Path(".env").write_text("CITABOT_LANGUAGE=it")
    Path(".env").chmod(0)
    if os.access(".env", os.R_OK):
        pytest.skip("root may read everything")
    result = citabot("log")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", "[Errno 13] Permission denied: '.env'\n")


@pytest.mark.parametrize("command", ["index", "log", "sources list"])
def test_a_library_that_the_machine_does_not_let_be_used_is_one_line(command: str) -> None:
    Path("library", "indexing.lock").mkdir(parents=True)
    library = "library" if command == "index" else "x" * 300
    result = citabot(*command.split(), "--library", library)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert library in result.stderr


@pytest.mark.parametrize("arguments", [("log",), ("log", "--json"), ("log", "--help"), ("--version",)])
def test_what_cannot_be_written_is_said_once(arguments: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", mill="The mill grinds chestnuts.")
    indexed(Path("library"), tmp_path / "a.jsonl")
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run([sys.executable, "-m", "bot", *arguments], stdout=full, stderr=subprocess.PIPE)
    assert (ran.returncode, ran.stderr) == (2, b"[Errno 28] No space left on device\n")


@pytest.mark.parametrize(
    "arguments", [("log",), ("log", "--json"), ("ask", WHERE), ("ask", "--json", WHERE), ("--version",)]
)
def test_whoever_reads_no_more_is_told_nothing_and_it_is_not_nothing_that_was_found(
    arguments: tuple[str, ...], seeds_library: Path
) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    library = () if arguments == ("--version",) else ("--library", str(seeds_library))
    with os.fdopen(writes, "wb") as pipe:
        ran = subprocess.run([sys.executable, "-m", "bot", *arguments, *library], stdout=pipe, stderr=subprocess.PIPE)
    assert (ran.returncode, ran.stderr) == (2, b"")


INTERRUPTED = """
import os, runpy, signal, sys
from importlib.abc import MetaPathFinder
class Finder(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)
module = sys.argv.pop(1)
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what runs in the background
sys.meta_path.insert(0, Finder())
runpy.run_module("bot", run_name="__main__")
"""


@pytest.mark.parametrize("module", ["bot.cli", "rich.text", "bot.remarks"])
def test_ctrl_c_ends_it_without_a_word_while_it_is_loaded_too(module: str) -> None:
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED, module, "check"], capture_output=True)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, b"", b"")


@pytest.mark.parametrize("command", ["answer", "chat"])
def test_a_closed_stdin_is_one_that_has_ended(command: str, seeds_library: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", command, "--library", str(seeds_library)],
        capture_output=True, preexec_fn=lambda: os.close(0),
    )  # fmt: skip
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    "arguments",
    [("log", "--count", "9" * 23), ("ask",), ("answer", "--quotes", "0"), ("answer", "--quotes", "x"), ("dance",)],
)
def test_wrong_use_ends_with_code_two_and_points_to_the_help(arguments: tuple[str, ...]) -> None:
    result = citabot(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--help" in result.stderr
