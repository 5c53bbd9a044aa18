"""Whatever goes wrong while sending, the answer arrives once; who cannot be reached harms nobody else."""

import asyncio
import threading

import pytest

from tests.bot.conftest import ADMIN
from tests.bot_api import READER, BotApiServer, Reader, faults, marked

WHERE = "where are they meeting?"
OTHER = Reader(id=2002, first_name="Bob")


@pytest.mark.parametrize(
    "fault",
    [
        faults.server_error(500),
        faults.bad_gateway(),
        faults.drop_connection(),
        faults.too_many_requests(1),
    ],
    ids=["500", "502", "dropped", "429"],
)
async def test_an_answer_that_could_not_be_sent_at_first_arrives_exactly_once(
    api: BotApiServer, running, heard, fault
) -> None:
    api.fail_next("sendMessage", fault, fault)
    async with running():
        api.say(WHERE)
        answer = await heard()
    assert "Vladivostok" in marked(answer.params)[0]
    assert [message["text"] for message in api.messages(READER.id)] == [answer.result["text"]]
    assert len(api.calls("sendMessage")) == 3
    assert api.messages(ADMIN) == []


@pytest.mark.parametrize("fault", [faults.server_error(500), faults.drop_connection()], ids=["500", "dropped"])
async def test_a_quote_that_could_not_be_shown_at_first_is_shown(api: BotApiServer, running, heard, fault) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.fail_next("editMessageText", fault)
        api.press(answer.result, "q:1:2:0")
        second = await heard("editMessageText")
    assert [message["text"] for message in api.messages(READER.id)] == [second.result["text"]]
    assert second.result["text"] != answer.result["text"]


@pytest.mark.parametrize("method", ["sendChatAction", "answerCallbackQuery", "setMyCommands"])
async def test_what_only_adorns_may_fail(api: BotApiServer, running, heard, method) -> None:
    api.fail_always(method, faults.chat_not_found())
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.press(answer.result, "q:1:2:0")
        await heard("editMessageText")
    assert len(api.calls("sendMessage")) == 1


@pytest.mark.parametrize("fault", [faults.blocked(), faults.chat_not_found()], ids=["blocked", "vanished"])
async def test_somebody_who_cannot_be_reached_is_tried_once_and_harms_nobody_else(
    api: BotApiServer, running, heard, fault
) -> None:
    api.fail_always("sendMessage", fault, where=lambda params: params["chat_id"] == OTHER.id)
    async with running():
        api.say(WHERE, user=OTHER)
        api.say(WHERE)
        answer = await heard()
    assert answer.params["chat_id"] == READER.id
    assert len(api.messages(READER.id)) == 1
    assert [call.params["chat_id"] for call in api.calls("sendMessage")].count(OTHER.id) == 1
    assert api.messages(ADMIN) == []


async def test_an_edit_that_changes_nothing_is_no_error(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.fail_next("editMessageText", faults.not_modified())
        api.press(answer.result, "q:1:2:0")
        await heard("answerCallbackQuery")
    assert len(api.calls("editMessageText")) == 1
    assert [message["text"] for message in api.messages(READER.id)] == [answer.result["text"]]
    assert api.messages(ADMIN) == []


async def test_a_reply_that_could_not_be_delivered_is_put_off_and_not_lost(api: BotApiServer, running, heard) -> None:
    """Nine refusals are what one attempt takes; the next run of the bot answers."""
    refusal, ended = faults.too_many_requests(1), threading.Event()

    def last_refusal(*call: object) -> object:
        ended.set()
        return refusal(*call)

    api.fail_next("sendMessage", *[refusal] * 8, last_refusal)
    async with running():
        api.say(WHERE)
        await asyncio.to_thread(ended.wait, 60)
    assert api.messages(READER.id) == []
    async with running():
        answer = await heard()
    async with running():
        api.say("thanks")
        await heard(after=answer.number)
    assert "Vladivostok" in marked(answer.params)[0]
    assert [message["text"] for message in api.messages(READER.id)] == [answer.result["text"], "You're welcome!"]
    assert api.messages(ADMIN) == []


async def test_polling_that_fails_goes_on_and_nothing_is_answered_twice(api: BotApiServer, running, heard) -> None:
    api.fail_next("getUpdates", faults.server_error(500), faults.drop_connection(after_handling=True))
    async with running():
        api.say("thanks")
        first = await heard()
        api.say("ciao")
        await heard(after=first.number)
    assert [message["text"] for message in api.messages(READER.id)] == [
        "You're welcome!",
        "Hello! Ask me something about the articles.",
    ]
