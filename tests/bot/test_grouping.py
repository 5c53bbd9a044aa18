"""Questions that ask the same are put together, those that made trouble first."""

from dataclasses import replace

import pytest

from bot.grouping import grouped
from bot.state.report import AskedQuestion
from retrieval.answer import Verdict
from tests.fakes import HashingEmbedder


def question(
    turn: int, text: str, verdict: Verdict = "answered", *, bad: int = 0, language: str = "en"
) -> AskedQuestion:
    return AskedQuestion(
        turn=turn, at=float(turn), text=text, searched=text, language=language, verdict=verdict, confidence=0.5,
        milliseconds=1.0, good=0, bad=bad, comments=(), article=None,
    )  # fmt: skip


def turns(questions: list[AskedQuestion], embedder: object = None) -> list[list[int]]:
    return [[each.turn for each in group.questions] for group in grouped(questions, embedder or HashingEmbedder())]


def test_where_nothing_was_asked_there_are_no_groups() -> None:
    assert turns([]) == []


def test_the_same_words_in_another_order_are_one_group_with_the_newest_first() -> None:
    asked = [question(3, "opens the bakery when"), question(2, "who bakes"), question(1, "When opens the bakery?")]
    assert turns(asked) == [[3, 1], [2]]


def test_trouble_comes_first_then_what_is_asked_most_then_what_is_new() -> None:
    asked = [
        question(7, "alpha"),
        question(6, "beta"),
        question(5, "gamma", "nothing"),
        question(4, "delta", bad=1),
        question(3, "beta"),
        question(2, "epsilon", "unsure"),
        question(1, "gamma", "nothing"),
        question(0, "gamma", "nothing"),
    ]
    assert turns(asked) == [[5, 1, 0], [4], [6, 3], [7], [2]]
    first, second, *_ = grouped(asked, HashingEmbedder())
    assert (first.unanswered, first.disliked, second.unanswered, second.disliked) == (3, 0, 0, 1)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (("When does the library open?", "en"), ("When does the library open", "en"), True),
        (("When does the library open?", "en"), ("Quando apre la biblioteca?", "it"), True),
        (("When does the library open?", "en"), ("When does the library close?", "en"), False),
        (("Quanti gradini ha il faro?", "it"), ("Chi ha costruito il faro?", "it"), False),
        (("When does the library open?", "en"), ("Chi ha costruito il faro?", "it"), False),
    ],
)
def test_the_model_tells_what_asks_the_same_also_across_languages(default_embedder, one, other, together) -> None:
    asked = [question(number, text, language=language) for number, (text, language) in ((2, one), (1, other))]
    assert turns(asked, default_embedder) == ([[2, 1]] if together else [[2], [1]])


def test_a_question_that_was_asked_after_another_is_told_by_its_own_words_unless_they_say_little() -> None:
    asked = [
        replace(question(3, "when?"), searched="who bakes bread? when?"),
        replace(question(2, "opens bakery monday"), searched="who bakes bread? opens bakery monday"),
        question(1, "opens bakery monday"),
        question(0, "when?"),
    ]
    assert turns(asked) == [[2, 1], [3], [0]]
