"""Dialogues are read, told apart into follow-ups and subject changes, and counted as anybody would by hand."""

import json
from pathlib import Path

import pytest

from retrieval.answerer import Answerer
from retrieval.evaluation.dialogues import (
    Dialogue,
    Shares,
    TurnOutcome,
    are_dialogues,
    dialogues_in,
    every_second,
    measure_dialogues,
    shares,
)
from retrieval.evaluation.questions import AskedQuestion, QuestionsUnreadable, lines_of
from tests.conftest import SEEDS

DIALOGUES = SEEDS / "dialogues.jsonl"


def turn(article: str, text: str = "?") -> AskedQuestion:
    return AskedQuestion(id="q", text=text, answerable=True, article=article, wordings=("x",))


def outcome(kind: str, *, answered: bool, alone: bool) -> TurnOutcome:
    return TurnOutcome(
        id="d.2", question="?", searched="?", kind=kind, answered=answered, answered_after_right=True,
        answered_alone=alone, article=True, article_alone=False,
    )  # fmt: skip


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_turn_about_another_article_changes_the_subject_and_every_other_one_follows_up() -> None:
    dialogue = Dialogue(id="d", turns=(turn("a"), turn("a"), turn("b"), turn("b"), turn("a")))
    kinds = ["first questions", "follow-ups", "subject changes", "follow-ups", "subject changes"]
    assert list(dialogue.kinds()) == kinds


def test_shares_are_of_the_turns_of_each_kind() -> None:
    found = shares(
        [
            outcome("follow-ups", answered=True, alone=False),
            outcome("follow-ups", answered=False, alone=False),
            outcome("subject changes", answered=True, alone=True),
        ]
    )
    follow_ups = Shares(
        questions=2, answered=0.5, answered_after_right=1.0, answered_alone=0.0, article=1.0, article_alone=0.0
    )
    assert list(found) == ["follow-ups", "subject changes"]
    assert found["follow-ups"] == follow_ups


def test_every_second_dialogue_is_for_tuning_and_the_others_for_reporting() -> None:
    dialogues = [Dialogue(id=str(number), turns=(turn("a"),)) for number in range(5)]
    assert [dialogue.id for dialogue in every_second(dialogues, "tuning")] == ["0", "2", "4"]
    assert [dialogue.id for dialogue in every_second(dialogues, "reporting")] == ["1", "3"]


def test_the_seeds_come_with_dialogues_whose_answers_stand_in_their_articles() -> None:
    dialogues = dialogues_in(lines_of(DIALOGUES))
    kinds = [kind for dialogue in dialogues for kind in dialogue.kinds()]
    assert len(dialogues) == 24
    assert (kinds.count("follow-ups"), kinds.count("subject changes")) == (51, 10)
    for dialogue in dialogues:
        for asked in dialogue.turns:
            text = (SEEDS / str(asked.article)).read_text(encoding="utf-8").casefold()
            assert all(wording.casefold() in text for wording in asked.wordings), asked.text


def test_a_dialogue_that_stands_there_twice_counts_once_but_ids_may_mean_something_else_elsewhere(
    tmp_path: Path,
) -> None:
    asked = {"id": "d", "turns": [{"question": text, "article": "a", "answers": ["x"]} for text in ("who?", "why?")]}
    line = json.dumps(asked)
    found = dialogues_in(lines_of(written(tmp_path / "a", line, line, line.replace("why", "when"))))
    assert [[turn.text for turn in dialogue.turns] for dialogue in found] == [["who?", "why?"], ["who?", "when?"]]


def test_a_file_is_of_dialogues_where_its_first_line_has_turns(tmp_path: Path) -> None:
    assert are_dialogues(lines_of(DIALOGUES))
    assert not are_dialogues(lines_of(SEEDS / "questions.jsonl"))
    assert not are_dialogues(lines_of(written(tmp_path / "a", "[1]")))
    assert not are_dialogues(lines_of(written(tmp_path / "b", "{")))


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": "1"}',
        '{"id": "1", "turns": []}',
        '{"id": "1", "turns": ["why?"]}',
        '{"id": "1", "turns": [{"question": "why?", "answers": ["x"]}]}',
        '{"id": "1", "turns": [{"question": "why?", "article": "a", "answerable": false}]}',
        '{"id": "1", "turns": [{"question": "why?", "article": "a", "answers": "zq"}]}',
        '{"id": "1", "turns": {"question": "why?"}}',
    ],
)
def test_a_line_that_is_no_dialogue_is_named_with_what_one_looks_like(tmp_path: Path, line: str) -> None:
    good = json.dumps({"id": "0", "turns": [{"question": "?", "article": "a", "answers": ["x"]}]})
    path = written(tmp_path / "d.jsonl", good, line)
    with pytest.raises(QuestionsUnreadable) as refused:
        dialogues_in(lines_of(path))
    assert str(refused.value).startswith(f"{path}:2 is no dialogue (")
    assert '"turns": [{"question"' in str(refused.value)


def test_at_least_seven_of_ten_follow_ups_after_right_answers_and_no_change_of_subject_is_held_back(
    answerer: Answerer,
) -> None:
    done: list[int] = []
    found = shares(measure_dialogues(dialogues_in(lines_of(DIALOGUES)), answerer, done.append))
    assert done == list(range(1, 25))
    assert found["follow-ups"].answered_after_right >= 0.7
    assert found["follow-ups"].answered >= found["follow-ups"].answered_alone + 0.2
    assert found["subject changes"].answered >= found["subject changes"].answered_alone
    assert found["subject changes"].article >= found["subject changes"].article_alone
