"""The command line as scripts use it: what is printed where, and the exit codes."""

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.conftest import SEEDS

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path, seeds_library: Path) -> Run:
    """Runs `citabot` over the seeds in a folder without an .env."""

    def run(*arguments: str, said: str = "", library: Path | None = seeds_library) -> subprocess.CompletedProcess[str]:
        shown = ["--library", str(library)] if library else []
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments, *shown],
            input=said,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )

    return run


def test_questions_in_json_lines_are_answered_in_their_order(run: Run) -> None:
    asked = [
        {"id": "b", "question": "where are they meeting?", "history": []},
        {"id": "a", "question": "Come si chiama il battello?"},
        {"id": None, "question": ""},
    ]
    ended = run("answer", "--quotes", "2", said="\n".join(json.dumps(line) for line in asked) + "\n\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["b", "a", None]
    assert [len(answer["quotes"]) for answer in answers] == [2, 2, 0]
    quote = answers[0]["quotes"][0]
    text = (SEEDS / quote["source"]).read_text(encoding="utf-8").strip()
    assert text[quote["start"] : quote["end"]] == quote["text"]
    (mark,) = quote["highlights"]
    assert "Vladivostok" in text[mark["start"] : mark["end"]]
    assert "Ginestra" in answers[1]["quotes"][0]["text"]
    assert answers[2]["verdict"] == "nothing"


def test_a_line_that_is_no_question_ends_it_with_its_number(run: Run) -> None:
    ended = run("answer", said='{"id": 1, "question": "where?"}\n{"id": 2}\n')
    assert ended.returncode == 2
    assert ended.stderr.startswith("Line 2 of stdin is not a question")
    assert len(ended.stdout.splitlines()) == 1


def test_one_question_is_answered_in_plain_text_and_in_json(run: Run) -> None:
    plain = run("ask", "who built the boxes for the birds?")
    assert plain.returncode == 0
    assert "**Work on the lantern room stopped" in plain.stdout
    assert "The night shift at Carrow Point · Helen Draycott · 2024-10-03" in plain.stdout
    found = json.loads(run("ask", "--json", "who built the boxes for the birds?").stdout)
    assert found["verdict"] == "answered"
    assert found["language"] == "en"
    assert "Idris Fenn" in found["quotes"][0]["text"]


def test_a_question_that_the_articles_do_not_answer_ends_with_one(run: Run) -> None:
    ended = run("ask", "how do I bake bread?")
    assert ended.returncode == 1
    assert ended.stdout.startswith("The articles don't say that. Not an answer, but the nearest passage:")


def test_a_chat_in_a_pipe_indexes_first_and_answers_line_by_line(tmp_path: Path, run: Run) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "mill.txt").write_text("The mill\n\nThe mill in Orta grinds chestnuts every Friday.")
    ended = run("chat", said="hello\nWhen does the mill grind chestnuts?\n+\n", library=tmp_path / "new")
    assert ended.returncode == 0
    hello, *_ = ended.stdout.splitlines()
    assert hello == "Hello! Ask me something about the articles."
    assert "every Friday" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "That was all."
    assert "1 added" in ended.stderr


def test_an_index_run_says_what_it_did_in_words_and_in_json(tmp_path: Path, run: Run, seeds_library: Path) -> None:
    ended = run("index", str(SEEDS))
    assert ended.returncode == 0
    assert ended.stdout.startswith("0 added, 0 changed, 0 removed, 3 unchanged, 0 skipped in ")
    *progress, outcome = [json.loads(line) for line in run("index", "--json", str(SEEDS)).stdout.splitlines()]
    assert progress[-1] == {"step": "reading", "done": 3, "total": 3}
    assert outcome | {"seconds": 0} == {
        "generation": None, "added": 0, "changed": 0, "removed": 0, "unchanged": 3, "skipped": [], "seconds": 0,
        "withheld": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("index", "nowhere"), "There is no nowhere: name a folder or file of articles, or set CITABOT_ARTICLES."),
        (("ask", "where?"), "yet: run citabot index"),
        (("check",), "yet: run citabot index"),
        (("evaluate", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
    ],
)
def test_what_is_missing_is_one_line_that_says_what_to_do(
    tmp_path: Path, run: Run, arguments: tuple[str, ...], line: str
) -> None:
    ended = run(*arguments, library=tmp_path / "new")
    assert ended.returncode == 2
    assert line in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_check_finds_everything_in_order(tmp_path: Path, run: Run) -> None:
    (tmp_path / "seeds").mkdir()
    ended = run("check")
    assert ended.returncode == 0
    assert [line.split()[:2] for line in ended.stdout.splitlines()] == [
        ["settings", "fine"],
        ["token", "not"],
        ["model", "fine"],
        ["reader", "fine"],
        ["library", "fine"],
    ]


def test_the_version_is_that_of_the_installed_program(run: Run) -> None:
    ended = run("--version", library=None)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"citabot {version('citabot')}\n", "")


def test_a_reader_that_leaves_early_leaves_no_trace(tmp_path: Path, seeds_library: Path) -> None:
    question = json.dumps({"id": 1, "question": "where are they meeting?"}) + "\n"
    command = [sys.executable, "-m", "bot", "answer", "--library", str(seeds_library)]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as asked:
        asked.stdin.write(question)
        asked.stdin.flush()
        asked.stdout.readline()
        asked.stdout.close()
        asked.stdin.write(question * 50)
        asked.stdin.close()
        assert asked.stderr.read() == ""


def test_evaluation_prints_a_table_and_writes_a_record(tmp_path: Path, run: Run) -> None:
    record = tmp_path / "record.json"
    ended = run("evaluate", str(SEEDS / "questions.jsonl"), "--json", str(record), "--plots", str(tmp_path / "plots"))
    assert ended.returncode == 0
    assert "Finding" in ended.stdout
    saved = json.loads(record.read_text())
    assert len(saved["outcomes"]) == 54
    assert saved["figures"]["all"]["R@1"]["questions"] == 44
    assert saved["figures"]["all"]["R@1"]["value"] >= 42 / 44
    assert (tmp_path / "plots" / "reliability.png").read_bytes().startswith(b"\x89PNG")
