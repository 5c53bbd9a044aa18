"""Questions are kept with what was shown, and found again by message, chat and conversation."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.state.opinions import Opinions
from bot.state.people import GroupSettings, People
from bot.state.store import Store
from bot.state.turns import REMEMBERED, Asking, StoredTurn, Turns
from index.article import Span
from tests.bot.quotes import answer, article, quote

Ask = Callable[..., StoredTurn]


def test_a_turn_comes_back_as_it_was_with_its_quotes_in_order(store: Store) -> None:
    turns = Turns(store)
    given = answer(quote("One. Two.", Span(5, 9)), quote("🦉 Three."), verdict="unsure")
    kept = turns.keep(Asking(chat=-1, user=5, message=7, thread=3), given, generation=4, suggested="where now?")
    turns.shown_as(kept.id, 8)
    turns.shows(kept.id, 2)
    found = turns.shown_in(-1, 8)
    assert found == turns.find(kept.id) == replace(kept, shown=8, number=2)
    assert (kept.text, kept.searched, kept.suggested, kept.verdict) == ("where?", "where?", "where now?", "unsure")
    assert (kept.chat, kept.thread, kept.user, kept.asked, kept.generation) == (-1, 3, 5, 7, 4)
    assert [(each.span, each.marks) for each in kept.quotes] == [(Span(0, 9), (Span(5, 9),)), (Span(0, 8), ())]
    assert turns.shown_in(5, 8) is None


def test_a_quote_stands_in_an_article_only_while_that_says_it_there(ask: Ask) -> None:
    stored = ask(message=1).quotes[0]
    texts = ("One. Two.", "One. Two. Three.", "One. Too.", "One.", " One. Two.")
    assert [stored.stands_in(article(text)) for text in texts] == [True, True, False, False, False]


def test_the_same_message_again_takes_the_place_of_what_it_was_and_keeps_where_it_was_shown(
    store: Store, ask: Ask
) -> None:
    turns, first = Turns(store), ask(message=1)
    turns.shown_as(first.id, 2)
    Opinions(store).give(first.id, 5, "good")
    again = ask(message=1)
    assert (again.id, again.shown) == (first.id, 2)
    assert Opinions(store).of(again.id) == [], "opinions were about another answer"
    assert ask(message=1, user=6).id != first.id


def test_a_conversation_is_of_one_reader_in_one_place_bounded_and_in_order(store: Store, ask: Ask) -> None:
    turns = Turns(store)
    for message in range(1, 6):
        ask(message=message)
    ask(message=9, user=6), ask(message=10, thread=3)
    asking = Asking(chat=5, user=5, message=11)
    assert len(turns.conversation(asking)) == 3
    assert len(turns.conversation(replace(asking, thread=3))) == 1
    assert len(turns.conversation(replace(asking, message=2))) == 1, "an edited question follows those before it"
    turns.begin_anew(asking)
    assert turns.conversation(asking) == []
    assert len(turns.conversation(replace(asking, thread=3))) == 1


@pytest.mark.parametrize(("age", "turns_left"), [(REMEMBERED - 5, 1), (REMEMBERED + 5, 0)])
def test_a_conversation_is_forgotten_after_half_an_hour(store: Store, ask: Ask, age: float, turns_left: int) -> None:
    ask(message=1)
    store.write("UPDATE turns SET at = at - ?", age)
    assert len(Turns(store).conversation(Asking(chat=5, user=5, message=2))) == turns_left


def test_a_group_that_moves_takes_settings_and_turns_along_and_old_messages_are_not_mistaken_for_new(
    store: Store, ask: Ask
) -> None:
    people, turns = People(store), Turns(store)
    kept = ask(chat=-7, message=1)
    turns.shown_as(kept.id, 2)
    people.set_group(-7, GroupSettings(language="it", quotes=1, articles="owl"))
    people.move_group(-7, -1007)
    assert people.group(-1007) == GroupSettings(language="it", quotes=1, articles="owl")
    assert people.group(-7) == GroupSettings()
    assert turns.shown_in(-1007, 2) is None
    assert ask(chat=-1007, message=1).id != kept.id
