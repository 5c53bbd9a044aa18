"""One opinion of each reader on each turn, and who waits for an answer."""

from collections.abc import Callable

from bot.state.opinions import Opinions, Prompts
from bot.state.store import Store
from bot.state.turns import StoredTurn

Ask = Callable[..., StoredTurn]


def test_the_last_opinion_counts_and_a_comment_stays_with_it(store: Store, ask: Ask) -> None:
    opinions, turn = Opinions(store), ask(message=1).id
    opinions.give(turn, 6, "good")
    opinions.comment(turn, 6, "x" * 2000)
    opinions.give(turn, 6, "wrong", 2)
    opinions.comment(turn, 7, "no")
    assert opinions.of(turn) == [(6, "wrong", "x" * 1000), (7, "bad", "no")]


def test_an_opinion_is_taken_back_but_not_what_was_put_into_words(store: Store, ask: Ask) -> None:
    opinions, turn = Opinions(store), ask(message=1).id
    opinions.give(turn, 6, "good")
    opinions.comment(turn, 7, "no")
    for user in (6, 7):
        opinions.take_back(turn, user)
    assert opinions.of(turn) == [(7, "bad", "no")]


def test_an_opinion_on_what_is_forgotten_is_none(store: Store) -> None:
    opinions = Opinions(store)
    opinions.give(99, 6, "good")
    opinions.comment(99, 6, "no")
    opinions.wait(99, 6)
    assert opinions.of(99) == opinions.waiting() == []


def test_who_waits_waits_once_until_told(store: Store, ask: Ask) -> None:
    opinions, first, second = Opinions(store), ask(message=1).id, ask(message=2).id
    for turn, user in ((second, 6), (first, 7), (first, 6), (first, 6)):
        opinions.wait(turn, user)
    assert opinions.waiting() == [(first, 6), (first, 7), (second, 6)]
    opinions.told(first, 6)
    assert opinions.waiting() == [(first, 7), (second, 6)]


def test_a_prompt_is_known_by_chat_and_message(store: Store) -> None:
    prompts = Prompts(store)
    prompts.expect(5, 20, "comment", 3)
    assert [prompts.answered(5, 20), prompts.answered(5, 20), prompts.answered(6, 20), prompts.answered(5, 21)] == [
        ("comment", 3), ("comment", 3), None, None,
    ]  # fmt: skip
