"""The questions that were written for Citabot stand in the form of question sets, and what they say is there."""

from pathlib import Path

import pytest

from retrieval.evaluation.questions import part_of, read_questions
from training.examples import QuestionSet

TRAINING = Path(__file__).parents[2] / "training"
WRITTEN = TRAINING / "written"
KEPT_OUT = frozenset((TRAINING / "kept_out.txt").read_text().split())
"""What the reader never sees, and is chosen by."""


@pytest.mark.parametrize(("name", "fewest"), [("written", 45_000), ("lookalikes", 14_000), ("published", 6_000)])
def test_each_answer_stands_where_its_question_says(name: str, fewest: int) -> None:
    written = QuestionSet(folder=TRAINING / name)
    articles, questions = written.articles(), written.questions()
    assert len(questions) == len(read_questions(TRAINING / name / "questions.jsonl.gz")) > fewest
    for question in questions:
        article = articles[question.article or ""]
        assert question.paragraph is not None
        assert question.paragraph.of(article.text)
        assert not question.misplaced_in(article), question.id
        assert all(answer in question.paragraph for answer in question.spans), question.id


def test_those_about_other_articles_are_about_such_as_nothing_is_reported_on() -> None:
    questions = read_questions(WRITTEN / "squadit.jsonl.gz")
    assert part_of(questions, "tuning") == questions
    assert not {question.article for question in questions} & KEPT_OUT


def test_what_is_kept_out_is_there_and_nothing_is_reported_on_it() -> None:
    there = {
        article
        for name in ("written", "lookalikes", "published")
        for article in QuestionSet(folder=TRAINING / name).articles()
    }
    assert {article for article in KEPT_OUT if not article.startswith("sqit-test-")} <= there
    asked = read_questions(TRAINING / "published" / "questions.jsonl.gz")
    assert not {question.article for question in part_of(asked, "reporting")} & KEPT_OUT
