"""The comparison with other libraries counts what is found, and says what is not there."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.peer_figures import PLAIN, Run, figures_of, show
from benchmarks.peer_side import ENGINES
from tests.conftest import SEEDS

ROOT = Path(__file__).parent.parent.parent


def peers(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.peers", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_figures_are_speed_memory_and_what_each_language_finds() -> None:
    run = Run(name="x", indexing=4.0, milliseconds=[1.0, 2.0, 3.0], peak_mb=900.0, ranks={"it": [1, 0, 3], "en": [1]})
    assert figures_of(run, 100) == pytest.approx(
        {
            "passages/s": 25,
            "p50 ms": 2,
            "p95 ms": 2.9,
            "peak MB": 900,
            "en R@1": 1,
            "en R@5": 1,
            "it R@1": 1 / 3,
            "it R@5": 2 / 3,
        }
    )


def test_ratios_are_to_plain_sentence_transformers_and_shown_behind_each_figure() -> None:
    runs = [
        Run(name="Citabot", indexing=2.0, milliseconds=[10.0], peak_mb=500.0, ranks={"it": [1, 1]}),
        Run(name=PLAIN, indexing=4.0, milliseconds=[20.0], peak_mb=1000.0, ranks={"it": [1, 2]}),
    ]
    shown = Console(file=io.StringIO(), width=120)
    figures = show(runs, 100, console=shown)
    assert figures["ratios"]["Citabot"] == {
        "passages/s": 2,
        "p50 ms": 0.5,
        "p95 ms": 0.5,
        "peak MB": 0.5,
        "it R@1": 2,
        "it R@5": 1,
    }
    printed = " ".join(shown.file.getvalue().split())
    assert "passages/s 50.0 (2.00) 25.0 (1.00)" in printed
    assert "it R@1 1.000 (2.00) 0.500 (1.00)" in printed
    assert "100 passages; questions: 2 in it." in printed


def test_without_the_plain_one_there_are_no_ratios() -> None:
    shown = Console(file=io.StringIO(), width=120)
    figures = show([Run(name="x", indexing=1.0, milliseconds=[1.0], ranks={"it": [0]})], 1, console=shown)
    assert figures["ratios"] == {}
    assert "In brackets" not in shown.file.getvalue()


def test_citabot_is_measured_and_peers_that_are_not_there_are_told_with_the_install_command(tmp_path: Path) -> None:
    ended = peers(
        *(SEEDS, SEEDS / "questions.jsonl", "--limit", 6, "--python", sys.executable),
        *("--only", "txtai", "--only", "Haystack", "--json", tmp_path / "figures.json"),
    )
    assert ended.returncode == 0, ended.stderr
    for name in ("txtai", "Haystack"):
        assert f"{name} is absent" in ended.stderr
    assert "pip install -r benchmarks/peers-requirements.txt" in ended.stderr
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert list(figures["figures"]) == ["Citabot"]
    assert figures["questions"] == 6
    assert figures["figures"]["Citabot"]["en R@5"] == 1
    assert figures["figures"]["Citabot"]["peak MB"] > 100


def test_an_environment_that_is_not_there_and_odd_questions_are_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    absent = peers(SEEDS, SEEDS / "questions.jsonl", "--python", tmp_path / "python")
    odd = peers(SEEDS, tmp_path / "none.jsonl", "--python", sys.executable)
    unknown = peers(SEEDS, SEEDS / "questions.jsonl", "--python", sys.executable, "--only", "grep")
    assert [run.returncode for run in (absent, odd, unknown)] == [2, 2, 2]
    assert absent.stderr.startswith(f"There is no {tmp_path / 'python'}. python3 -m venv peers")
    assert odd.stderr.startswith(f"{tmp_path / 'none.jsonl'} holds no questions")
    assert unknown.stderr == f"There is no peer 'grep': {', '.join(ENGINES)}\n"
    assert [len(run.stderr.splitlines()) for run in (absent, odd, unknown)] == [1, 1, 1]
