"""Several updates are handled at once, each of them ticked off, or left for the next run."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from telegram import Update
from telegram.error import Forbidden

from bot import update_processor
from bot.inbox import FILE, Inbox
from bot.update_processor import InboxProcessor
from tests.bot.inboxes import BOT, CHAT, taken_up, update


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    inbox = Inbox(tmp_path)
    yield inbox
    inbox.close()


async def endless(begun: asyncio.Event) -> None:
    begun.set()
    await asyncio.Event().wait()


async def handled() -> None:
    """Work that goes well."""


async def test_the_processor_ticks_off_what_was_handled(inbox: Inbox, tmp_path: Path) -> None:
    processor = InboxProcessor(inbox, at_once=2)
    for number in (1, 2):
        await inbox.put(update(number))
    await processor.process_update(update(1), handled())
    assert taken_up(tmp_path) == [2]


async def test_what_is_cancelled_is_left_for_the_next_run(inbox: Inbox, tmp_path: Path) -> None:
    processor, begun = InboxProcessor(inbox, at_once=2), asyncio.Event()

    await inbox.put(update(1))
    work = asyncio.create_task(processor.process_update(update(1), endless(begun)))
    await begun.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert taken_up(tmp_path) == [1]


async def test_what_waited_in_vain_when_the_processor_closed_costs_no_attempt(inbox: Inbox, tmp_path: Path) -> None:
    await inbox.put(update(1))
    for _ in range(5):
        processor = InboxProcessor(inbox, at_once=2)
        processor.close()
        await processor.process_update(update(1), handled())
        assert taken_up(tmp_path) == [1]


async def test_a_flood_is_dropped_beyond_thirty_for_good_and_told_once(
    inbox: Inbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told, gate = [], asyncio.Event()

    async def too_many(dropped: Update) -> None:
        told.append(dropped.update_id)
        raise Forbidden("bot was blocked by the user")

    processor = InboxProcessor(inbox, at_once=2, too_many=too_many)
    for number in range(1, 41):
        await inbox.put(update(number))
    work = [asyncio.create_task(processor.process_update(update(number), gate.wait())) for number in range(1, 41)]
    await asyncio.wait(work[31:])
    assert processor.waiting == 30
    assert told == [32]
    assert caplog.messages == [
        "Somebody sends faster than can be answered; what comes beyond is dropped",
        "Somebody who sends too fast could not be told: bot was blocked by the user",
    ]
    assert taken_up(tmp_path) == list(range(1, 32))
    gate.set()
    await asyncio.gather(*work)
    assert taken_up(tmp_path) == []


async def test_what_is_abandoned_is_left_for_the_next_run(inbox: Inbox, tmp_path: Path) -> None:
    processor, begun = InboxProcessor(inbox, at_once=2), asyncio.Event()

    await inbox.put(update(1))
    work = asyncio.create_task(processor.process_update(update(1), endless(begun)))
    await begun.wait()
    processor.close()
    assert not work.done()
    processor.abandon()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert taken_up(tmp_path) == [1]


async def test_what_is_put_off_is_left_too_until_it_was_tried_three_times(inbox: Inbox, tmp_path: Path) -> None:
    processor = InboxProcessor(inbox, at_once=2)
    put_off = []

    async def undelivered() -> None:
        put_off.append(processor.put_off(update(1)))

    await inbox.put(update(1))
    for _ in range(3):
        await processor.process_update(update(1), undelivered())
    assert put_off == [True, True, False]
    assert taken_up(tmp_path) == []


async def test_an_update_that_is_put_off_once_and_then_delivered_is_done(inbox: Inbox, tmp_path: Path) -> None:
    processor = InboxProcessor(inbox, at_once=2)

    async def undelivered() -> None:
        assert processor.put_off(update(1))

    await inbox.put(update(1))
    await processor.process_update(update(1), undelivered())
    await processor.process_update(update(1), handled())
    assert taken_up(tmp_path) == []


async def test_what_is_put_off_of_somebody_who_wants_it_erased_is_not_tried_again(
    inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update_processor, "_PUT_OFF", 0)
    processor, tried = InboxProcessor(inbox, at_once=2), []

    async def undelivered(of: Update) -> None:
        tried.append(of.update_id)
        processor.put_off(of)

    async def go_on() -> None:
        for _ in range(2):
            await processor.process_update(waiting := await inbox.get(), undelivered(waiting))

    await inbox.put(update(1))
    await inbox.put(update(2, chat=8))
    await go_on()
    await processor.drop_put_off(CHAT["id"])
    assert taken_up(tmp_path) == [2]
    await go_on()
    assert tried == [1, 2, 2]


async def test_what_waits_behind_one_that_brings_the_bot_down_each_time_is_not_given_up(
    inbox: Inbox, tmp_path: Path
) -> None:
    for number in (1, 2):
        await inbox.put(update(number))
    for _ in range(3):
        run, deadly = Inbox(tmp_path), asyncio.Event()
        processor = InboxProcessor(run, at_once=2)

        async def dying(deadly: asyncio.Event = deadly) -> None:
            deadly.set()
            await asyncio.Event().wait()

        assert run.take_up_unfinished(BOT) == 2
        works = [processor.process_update(update(1), dying()), processor.process_update(update(2), handled())]
        tasks = [asyncio.create_task(work) for work in works]
        await deadly.wait()
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        run.close()
    assert taken_up(tmp_path) == [2]


async def test_an_attempt_that_cannot_be_counted_is_logged_and_made(
    inbox: Inbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("DROP TABLE updates")
    done = []

    async def work() -> None:
        done.append(1)

    await InboxProcessor(inbox, at_once=2).process_update(update(1), work())
    assert done == [1]
    assert caplog.messages[0].startswith("An attempt at update 1 could not be counted: ")
