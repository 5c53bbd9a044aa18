"""The questions that were written for Citabot stand in the form of question sets, and what they say is there."""

from pathlib import Path

import pytest

from retrieval.evaluation.questions import part_of, read_questions
from training.examples import QuestionSet

TRAINING = Path(__file__).parents[2] / "training"
WRITTEN = TRAINING / "written"
KEPT_OUT = frozenset((TRAINING / "kept_out.txt").read_text().split())
"""What the reader never sees, and is chosen by."""
SETS = {"written": 45_000, "lookalikes": 14_000, "published": 6_000, "encyclopedia": 22_000}
"""Those that have articles of their own, and how many questions at least."""


@pytest.mark.parametrize(("name", "fewest"), SETS.items())
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


def test_those_about_an_english_encyclopedia_stand_within_its_paragraphs() -> None:
    questions = read_questions(WRITTEN / "new_wiki.jsonl.gz")
    assert len({question.id for question in questions}) == len(questions) > 18_000
    assert all(question.article and question.article.startswith("shift-new_wiki-") for question in questions)
    for question in questions:
        assert question.paragraph is not None
        assert bool(question.spans) == question.answerable
        assert all(answer in question.paragraph for answer in question.spans), question.id


def test_what_is_kept_out_is_there_and_nothing_is_reported_on_it() -> None:
    there = {article for name in SETS for article in QuestionSet(folder=TRAINING / name).articles()}
    assert {article for article in KEPT_OUT if not article.startswith("sqit-test-")} <= there
    asked = read_questions(TRAINING / "published" / "questions.jsonl.gz")
    assert not {question.article for question in part_of(asked, "reporting")} & KEPT_OUT
