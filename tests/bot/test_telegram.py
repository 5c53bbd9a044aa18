"""The bot as it runs: it presents itself, loses nothing when it stops, and lets no flood drown the others."""

import asyncio
import logging
import threading
from typing import Any

import pytest

from bot.i18n import texts_for
from bot.settings import Settings
from retrieval.answerer import Answerer
from tests.bot.listening import listening
from tests.bot_api import READER, BotApiServer, Reader, faults

WHERE = "where are they meeting?"
WELCOME = "You're welcome!"
OTHER = Reader(id=1002, first_name="Bob")


class Slow:
    """An answerer that says how often it was asked, and waits until it may answer."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer, self.asked = answerer, threading.Semaphore(0)
        self.may_answer = threading.Event()

    def __call__(self, *args: Any, **more: Any) -> object:
        self.asked.release()
        assert self.may_answer.wait(60)
        return self.answerer(*args, **more)


async def until_asked(slow: Slow) -> None:
    assert await asyncio.to_thread(slow.asked.acquire, timeout=30)


def replied_to(api: BotApiServer, user: Reader) -> list[int]:
    return [message["reply_to_message"]["message_id"] for message in api.messages(user.id)]


async def settled(api: BotApiServer, method: str, count: int) -> None:
    """Wait until a method was called so often."""
    for _ in range(300):
        if len(api.calls(method)) >= count:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{method} was called {len(api.calls(method))} times")


async def test_it_presents_itself_when_it_starts(api: BotApiServer, settings: Settings) -> None:
    async with listening(settings):
        await settled(api, "setMyCommands", 2)
    assert api.calls("setMyDescription")[0].params["description"] == texts_for("en")("bot-description")


async def test_a_presentation_that_fails_is_logged_and_keeps_nobody_waiting(
    api: BotApiServer, settings: Settings, heard, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail_always("getMyDescription", faults.too_many_requests(1))
    api.fail_always("setMyCommands", faults.chat_not_found())
    async with listening(settings):
        api.say("thanks")
        assert (await heard()).params["text"] == WELCOME
    async with listening(settings):
        pass
    assert "Traceback" not in caplog.text


async def test_an_update_that_cannot_be_read_does_not_end_the_polling(
    api: BotApiServer, settings: Settings, heard, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(settings):
        api.push({"message": {"text": "my secret"}})
        api.push({"callback_query": {"id": "5"}})
        api.say("thanks")
        assert (await heard()).params["text"] == WELCOME
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) == 2
    assert "my secret" not in caplog.text


async def test_a_flood_is_answered_up_to_its_bound_told_once_and_does_not_keep_others_waiting(
    api: BotApiServer, settings: Settings, answerer: Answerer, seeds_shelf: object, heard
) -> None:
    slow = Slow(answerer)
    async with listening(settings, slow, shelf=seeds_shelf, citabot_questions_a_minute=1000):
        for _ in range(60):
            api.say(WHERE)
        await until_asked(slow)
        last = api.say(WHERE, user=OTHER)
        await until_asked(slow)
        slow.may_answer.set()
        other = await heard(where=lambda params: params["chat_id"] == OTHER.id)
        await settled(api, "sendMessage", 33)
    assert last
    told = [
        call.params["chat_id"]
        for call in api.calls("sendMessage")
        if call.params["text"] == texts_for("en")("too-many")
    ]
    assert told == [READER.id]
    assert sorted(replied_to(api, READER)) == list(range(1, 33))
    assert other.number < api.calls("sendMessage")[5].number


async def test_buttons_go_before_the_questions_of_a_crowd(
    api: BotApiServer, settings: Settings, answerer: Answerer, seeds_shelf: object, heard
) -> None:
    slow = Slow(answerer)
    async with listening(settings, slow, shelf=seeds_shelf):
        for number in range(40):
            api.say(WHERE, user=Reader(id=2000 + number))
        await until_asked(slow)
        api.press({"chat": {"id": READER.id, "type": "private"}, "message_id": 99}, "q:99:1:0")
        await heard("answerCallbackQuery")
        assert api.calls("sendMessage") == []
        slow.may_answer.set()
        await settled(api, "sendMessage", 40)


async def test_what_waits_when_it_stops_is_answered_by_the_next_run_in_order_and_once(
    api: BotApiServer, settings: Settings, answerer: Answerer, seeds_shelf: object, heard
) -> None:
    slow = Slow(answerer)
    for _ in range(4):
        async with listening(settings, slow, shelf=seeds_shelf):
            if not api.calls("sendMessage"):
                for _ in range(5):
                    api.say(WHERE)
            await until_asked(slow)
            asyncio.get_running_loop().call_later(0.2, slow.may_answer.set)
        slow.may_answer.clear()
    slow.may_answer.set()
    async with listening(settings, slow, shelf=seeds_shelf):
        await settled(api, "sendMessage", 5)
    assert replied_to(api, READER) == [1, 2, 3, 4, 5]


async def test_what_takes_too_long_when_it_stops_is_cut_short_and_tried_again(
    api: BotApiServer, settings: Settings, heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram._GRACE", 0.2)
    lift = api.fail_always("sendMessage", faults.bad_gateway())
    async with listening(settings):
        api.say("thanks")
        await settled(api, "sendMessage", 1)
    assert api.messages(READER.id) == []
    lift()
    async with listening(settings):
        await heard()
    assert [message["text"] for message in api.messages(READER.id)] == [WELCOME]


async def test_while_messages_wait_to_be_sent_nobody_is_shown_as_typing(
    api: BotApiServer, settings: Settings, answerer: Answerer, seeds_shelf: object
) -> None:
    api.fail_always("sendMessage", faults.hang(0.5, after_handling=True))
    slow = Slow(answerer)
    async with listening(settings, slow, shelf=seeds_shelf):
        api.say(WHERE)
        await settled(api, "sendChatAction", 1)
        slow.may_answer.set()
        for number in range(40):
            api.say(WHERE, user=Reader(id=2000 + number))
        await settled(api, "sendMessage", 41)
    assert len(api.calls("sendChatAction")) < 40
