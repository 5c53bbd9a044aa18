"""Each fault reaches python-telegram-bot as the error that it stands for."""

import time

import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.bot_api import READER, BotApiServer, faults

CHAT = READER.id


@pytest.mark.parametrize(
    ("fault", "error", "text"),
    [
        (faults.server_error(500), NetworkError, "Internal Server Error"),
        (faults.bad_gateway(), NetworkError, "Bad Gateway"),
        (faults.unauthorized(), InvalidToken, "Unauthorized"),
        (faults.conflict(), Conflict, "terminated by other getUpdates request"),
        (faults.blocked(), Forbidden, "bot was blocked by the user"),
        (faults.chat_not_found(), BadRequest, "Chat not found"),
        (faults.not_modified(), BadRequest, "Message is not modified"),
        (faults.drop_connection(), NetworkError, "RemoteProtocolError"),
    ],
)
async def test_a_fault_is_the_error_that_it_stands_for_and_passes(
    api: BotApiServer, bot: Bot, fault: faults.Fault, error: type[Exception], text: str
) -> None:
    api.fail_next("sendMessage", fault)
    with pytest.raises(error, match=text):
        await bot.send_message(CHAT, "lost")
    assert api.messages(CHAT) == []
    assert (await bot.send_message(CHAT, "heard")).text == "heard"
    assert api.wait_for("sendMessage").params["text"] == "heard"


async def test_flood_control_says_how_long_to_wait(api: BotApiServer, bot: Bot) -> None:
    api.fail_next("sendMessage", faults.too_many_requests(7))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(CHAT, "too fast")
    assert caught.value._retry_after.total_seconds() == 7
    assert api.calls("sendMessage")[0].response["parameters"] == {"retry_after": 7}


async def test_faults_come_in_their_order(api: BotApiServer, bot: Bot) -> None:
    api.fail_next("sendMessage", faults.server_error(502), faults.blocked())
    with pytest.raises(NetworkError):
        await bot.send_message(CHAT, "one")
    with pytest.raises(Forbidden):
        await bot.send_message(CHAT, "two")
    assert [call.status for call in api.calls("sendMessage")] == [502, 403]


async def test_a_dropped_connection_may_hide_a_message_that_counted(api: BotApiServer, bot: Bot) -> None:
    api.fail_next("sendMessage", faults.drop_connection(after_handling=True))
    with pytest.raises(NetworkError):
        await bot.send_message(CHAT, "sent, but nobody heard")
    assert [message["text"] for message in api.messages(CHAT)] == ["sent, but nobody heard"]
    assert api.calls("sendMessage")[0].response is None


async def test_a_user_can_stay_blocked_and_come_back(api: BotApiServer, bot: Bot) -> None:
    lift = api.fail_always("sendMessage", faults.blocked(), where=lambda params: params["chat_id"] == CHAT)
    for _ in range(2):
        with pytest.raises(Forbidden):
            await bot.send_message(CHAT, "still there?")
    assert await bot.send_message(CHAT + 1, "hello")
    lift()
    assert await bot.send_message(CHAT, "back")


async def test_a_late_response_is_late(api: BotApiServer, bot: Bot) -> None:
    api.fail_next("sendMessage", faults.hang(0.3))
    started = time.monotonic()
    await bot.send_message(CHAT, "late")
    assert time.monotonic() - started >= 0.3


@pytest.mark.parametrize("after_handling", [False, True])
async def test_a_client_that_gives_up_was_heard_only_if_handled_first(
    api: BotApiServer, bot: Bot, after_handling: bool
) -> None:
    api.fail_next("sendMessage", faults.hang(20, after_handling=after_handling))
    with pytest.raises(TimedOut):
        await bot.send_message(CHAT, "anybody?", read_timeout=0.2)
    assert len(api.messages(CHAT)) == after_handling


async def test_closing_the_server_ends_a_waiting_call(api: BotApiServer) -> None:
    with BotApiServer() as other:
        bot = Bot(other.token, base_url=f"{other.url}/bot")
        await bot.initialize()
        other.fail_next("sendMessage", faults.hang(60))
        with pytest.raises(TimedOut):
            await bot.send_message(CHAT, "x", read_timeout=0.1)
        started = time.monotonic()
    assert time.monotonic() - started < 2
    await bot.shutdown()
