"""Figures are what they are called, and questions are read for what they are."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from index.article import Article, Span
from retrieval.evaluation.figures import figures, mean_figure
from retrieval.evaluation.measuring import Outcome
from retrieval.evaluation.questions import AskedQuestion, QuestionsUnreadable, part_of, read_questions
from retrieval.evaluation.record import changes

ARTICLE = Article(id="a1", title="t", text="Kim arriva a Vladivostok in treno.", language="it", source="a.txt")


def outcome(id_: str, rank: int = 1, *, answerable: bool = True, confidence: float = 0.5, **fields: object) -> Outcome:
    plain = {"pair": "en→it", "marked": None, "marked_length": 0, "verdict": "unsure"}
    return Outcome(id=id_, rank=rank, answerable=answerable, confidence=confidence, **plain | fields)


def test_recall_and_reciprocal_ranks_count_answerable_questions_only() -> None:
    found = figures([outcome("1", 1), outcome("2", 4), outcome("3", 15), outcome("4", 0, answerable=False)])
    values = {name: found[name].value for name in ("R@1", "R@3", "R@5", "R@20", "MRR@10")}
    assert values == pytest.approx({"R@1": 1 / 3, "R@3": 1 / 3, "R@5": 2 / 3, "R@20": 1, "MRR@10": 1.25 / 3})
    assert found["R@1"].questions == 3


def test_the_area_under_the_curve_counts_pairs_in_the_right_order() -> None:
    asked = [outcome(str(n), confidence=c) for n, c in enumerate((0.9, 0.6, 0.4))]
    asked += [outcome(f"u{n}", 0, answerable=False, confidence=c) for n, c in enumerate((0.6, 0.1))]
    assert figures(asked)["AUC answerable"].value == pytest.approx(4.5 / 6)


def test_of_what_is_answered_the_right_share_is_told() -> None:
    asked = [outcome("1", verdict="answered"), outcome("2", 3, verdict="answered"), outcome("3")]
    found = figures(asked)
    assert (found["answered, right"].value, found["right, answered"].value) == (0.5, 0.5)


def test_an_interval_holds_its_value_and_narrows_with_more_questions() -> None:
    few, many = mean_figure(np.array([0.0, 1.0] * 10)), mean_figure(np.array([0.0, 1.0] * 1000))
    assert few.low < 0.5 < few.high
    assert (many.high - many.low) < (few.high - few.low) / 5


def test_a_change_is_counted_question_by_question() -> None:
    old = [outcome(str(n), 2) for n in range(40)]
    new = [outcome(str(n), 1 if n < 20 else 2) for n in range(40)] + [outcome("other", 0)]
    rise = changes(old, new)["R@1"]
    assert (rise.value, rise.questions) == (0.5, 40)
    assert rise.low > 0


@pytest.mark.parametrize(
    ("question", "span", "held"),
    [
        ({"article": "a1", "spans": (Span(13, 24),)}, Span(5, 30), True),
        ({"article": "a1", "spans": (Span(13, 24),)}, Span(14, 30), False),
        ({"article": "a.txt", "wordings": ("Vladivostok",)}, Span(5, 30), True),
        ({"article": "a2", "wordings": ("Vladivostok",)}, Span(5, 30), False),
        ({"relevant": frozenset({"a1"})}, Span(0, 3), True),
    ],
)
def test_a_quote_holds_the_answer_when_its_span_does(question: dict, span: Span, held: bool) -> None:
    asked = AskedQuestion(id="1", text="where?", language="en", answerable=True, **question)
    assert asked.answered_by(ARTICLE, span) is held


def test_questions_are_read_plain_and_gzipped(tmp_path: Path) -> None:
    line = json.dumps(
        {"id": 7, "lang": "it", "question": "dove?", "article_id": "a1", "answers": [{"text": "Kim", "start": 0}]}
    )
    (tmp_path / "q.jsonl").write_text(line + "\n\n")
    (tmp_path / "q.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    wanted = AskedQuestion(id="7", text="dove?", language="it", answerable=True, article="a1", spans=(Span(0, 3),))
    assert list(read_questions(tmp_path / "q.jsonl")) == [wanted]
    assert list(read_questions(tmp_path / "q.jsonl.gz")) == [wanted]


@pytest.mark.parametrize("content", [b'{"id": 1}', b"[1]", b"\xff", b'{"id": 1, "question": "?", "answers": [{}]}'])
def test_a_file_that_holds_no_questions_is_an_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "q.jsonl").write_bytes(content)
    with pytest.raises(QuestionsUnreadable, match=r"q\.jsonl"):
        list(read_questions(tmp_path / "q.jsonl"))


def test_the_two_parts_share_no_article() -> None:
    asked = [AskedQuestion(id=str(n), text="?", language="en", answerable=True, article=f"a{n % 5}") for n in range(20)]
    tuning, reporting = part_of(asked, "tuning"), part_of(asked, "reporting")
    assert {question.article for question in tuning} == {"a0", "a2", "a4"}
    assert {question.article for question in reporting} == {"a1", "a3"}
