"""What Telegram shows of the bot is set in every language, once, and fits."""

import logging
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, BotCommandScopeChat, BotCommandScopeDefault

from bot.i18n import languages, texts_for
from bot.profile import present
from tests.bot_api import BotApiServer, faults

ADMIN = 4242
MENUS = {BotCommandScopeDefault(): ("ask", "help"), BotCommandScopeChat(ADMIN): ("ask", "help", "status")}
CODES = (None, *languages())


@pytest.fixture
async def bot(api: BotApiServer) -> AsyncIterator[Bot]:
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        yield bot


def changes(api: BotApiServer) -> list[str]:
    return [call.method for call in api.calls() if call.method.startswith("setMy")]


async def test_every_language_has_its_description_and_its_menus(api: BotApiServer, bot: Bot) -> None:
    await present(bot, MENUS, "it")
    for code in CODES:
        texts = texts_for(code, "it")
        assert (await bot.get_my_description(code)).description == texts("bot-description")
        assert (await bot.get_my_short_description(code)).short_description == texts("bot-short-description")
        for scope, commands in MENUS.items():
            menu = await bot.get_my_commands(scope, language_code=code)
            assert [(entry.command, entry.description) for entry in menu] == [
                (name, texts(f"command-{name}")) for name in commands
            ]


async def test_nothing_is_set_again_until_it_changes(api: BotApiServer, bot: Bot) -> None:
    await present(bot, MENUS, "en")
    first = changes(api)
    await present(bot, MENUS, "en")
    assert changes(api) == first
    await bot.set_my_short_description("Somebody else's words", "it")
    await present(bot, MENUS, "en")
    assert changes(api) == [*first, "setMyShortDescription", "setMyShortDescription"]


async def test_what_fails_is_logged_and_the_rest_is_set_all_the_same(
    api: BotApiServer, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail_always("getMyDescription", faults.too_many_requests(1))
    api.fail_always("setMyCommands", faults.chat_not_found(), where=lambda params: "chat_id" in params["scope"])
    with caplog.at_level(logging.WARNING, "bot.profile"):
        await present(bot, MENUS, "en")
    assert [message.partition(":")[0] for message in caplog.messages] == [
        "The bot's description could not be set",
        "A menu of commands could not be set",
    ] * len(CODES)
    assert [entry.command for entry in await bot.get_my_commands(language_code="it")] == ["ask", "help"]


@pytest.mark.parametrize("code", languages())
def test_descriptions_fit_into_what_telegram_shows(code: str) -> None:
    texts = texts_for(code)
    assert 0 < len(texts("bot-description")) <= 512
    assert 0 < len(texts("bot-short-description")) <= 120
