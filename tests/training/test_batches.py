"""A batch shows a piece of each passage that has the answer in it, and rivals beside the same question."""

import numpy as np
import pytest

from retrieval.pairs import PADDING, SEPARATOR
from training.batches import Shown, batch_of, batches
from training.prepared import Example, Prepared, Texts


def course(prepared: Prepared, count: int) -> list[list[Shown]]:
    return list(batches(prepared.asked, prepared.texts, count=count, batch=5, seed=4))


def test_each_row_is_a_question_and_a_piece_with_the_answer_in_its_place(prepared: Prepared) -> None:
    for shown in course(prepared, 200):
        batch = batch_of(shown, prepared.texts, rivals=0)
        assert batch.ids.shape == batch.mask.shape == batch.allowed.shape
        assert batch.ids.shape[1] % 8 == 0
        for row, each in enumerate(shown):
            question = prepared.texts[each.example.question]
            ids = batch.ids[row][batch.mask[row]].numpy()
            assert np.array_equal(ids[: len(question)], question)
            assert ids[-1] == SEPARATOR
            assert len(ids) <= len(question) + each.room + 1
            assert (batch.ids[row][~batch.mask[row]] == PADDING).all()
            assert batch.allowed[row].nonzero().flatten().tolist() == [0, *range(len(question), len(ids) - 1)]
            start, end = int(batch.starts[row]), int(batch.ends[row])
            assert (start > 0) == (end > 0) == each.example.answered
            if each.example.answered:
                passage = prepared.texts[each.example.passage]
                assert np.array_equal(ids[start : end + 1], passage[each.example.first : each.example.last + 1])


def test_rivals_follow_the_examples_beside_the_same_questions_without_an_answer(prepared: Prepared) -> None:
    shown = [Shown(each, 320, "a") for each in prepared.asked if each.rivals][:4]
    batch = batch_of(shown, prepared.texts, rivals=1)
    assert batch.against.tolist() == [0, 1, 2, 3]
    assert batch.starts[4:].tolist() == batch.ends[4:].tolist() == [0, 0, 0, 0]
    for row, each in enumerate(shown):
        question, (rival, *_) = prepared.texts[each.example.question], each.example.rivals
        ids = batch.ids[4 + row][batch.mask[4 + row]].numpy()
        assert np.array_equal(ids[: len(question)], question)
        assert any(np.array_equal(ids[len(question) : -1], prepared.texts[other]) for other in each.example.rivals)
        assert rival != each.example.passage
    assert len(batch_of(shown, prepared.texts, rivals=0).ids) == 4


@pytest.mark.parametrize(("last", "shown"), [(12, True), (390, True), (450, False)])
def test_an_answer_is_shown_whole_or_as_none(last: int, shown: bool) -> None:
    texts = Texts()
    example = Example(question=texts.add([0, 9, 9]), passage=texts.add(range(10, 510)), first=5, last=last)
    batch = batch_of([Shown(example, 3, "a")], texts, rivals=0)
    assert (int(batch.starts[0]) > 0) == shown
    assert int(batch.ends[0] - batch.starts[0]) == (last - 5 if shown else 0)
    assert batch.ids.shape[1] <= 400


def test_a_course_shuffles_the_same_examples_anew_each_round(prepared: Prepared) -> None:
    whole, one = course(prepared, 300), len(prepared.asked)
    assert whole == course(prepared, 300)
    assert 300 <= sum(map(len, whole)) < 305
    assert max(map(len, whole)) == 5
    shown = [each for batch in whole for each in batch]
    first, second = ([each.example for each in shown[at : at + one]] for at in (0, one))
    assert first != second
    assert sorted(map(id, first)) == sorted(map(id, second)) == sorted(map(id, prepared.asked))
    assert {each.chance for each in shown[:one]}.isdisjoint(each.chance for each in shown[one : 2 * one])


def test_a_course_without_examples_ends() -> None:
    assert list(batches([], Texts(), count=100, batch=3, seed=1)) == []
