"""Updates wait, come again and are confirmed as Telegram's do."""

import asyncio
import time

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from tests.bot_api import BotApiServer


def ids(updates: tuple[Update, ...]) -> list[int]:
    return [update.update_id for update in updates]


async def test_updates_come_again_until_a_higher_offset_confirms_them(api: BotApiServer, bot: Bot) -> None:
    first, second, third = (api.say(text) for text in ("one", "two", "three"))
    assert ids(await bot.get_updates(limit=2)) == [first, second]
    assert ids(await bot.get_updates()) == [first, second, third]
    assert ids(await bot.get_updates(offset=third)) == [third]
    assert ids(await bot.get_updates()) == [third]
    assert ids(await bot.get_updates(offset=third + 1)) == []


async def test_a_negative_offset_keeps_only_the_last_updates(api: BotApiServer, bot: Bot) -> None:
    last = [api.say(text) for text in ("one", "two", "three")][-1]
    assert ids(await bot.get_updates(offset=-1)) == [last]
    assert ids(await bot.get_updates()) == [last]


async def test_a_repeated_update_is_delivered_once_more(api: BotApiServer, bot: Bot) -> None:
    first = api.say("who?")
    (update,) = await bot.get_updates()
    assert await bot.get_updates(offset=first + 1) == ()
    api.push(update.to_dict())
    assert ids(await bot.get_updates(offset=first + 1)) == [first]
    assert await bot.get_updates(offset=first + 1) == ()


async def test_kinds_that_the_bot_did_not_ask_for_never_come(api: BotApiServer, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    api.say("unheard")
    assert await bot.get_updates() == ()


async def test_a_long_poll_wakes_at_once_when_an_update_comes(api: BotApiServer, bot: Bot) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    assert api.calls("getUpdates")[0].response is None
    said = time.monotonic()
    pushed = api.say("hello")
    assert ids(await poll) == [pushed]
    assert time.monotonic() - said < 1


async def test_a_long_poll_ends_empty_after_its_timeout(bot: Bot) -> None:
    started = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert 0.9 < time.monotonic() - started < 3


async def test_a_second_poller_ends_the_first_with_a_conflict(api: BotApiServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    async with Bot(api.token, base_url=f"{api.url}/bot") as other:
        second = asyncio.create_task(other.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        pushed = api.say("for the second")
        assert ids(await second) == [pushed]
