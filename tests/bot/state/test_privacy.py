"""A reader's data are shown and erased wholly, others' are left, and all is forgotten in time."""

from collections.abc import Callable

from bot.state.deeds import Deeds
from bot.state.opinions import Opinions, Prompts
from bot.state.people import People
from bot.state.privacy import erase, exported, forget_older
from bot.state.store import Store
from bot.state.turns import Asking, StoredTurn, Turns

Ask = Callable[..., StoredTurn]
DAY = 86_400


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    names = [name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: store.rows(f"SELECT * FROM {name}") for name in names if name != "sqlite_sequence"}


def test_who_is_erased_is_in_no_table_any_more_and_others_are_untouched(store: Store, ask: Ask) -> None:
    people, opinions, prompts, turns = People(store), Opinions(store), Prompts(store), Turns(store)
    people.seen(6, name="Bob", spoken="it")
    theirs = ask(user=6, chat=6, message=1)
    opinions.give(theirs.id, 6, "good")
    before = tables(store)

    people.seen(5, name="Ada", spoken="en")
    mine, grouped = ask(message=1), ask(chat=-7, message=2)
    for turn in (mine.id, theirs.id):
        opinions.comment(turn, 5, "no")
        opinions.wait(turn, 5)
    prompts.expect(5, 20, "comment", theirs.id)
    prompts.expect(-7, 21, "comment", grouped.id)
    turns.begin_anew(Asking(chat=-7, user=5, message=3, thread=2))
    assert [len(rows) for rows in exported(store, 5).values()] == [1, 2, 2, 2, 0]
    assert store.rows("SELECT turn, article FROM sayings WHERE turn = ?", mine.id) == [(mine.id, "b"), (mine.id, "c")]
    erase(store, 5)
    assert tables(store) == before
    assert [len(rows) for rows in exported(store, 5).values()] == [0, 0, 0, 0, 0]


def test_a_block_and_who_blocked_stay_without_a_name(store: Store) -> None:
    people, deeds = People(store), Deeds(store)
    people.seen(5, name="Ada", spoken="en")
    people.choose_language(5, "it")
    people.give_role(5, "blocked")
    deeds.note(1, "unblock", 5)
    deeds.note(1, "block", 5)
    erase(store, 5)
    assert store.rows("SELECT id, name, spoken, chosen, role FROM users") == [(5, "5", None, None, "blocked")]
    assert [(deed.deed, deed.about) for deed in deeds.last(9)] == [("block", "5"), ("unblock", "")]


def test_questions_and_readers_are_forgotten_in_time_but_not_roles(store: Store, ask: Ask) -> None:
    people = People(store)
    for id_, role in ((5, "reader"), (6, "member"), (7, "blocked"), (8, "asking"), (9, "reader")):
        people.seen(id_, name="x", spoken="en")
        people.choose_language(id_, "it")
        people.give_role(id_, role)
    old, new = ask(message=1), ask(message=2)
    Opinions(store).comment(old.id, 9, "no")
    Turns(store).begin_anew(Asking(chat=9, user=9, message=1))
    store.write("UPDATE turns SET at = at - ? WHERE id = ?", 90 * DAY + 60, old.id)
    store.write("UPDATE users SET seen = seen - ? WHERE id != 9", 90 * DAY + 60)
    forget_older(store, 90)
    assert store.rows("SELECT id FROM turns") == [(new.id,)]
    assert store.rows("SELECT turn FROM quotes") == [(new.id,)]
    assert store.rows("SELECT turn, article FROM sayings") == [(new.id, "b"), (new.id, "c")]
    assert store.rows("SELECT * FROM opinions") == []
    assert store.rows("SELECT id, name, spoken, chosen, role FROM users ORDER BY id") == [
        (6, "6", None, None, "member"), (7, "7", None, None, "blocked"), (9, "x", "en", "it", "reader")
    ]  # fmt: skip


def test_what_an_admin_did_to_somebody_who_is_erased_can_still_be_shown(store: Store) -> None:
    people, deeds = People(store), Deeds(store)
    people.seen(5, name="Ada", spoken="en")
    for deed in ("invite", "appoint", "dismiss", "unblock"):
        deeds.note(1, deed, 5)
    erase(store, 5)
    assert [(deed.deed, deed.whom) for deed in deeds.last(9)] == [
        ("unblock", None), ("dismiss", None), ("appoint", None), ("invite", None)
    ]  # fmt: skip
