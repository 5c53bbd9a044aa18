"""Everybody's turn comes: no line overtakes itself, no sender keeps the others out, and the urgent wait least."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Update

from bot.fairness import Closed, Crowded, Room, Turnstile, Visitor, visitor_of

ONE = Room(at_once=1, kept=0)


class Hall:
    """Behind a turnstile; who comes is named by its key and a number, and stays until it is told to go."""

    def __init__(self, room: Room = ONE) -> None:
        self.turnstile = Turnstile(room)
        self.entered: list[str] = []
        self.inside: dict[str, asyncio.Event] = {}
        self.refused: list[tuple[str, Exception]] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def come(self, *names: str, urgent: bool = False, place: str | None = None) -> None:
        """`a1` is the first of a's, who all wait in one line."""
        for name in names:
            visitor = Visitor(key=name[0], place=place, urgent=urgent)
            self.tasks[name] = asyncio.create_task(self._visit(name, visitor))
        await settled()

    async def _visit(self, name: str, visitor: Visitor) -> None:
        try:
            async with self.turnstile.turn(visitor):
                self.entered.append(name)
                self.inside[name] = asyncio.Event()
                try:
                    await self.inside[name].wait()
                finally:
                    del self.inside[name]
        except (Closed, Crowded) as refusal:
            self.refused.append((name, refusal))

    async def go(self, name: str) -> None:
        self.inside[name].set()
        await settled()

    async def empty(self) -> list[str]:
        """Let all who are inside go until nobody is left; the order in which they entered."""
        while self.inside:
            await self.go(next(iter(self.inside)))
        return self.entered


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_senders_take_turns_however_many_one_of_them_sent_first() -> None:
    hall = Hall()
    await hall.come("a1", "a2", "a3", "a4", "b1", "b2", "c1")
    assert await hall.empty() == ["a1", "a2", "b1", "c1", "a3", "b2", "a4"]


async def test_one_senders_updates_wait_for_each_other_while_others_go_in() -> None:
    hall = Hall(Room(at_once=3, kept=0))
    await hall.come("a1", "a2", "b1", "a3")
    assert list(hall.inside) == ["a1", "b1"]
    await hall.go("a1")
    assert list(hall.inside) == ["b1", "a2"]
    assert await hall.empty() == ["a1", "b1", "a2", "a3"]


async def test_several_of_one_sender_go_in_together_where_the_limit_says_so() -> None:
    hall = Hall(Room(at_once=3, kept=0, per_key=2))
    await hall.come("a1", "a2", "a3")
    assert list(hall.inside) == ["a1", "a2"]


async def test_no_more_are_inside_than_may_be_and_some_places_are_kept_for_the_urgent() -> None:
    hall = Hall(Room(at_once=3, kept=1))
    await hall.come("a1", "b1", "c1")
    assert list(hall.inside) == ["a1", "b1"]
    await hall.come("d1", "e1", urgent=True)
    assert list(hall.inside) == ["a1", "b1", "d1"]


async def test_the_urgent_go_first_even_before_older_updates_of_the_same_sender() -> None:
    hall = Hall()
    await hall.come("a1", "a2", "b1")
    await hall.come("b2", "a3", urgent=True)
    assert await hall.empty() == ["a1", "b2", "a3", "a2", "b1"]


async def test_an_urgent_update_does_not_wait_for_the_senders_own_slow_one() -> None:
    hall = Hall(Room(at_once=2, kept=1))
    await hall.come("a1")
    await hall.come("a2", urgent=True)
    assert list(hall.inside) == ["a1", "a2"]


async def test_after_four_urgent_ones_in_a_row_one_of_the_others_has_its_turn() -> None:
    hall = Hall()
    await hall.come("a1", "b1", "c1")
    await hall.come("u1", "v1", "w1", "x1", "y1", "z1", urgent=True)
    assert await hall.empty() == ["a1", "u1", "v1", "w1", "x1", "b1", "y1", "z1", "c1"]


async def test_a_busy_group_leaves_room_for_everybody_else() -> None:
    hall = Hall(Room(at_once=4, kept=0, per_place=2))
    await hall.come("a1", "b1", "c1", "d1", place="the group")
    await hall.come("e1")
    assert list(hall.inside) == ["a1", "b1", "e1"]
    await hall.go("a1")
    assert list(hall.inside) == ["b1", "e1", "c1"]


async def test_a_flood_is_refused_beyond_the_bound_and_only_the_first_refusal_says_first() -> None:
    hall = Hall(replace(ONE, waiting=2))
    await hall.come("b1", "a1", "a2", "a3", "a4", "c1")
    assert [(name, refusal.first) for name, refusal in hall.refused] == [("a3", True), ("a4", False)]
    assert hall.turnstile.waiting == 3
    assert await hall.empty() == ["b1", "a1", "c1", "a2"]
    hall.refused.clear()
    await hall.come("b1", "a1", "a2", "a3", "a4")
    assert [(name, refusal.first) for name, refusal in hall.refused] == [("a3", True), ("a4", False)]


async def test_who_gives_up_waiting_is_passed_over() -> None:
    hall = Hall()
    await hall.come("a1", "a2", "a3", "b1")
    hall.tasks["a2"].cancel()
    hall.inside["a1"].set()  # in the same step
    await settled()
    assert hall.turnstile.waiting == 1
    assert await hall.empty() == ["a1", "a3", "b1"]


async def test_who_is_called_and_gives_up_in_that_moment_leaves_the_place_to_the_next() -> None:
    hall = Hall()
    async with hall.turnstile.turn(Visitor(key="a")):
        await hall.come("b1", "c1")
    hall.tasks["b1"].cancel()  # it has been called, but has not heard it
    await settled()
    assert hall.tasks["b1"].cancelled()
    assert await hall.empty() == ["c1"]


async def test_who_fails_inside_leaves_the_place_to_the_next() -> None:
    turnstile = Turnstile(ONE)
    for _ in range(3):
        with pytest.raises(LookupError):
            async with turnstile.turn(Visitor(key="a")):
                raise LookupError
    async with turnstile.turn(Visitor(key="a")):
        assert turnstile.waiting == 0


async def test_once_closed_nobody_enters_and_who_is_inside_may_finish() -> None:
    hall = Hall()
    await hall.come("a1", "a2", "b1")
    hall.turnstile.close()
    await hall.come("c1")
    assert [(name, type(refusal)) for name, refusal in hall.refused] == [("a2", Closed), ("b1", Closed), ("c1", Closed)]
    assert list(hall.inside) == ["a1"]
    assert await hall.empty() == ["a1"]
    assert hall.turnstile.waiting == 0


ARRIVALS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from([None, "g", "h"]), st.booleans(), st.integers(0, 3)), max_size=40
)


@given(arrivals=ARRIVALS, at_once=st.integers(1, 5), kept=st.integers(0, 3), cancelled=st.sets(st.integers(0, 39)))
def test_whoever_comes_in_whatever_order_no_limit_is_broken_and_nobody_is_left_over(
    arrivals, at_once, kept, cancelled
) -> None:
    room = Room(at_once=at_once, kept=kept, per_place=2, waiting=100)

    async def run() -> None:
        turnstile, inside, entered = Turnstile(room), [], []

        async def visit(number: int, visitor: Visitor, steps: int) -> None:
            async with turnstile.turn(visitor):
                inside.append(visitor)
                entered.append(number)
                counts = Counter(
                    mark for one in inside for mark in one.marks() if one.place or "place" not in str(mark)
                )
                assert len(inside) <= at_once
                assert counts[False] <= max(1, at_once - kept)
                for who in inside:
                    _, key, place = who.marks()
                    assert counts[key] == 1
                    assert who.place is None or counts[place] <= 2
                try:
                    for _ in range(steps):
                        await asyncio.sleep(0)
                finally:
                    inside.remove(visitor)

        visitors = [Visitor(key=key, place=place, urgent=urgent) for key, place, urgent, _ in arrivals]
        tasks = [
            asyncio.create_task(visit(number, visitor, arrival[3]))
            for number, (visitor, arrival) in enumerate(zip(visitors, arrivals, strict=True))
        ]
        await asyncio.sleep(0)
        for number in cancelled & set(range(len(tasks))):
            tasks[number].cancel()
        for number, task in enumerate(tasks):
            with suppress(asyncio.CancelledError):
                await task
            assert not task.cancelled() or number in cancelled
        assert turnstile.waiting == 0
        for line in {(visitor.key, visitor.urgent) for visitor in visitors}:
            mine = [number for number in entered if (visitors[number].key, visitors[number].urgent) == line]
            assert mine == sorted(mine)

    asyncio.run(run())


ADA = {"id": 7, "is_bot": False, "first_name": "Ada"}
HOME, GROUP = {"id": 7, "type": "private"}, {"id": -9, "type": "supergroup", "title": "Readers"}


def message(chat: dict[str, object], **more: object) -> dict[str, object]:
    return {"message_id": 1, "date": 1_700_000_000, "chat": chat, "from": ADA, "text": "?"} | more


@pytest.mark.parametrize(
    ("content", "visitor"),
    [
        ({"message": message(HOME)}, Visitor(key=7)),
        ({"edited_message": message(HOME, edit_date=1_700_000_001)}, Visitor(key=7)),
        ({"message": message(GROUP)}, Visitor(key=7, place=-9)),
        ({"message": message(GROUP, sender_chat=GROUP)}, Visitor(key=-9, place=-9)),
        ({"callback_query": {"id": "1", "from": ADA, "chat_instance": "1", "data": "x"}}, Visitor(key=7, urgent=True)),
        ({"inline_query": {"id": "1", "from": ADA, "query": "x", "offset": ""}}, Visitor(key=7, urgent=True)),
        ({"guest_message": message(GROUP, guest_query_id="1")}, Visitor(key=7, place=-9, urgent=True)),
        ({}, Visitor(key=None)),
    ],
    ids=["private", "edited", "group", "anonymous", "button", "inline", "guest", "empty"],
)
def test_an_update_waits_in_its_senders_line_and_queries_are_urgent(content, visitor) -> None:
    update = Update.de_json({"update_id": 1} | content, Bot("123456:TEST-token"))
    assert visitor_of(update) == visitor
