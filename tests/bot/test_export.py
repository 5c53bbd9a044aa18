"""The table of questions: safe to open, and without those who asked."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.export import as_csv
from bot.state.report import AskedQuestion

QUESTION = AskedQuestion(
    turn=1, at=0.0, text="where?", searched="where do they meet?", language="en", verdict="answered", confidence=0.5,
    milliseconds=12.34, good=2, bad=1, comments=("no, the other one", "too short"), article="a1",
)  # fmt: skip
HEADER = ["time", "question", "searched", "language", "verdict", "confidence", "milliseconds", "article", "good", "bad",
          "comments"]  # fmt: skip


def rows(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_the_oldest_question_comes_first_and_articles_have_their_titles() -> None:
    newest = replace(QUESTION, turn=2, text="when?", article=None, comments=())
    header, first, second = rows(as_csv([newest, QUESTION], {"a1": "The summit"}))
    assert header == HEADER
    assert first[1:] == ["where?", "where do they meet?", "en", "answered", "0.500", "12.3", "The summit", "2", "1",
                         "no, the other one | too short"]  # fmt: skip
    assert first[0].startswith(("1970-01-01T", "1969-12-31T"))
    assert (second[1], second[7], second[10]) == ("when?", "", "")


def test_an_article_that_is_gone_is_named_by_its_id() -> None:
    assert rows(as_csv([QUESTION], {}))[1][7] == "a1"


def test_without_questions_there_is_the_header_alone() -> None:
    assert rows(as_csv([], {})) == [HEADER]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠x"])
def test_what_begins_like_a_formula_is_made_text(text: str) -> None:
    asked = replace(QUESTION, text=text, searched=text, comments=(text,), article="a1")
    line = rows(as_csv([asked], {"a1": text}))[1]
    assert [line[place] for place in (1, 2, 7, 10)] == [f"'{text}"] * 4


def test_spreadsheets_that_take_semicolons_for_commas_see_no_formula_either() -> None:
    assert b'"where;=1+1"' in as_csv([replace(QUESTION, text="where;=1+1")], {})


@given(st.lists(st.text(st.characters(codec=None)), max_size=5))
def test_whatever_was_asked_is_a_row_of_eleven(texts: list[str]) -> None:
    table = rows(as_csv([replace(QUESTION, text=text) for text in texts], {}))
    assert [len(row) for row in table] == [11] * (len(texts) + 1)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in table[1:] for cell in row)
