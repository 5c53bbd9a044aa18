"""Those who were given a role are found among however many readers."""

from bot.state.people import People
from bot.state.store import Store


def test_those_of_a_role_come_by_name(store: Store) -> None:
    people = People(store)
    for id_, name, role in ((1, "Eve", "admin"), (2, "Ada", "admin"), (3, "Bob", "member"), (4, "Dan", "reader")):
        people.seen(id_, name=name, spoken=None)
        people.give_role(id_, role)
    assert [person.name for person in people.with_role("admin")] == ["Ada", "Eve"]
    assert [person.id for person in people.with_role("member")] == [3]
    assert people.with_role("blocked") == []


def test_they_are_found_without_reading_through_all_readers(store: Store) -> None:
    asked: list[str] = []
    store._connection.set_trace_callback(asked.append)
    People(store).with_role("admin")
    store._connection.set_trace_callback(None)
    (query,) = asked
    plan = [step[-1] for step in store.rows(f"EXPLAIN QUERY PLAN {query}")]
    assert plan == ["SEARCH users USING INDEX users_by_role (role=?)", "USE TEMP B-TREE FOR ORDER BY"]
