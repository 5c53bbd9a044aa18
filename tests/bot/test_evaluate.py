"""`citabot evaluate` over the seeds, as somebody who measures meets it."""

import gzip
import json
import os
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from tests.conftest import SEEDS

QUESTIONS = SEEDS / "questions.jsonl"
KIM = {"lang": "en", "article": "000_6ce36a7b6a1277ad.txt"}


@pytest.fixture(autouse=True)
def _folder_without_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def evaluate(library: Path, *arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments), "--library", str(library)])


def written(*questions: dict | str, name: str = "mine.jsonl") -> Path:
    lines = [line if isinstance(line, str) else json.dumps(line) for line in questions]
    Path(name).write_text("\n".join(lines), encoding="utf-8")
    return Path(name)


def row(output: str, name: str, table: str = "Finding") -> list[str]:
    """Cells of a row, without what ± says."""
    lines = output[output.index(table) :].splitlines()
    found = next(line for line in lines if line.split()[:1] == [name])
    return [cell for cell in found.split()[1:] if not cell.startswith("±")]


@pytest.fixture(scope="module")
def measured(seeds_library: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """The questions of the seeds, with a record and pictures."""
    folder = tmp_path_factory.mktemp("measured")
    before = Path.cwd()
    os.chdir(folder)
    try:
        return evaluate(seeds_library, QUESTIONS, "--json", "a.json", "--plots", "pictures"), folder
    finally:
        os.chdir(before)


def test_finding_marking_confidence_verdict_and_times_are_shown(measured: tuple[Result, Path]) -> None:
    result, _folder = measured
    assert result.exit_code == 0
    titles = ("Finding", "Marking", "Confidence", "Verdict", "Every question counts once", " embed", " total")
    places = [result.stdout.index(title) for title in titles]
    assert places == sorted(places)
    cells = row(result.stdout, "all")
    assert cells[0] == "44"
    assert float(cells[1]) >= 0.9
    assert row(result.stdout, "all", "Verdict")[0] == "54"
    assert row(result.stdout, "zh→it")[0] == "3"
    assert "it→–" not in result.stdout


def test_the_record_holds_what_the_table_shows_and_each_outcome(measured: tuple[Result, Path]) -> None:
    result, folder = measured
    record = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    assert f"{record['figures']['all']['R@1']['value']:.3f}".removeprefix("0") == row(result.stdout, "all")[1]
    assert record["about"]["questions"] == len(record["outcomes"]) == 54
    assert (record["about"]["files"], record["about"]["part"]) == ([str(QUESTIONS)], "all")
    assert record["about"]["articles"] == 3
    first = record["outcomes"][0]
    assert (first["id"], first["question"], first["pair"]) == ("q01", "where are they meeting?", "en→it")
    assert set(record["timings_ms"]["total"]) == {"p50", "p95", "p99"}


def test_the_pictures_are_drawn_and_named(measured: tuple[Result, Path]) -> None:
    result, folder = measured
    assert {path.name for path in (folder / "pictures").iterdir()} == {"reliability.png", "coverage.png"}
    assert result.stderr.count("Drawn: ") == 2


def test_two_measurements_of_the_same_show_no_change(measured: tuple[Result, Path], seeds_library: Path) -> None:
    old = measured[1] / "a.json"
    result = evaluate(seeds_library, QUESTIONS, "--compare", old, "--json", "b.json")
    assert result.exit_code == 0
    changes = result.stdout[result.stdout.index("Changes since") :]
    assert "54 of 54 questions are in both" in changes
    assert row(changes, "all")[1:] == ["+.000"] * 5
    assert "*" not in changes.split("* real")[0]
    assert "→" in changes.splitlines()[-1]
    assert json.loads(Path("b.json").read_text(encoding="utf-8"))["changes"]["shared"] == 54


def test_of_other_questions_there_is_nothing_to_compare(measured: tuple[Result, Path], seeds_library: Path) -> None:
    mine = written({"id": "new", "question": "who is travelling by train?", **KIM, "answers": ["Kim"]})
    result = evaluate(seeds_library, mine, "--compare", measured[1] / "a.json")
    assert result.exit_code == 0
    assert "The two records have no question in common" in result.stdout


def test_several_files_are_one_measurement_and_a_question_in_both_counts_once(seeds_library: Path) -> None:
    one, two = ({"id": n, "question": f"where is Kim {n}?", **KIM, "answers": ["Kim"]} for n in (1, 2))
    packed = Path("two.jsonl.gz")
    packed.write_bytes(gzip.compress(written(one, two).read_bytes()))
    result = evaluate(seeds_library, written(one), packed)
    assert (result.exit_code, row(result.stdout, "all")[0]) == (0, "2")


def test_a_language_that_looks_like_markup_is_a_row_like_any_other(seeds_library: Path) -> None:
    asked = {"id": 1, "question": "where is Kim?", **KIM, "answers": ["Kim"]}
    result = evaluate(seeds_library, written(asked, asked | {"id": 2, "lang": "[/b]"}))
    assert (result.exit_code, row(result.stdout, "[/b]→it")[0]) == (0, "1")


def test_questions_may_come_down_a_pipe(seeds_library: Path) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as pipe:
        pipe.write(json.dumps({"id": 1, "question": "where is Kim?", **KIM, "answers": ["Kim"]}))
    result = evaluate(seeds_library, f"/dev/fd/{reading}")
    os.close(reading)
    assert (result.exit_code, row(result.stdout, "all")[0]) == (0, "1")


def test_the_two_parts_are_all_questions_together(seeds_library: Path) -> None:
    counts = []
    for part in ("tuning", "reporting"):
        result = evaluate(seeds_library, QUESTIONS, "--part", part)
        counts.append(int(row(result.stdout, "all", "Verdict")[0]))
    assert sum(counts) == 54
    assert min(counts) >= 8


def test_relevance_alone_gives_a_gain_and_no_marks(seeds_library: Path) -> None:
    mine = written({"id": 1, "question": "where are they meeting?", "relevant_article_ids": [KIM["article"]]})
    result = evaluate(seeds_library, mine)
    assert "nDCG@10" in result.stdout
    assert row(result.stdout, "all")[-1] == "1.000"
    assert "marked  " not in result.stdout


def test_questions_about_absent_articles_are_left_out_with_a_warning(seeds_library: Path) -> None:
    here = {"id": 1, "question": "where are they meeting?", **KIM, "answers": ["Vladivostok"]}
    absent = {"id": 2, "question": "what?", "article_id": "gone", "answers": ["x"]}
    result = evaluate(seeds_library, written(here, absent))
    assert result.exit_code == 0
    assert row(result.stdout, "all")[0] == "1"
    (warning,) = result.stderr.splitlines()
    assert warning.startswith("Warning: 1 questions are left out: they are about 1 articles (such as 'gone')")
    assert "citabot index" in warning


def test_answers_that_stand_elsewhere_by_now_are_warned_of(seeds_library: Path) -> None:
    answer = {"text": "Vladivostok", "start": 3}
    result = evaluate(seeds_library, written({"id": "q", "question": "where?", **KIM, "answers": [answer]}))
    assert result.exit_code == 0
    assert result.stderr.startswith("Warning: 1 answers don't stand where their questions say (such as q)")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "mine.jsonl holds no questions; a line looks like"),
        ('{"id": 1, "question": "?", "answerable": false}\n{"id"', "mine.jsonl:2 is no question ("),
        (
            '{"id": 1, "question": "?", "article_id": "sqit-1", "answers": ["x"]}',
            "The questions are about 1 articles (such as 'sqit-1') that are not in the library",
        ),
    ],
)
def test_a_file_that_nothing_can_be_measured_with_is_one_line_and_code_two(
    seeds_library: Path, content: str, told: str
) -> None:
    result = evaluate(seeds_library, written(content))
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(told)


@pytest.mark.parametrize("name", ["absent.jsonl", "absent.jsonl.gz"])
def test_a_file_that_is_not_there_is_named(seeds_library: Path, name: str) -> None:
    result = evaluate(seeds_library, name)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{name} cannot be read")
    assert len(result.stderr.splitlines()) == 1


def test_a_damaged_gzip_file_is_one_line(seeds_library: Path) -> None:
    Path("q.jsonl.gz").write_bytes(gzip.compress(QUESTIONS.read_bytes())[:-100])
    result = evaluate(seeds_library, "q.jsonl.gz")
    assert result.exit_code == 2
    assert result.stderr.startswith("q.jsonl.gz cannot be read (")
    assert len(result.stderr.splitlines()) == 1


def test_a_part_without_questions_is_told(seeds_library: Path) -> None:
    mine = written({"id": 1, "question": "where?", **KIM, "answers": ["Kim"]})
    codes = {part: evaluate(seeds_library, mine, "--part", part) for part in ("tuning", "reporting")}
    assert sorted(result.exit_code for result in codes.values()) == [0, 2]
    refused = next(result for result in codes.values() if result.exit_code)
    assert refused.stderr.startswith("No question is in the part ")


def test_what_cannot_be_compared_or_written_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    nowhere = tmp_path / "no-library"
    Path("old.json").write_text("{}")
    assert evaluate(nowhere, QUESTIONS, "--compare", "old.json").stderr.startswith("old.json is no record")
    assert "absent/new.json" in evaluate(nowhere, QUESTIONS, "--json", "absent/new.json").stderr
    assert "old.json" in evaluate(nowhere, QUESTIONS, "--plots", "old.json").stderr


def test_a_file_of_questions_is_no_place_for_a_record(seeds_library: Path) -> None:
    """Where --json is taken for a flag, as it is elsewhere."""
    one = written({"id": 1, "question": "where?", **KIM, "answers": ["Kim"]}, name="one.jsonl")
    before = one.read_bytes()
    result = evaluate(seeds_library, "--json", one, QUESTIONS)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "one.jsonl is there already and is no record: name another file for the record.\n"
    assert one.read_bytes() == before


def test_without_a_library_the_way_to_one_is_told(tmp_path: Path) -> None:
    result = evaluate(tmp_path / "no-library", QUESTIONS)
    assert result.exit_code == 2
    assert result.stderr.startswith("There is no library in ")
