"""`citabot evaluate` over dialogues."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from tests.conftest import SEEDS

DIALOGUES = SEEDS / "dialogues.jsonl"
BATTELLO = "biblioteca-sul-battello.md"


@pytest.fixture(autouse=True)
def _folder_without_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def evaluate(library: Path, *arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments), "--library", str(library)])


def written(*turns: tuple[str, str, str], name: str = "mine.jsonl") -> Path:
    asked = [{"question": question, "article": article, "answers": [answer]} for question, article, answer in turns]
    Path(name).write_text(json.dumps({"id": "d", "lang": "it", "turns": asked}), encoding="utf-8")
    return Path(name)


def test_each_kind_of_turn_has_a_row_and_a_record_says_what_came_of_each(seeds_library: Path) -> None:
    mine = written(
        ("chi ha avuto l'idea della biblioteca sul battello?", BATTELLO, "Teresa Olmari"),
        ("da chi lo ha comprato?", BATTELLO, "Elio Brandini"),
        ("who built the boxes for the birds", "lighthouse-volunteers.md", "Idris Fenn"),
    )
    result = evaluate(seeds_library, mine, "--json", "record.json")
    assert (result.exit_code, result.stderr) == (0, "")
    rows = [line.split() for line in result.stdout.splitlines() if line.startswith((" follow", " subject", " first"))]
    assert rows == [
        ["first", "questions", "1", "1.000", "1.000", "1.000", "1.000", "1.000"],
        ["follow-ups", "1", "1.000", "1.000", "0.000", "1.000", "0.000"],
        ["subject", "changes", "1", "1.000", "1.000", "1.000", "1.000", "1.000"],
    ]
    record = json.loads(Path("record.json").read_text(encoding="utf-8"))
    assert record["shares"]["follow-ups"]["answered_alone"] == 0.0
    assert [outcome["kind"] for outcome in record["outcomes"]] == ["first questions", "follow-ups", "subject changes"]
    assert [outcome["id"] for outcome in record["outcomes"]] == ["d.1", "d.2", "d.3"]


def test_every_second_dialogue_is_in_each_part(seeds_library: Path) -> None:
    ids = [json.loads(line)["id"] for line in DIALOGUES.read_text(encoding="utf-8").splitlines()]
    for part, expected in (("tuning", ids[::2]), ("reporting", ids[1::2])):
        assert evaluate(seeds_library, DIALOGUES, "--part", part, "--json", "part.json").exit_code == 0
        outcomes = json.loads(Path("part.json").read_text(encoding="utf-8"))["outcomes"]
        assert list(dict.fromkeys(outcome["id"].rpartition(".")[0] for outcome in outcomes)) == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((SEEDS / "questions.jsonl",), "Dialogues and single questions are measured apart: name one kind of file."),
        (("--plots", "pictures"), "Dialogues are neither compared nor drawn: leave --compare and --plots out."),
    ],
)
def test_what_cannot_be_measured_together_is_told(
    seeds_library: Path, arguments: tuple[object, ...], said: str
) -> None:
    result = evaluate(seeds_library, DIALOGUES, *arguments)
    assert (result.exit_code, result.stderr) == (2, f"{said}\n")


def test_a_dialogue_about_an_article_that_is_not_there_names_it(seeds_library: Path) -> None:
    result = evaluate(seeds_library, written(("chi?", "altrove.md", "Nessuno")))
    assert result.exit_code == 2
    assert result.stderr.startswith("Dialogue 'd' asks about 'altrove.md', which is not in the library ")
    assert len(result.stderr.splitlines()) == 1
