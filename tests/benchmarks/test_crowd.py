"""A crowd's figures count what was answered, lost, said twice and out of order."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.crowd import Reply, figures_of, show

ROOT = Path(__file__).parent.parent.parent


def reply(user: int, question: str, number: int, time: float) -> Reply:
    return Reply(user=user, question=question, number=number, time=time)


def test_figures_count_first_replies_and_the_order_of_each_user(capsys: pytest.CaptureFixture[str]) -> None:
    asked = {(1, "a"): 10.0, (1, "b"): 10.0, (2, "a"): 10.0, (2, "b"): 10.0, (3, "a"): 10.5}
    replies = [
        reply(1, "a", 1, 11.0),
        reply(2, "b", 4, 11.5),
        reply(2, "a", 3, 12.0),
        reply(1, "a", 1, 13.0),
        reply(9, "a", 7, 13.5),
        reply(1, "b", 2, 14.0),
    ]
    figures = figures_of(asked, replies)
    assert (figures.asked, figures.answered, figures.lost, figures.twice) == (5, 4, 1, 1)
    assert (figures.users, figures.in_order) == (3, 2)
    assert figures.seconds == [1.0, 1.5, 2.0, 4.0]
    assert figures.lasted == 4.0
    show(figures)
    printed = capsys.readouterr().out
    assert "3 users asked 5 questions at once\nanswered 4, lost 1, twice 1\n" in printed
    assert "order of the questions: 2 of 3\n" in printed
    assert "time to the answer: p50 1.75, p95 3.70, p99 3.94, at most 4.00 s\nquestions per second: 1.0\n" in printed


def test_where_nobody_was_answered_that_is_said_without_times(capsys: pytest.CaptureFixture[str]) -> None:
    show(figures_of({(1, "a"): 10.0}, []))
    assert "answered 0, lost 1, twice 0" in capsys.readouterr().out


def test_a_small_crowd_is_answered_by_the_real_bot() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "benchmarks.crowd", "--users", "5", "--each", "2", "--webhook"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    assert "5 users asked 10 questions at once\nanswered 10, lost 0, twice 0\n" in ended.stdout
    assert "each user's answers in the order of the questions: 5 of 5\n" in ended.stdout
