"""An update is handled once: not lost between two runs of the bot, not repeated, not tried for ever."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from telegram import Update
from telegram.error import NetworkError

from bot.inbox import FILE, Inbox
from bot.state.store import StateUnusable
from tests.bot.inboxes import BOT, CHAT, queued, taken_up, update

GONE = {"chat": CHAT, "message_id": 3, "date": 0}


async def begun(folder: Path) -> list[int]:
    """What the next run finds undone, and begins before it dies."""
    inbox = Inbox(folder)
    inbox.take_up_unfinished(BOT)
    numbers = queued(inbox)
    for number in numbers:
        await inbox.begin(number)
    inbox.close()
    return numbers


def files_with(text: bytes, folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if text in path.read_bytes()]


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    inbox = Inbox(tmp_path)
    yield inbox
    inbox.close()


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"no database at all" * 100), Path.mkdir])
async def test_an_inbox_that_cannot_be_opened_says_so_and_what_can_be_done(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    damage(tmp_path / "inbox.sqlite")
    with pytest.raises(StateUnusable, match=r"inbox\.sqlite cannot be opened .* move it away"):
        Inbox(tmp_path)


async def test_an_update_that_comes_twice_is_queued_once(inbox: Inbox) -> None:
    for number in (1, 2, 1, 2, 3, 1):
        await inbox.put(update(number))
    assert queued(inbox) == [1, 2, 3]


async def test_an_update_that_is_done_is_still_known_when_it_comes_again(inbox: Inbox, tmp_path: Path) -> None:
    await inbox.put(update(1))
    inbox.done(1)
    await inbox.put(update(1))
    assert queued(inbox) == [1]
    later = Inbox(tmp_path)
    await later.put(update(1))
    later.close()
    assert queued(later) == []


async def test_whatever_is_no_update_passes_through(inbox: Inbox) -> None:
    for item in ("one", "one", None):
        await inbox.put(item)
    assert [inbox.get_nowait() for _ in range(3)] == ["one", "one", None]


async def test_the_next_run_takes_up_what_was_left_in_its_order_and_word_for_word(inbox: Inbox, tmp_path: Path) -> None:
    for number in (3, 1, 2):
        await inbox.put(update(number, f"dove? 🇮🇹 {number}"))
    inbox.done(2)
    later = Inbox(tmp_path)
    assert later.take_up_unfinished(BOT) == 2
    first, second = later.get_nowait(), later.get_nowait()
    later.close()
    assert [first.message.text, second.message.text] == ["dove? 🇮🇹 1", "dove? 🇮🇹 3"]
    assert first.to_dict() == update(1, "dove? 🇮🇹 1").to_dict()


async def test_a_press_on_a_message_that_is_gone_is_kept_and_taken_up_like_any_other(
    inbox: Inbox, tmp_path: Path
) -> None:
    user = {"id": 7, "is_bot": False, "first_name": "Ada"}
    press = {"id": "5", "from": user, "message": GONE, "chat_instance": "1", "data": "quote:2"}
    await inbox.put(Update.de_json({"update_id": 1, "callback_query": press}, BOT))
    later = Inbox(tmp_path)
    later.take_up_unfinished(BOT)
    taken = later.get_nowait()
    later.close()
    assert taken.callback_query.data == "quote:2"
    assert taken.callback_query.message.is_accessible is False


async def test_after_three_attempts_an_update_is_given_up_for_good(inbox: Inbox, tmp_path: Path) -> None:
    await inbox.put(update(1))
    assert [await begun(tmp_path) for _ in range(5)] == [[1], [1], [1], [], []]
    last = Inbox(tmp_path)
    await last.put(update(1))
    last.close()
    assert queued(last) == []


async def test_one_that_is_given_up_keeps_no_other_from_being_tried(inbox: Inbox, tmp_path: Path) -> None:
    await inbox.put(update(1))
    await begun(tmp_path)
    await inbox.put(update(2))
    assert [await begun(tmp_path) for _ in range(4)] == [[1, 2], [1, 2], [2], []]


async def test_the_log_is_emptied_unless_another_process_reads_which_is_told_and_not_waited_for(
    inbox: Inbox, tmp_path: Path
) -> None:
    await inbox.put(update(1, "Quillfeather"))
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM updates").fetchall()
        inbox.done(1)
        begun = time.monotonic()
        assert not inbox.wipe()
        assert time.monotonic() - begun < 2
    assert inbox.wipe()
    assert files_with(b"Quillfeather", tmp_path) == []


async def test_only_so_many_ids_are_remembered_and_no_text_of_what_is_done(inbox: Inbox, tmp_path: Path) -> None:
    for number in (1, 2, 9_000, 10_001, 10_002):
        await inbox.put(update(number, "my secret question"))
        inbox.done(number)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        rows = connection.execute("SELECT id, content FROM updates ORDER BY id").fetchall()
    assert rows == [(9_000, None), (10_001, None), (10_002, None)]


async def test_what_is_not_done_is_never_forgotten_however_old(inbox: Inbox, tmp_path: Path) -> None:
    await inbox.put(update(1))
    await inbox.put(update(1_000_000))
    inbox.done(1_000_000)
    assert taken_up(tmp_path) == [1]


async def test_an_inbox_that_rests_goes_on_keeping_for_the_next_run_but_queues_nothing(
    inbox: Inbox, tmp_path: Path
) -> None:
    await inbox.put(update(1))
    inbox.rest()
    await inbox.put(update(2))
    inbox.put_nowait(update(1))
    await inbox.put("stop")
    assert [inbox.get_nowait().update_id, inbox.get_nowait()] == [1, "stop"]
    assert taken_up(tmp_path) == [1, 2]


async def test_what_cannot_be_written_is_an_error_of_the_network_so_that_telegram_repeats_it(
    inbox: Inbox, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("DROP TABLE updates")
        with pytest.raises(NetworkError, match=r"^The inbox can't be written: no such table"):
            await inbox.put(update(1))
    assert queued(inbox) == []


async def test_what_cannot_be_ticked_off_is_logged_and_harms_nobody(
    inbox: Inbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("DROP TABLE updates")
    await inbox.tick_off(1)
    assert caplog.messages[0].startswith("Update 1 could not be ticked off, so that the next run repeats it: ")
