"""A token that Telegram knows no more ends the bot with what to do, also where updates come by webhook."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from telegram.ext import Application

from bot.inbox import Inbox
from bot.intake import REFUSED, Intake
from bot.serving import Readiness
from bot.settings import Settings
from tests.bot_api import BotApiServer, faults


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with closing(Inbox(tmp_path / "inbox")) as inbox:
        yield inbox


async def ready() -> Readiness:
    return Readiness(library=True, telegram=True, waiting=0)


async def test_it_is_noticed_when_the_webhook_is_looked_at(
    api: BotApiServer, settings: Settings, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.webhook._LOOKED_AT", 0.01)
    given_up: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    changed = {"citabot_webhook_url": "http://127.0.0.1:80/hook", "citabot_listen": "127.0.0.1:0"}
    intake = Intake(settings.model_copy(update=changed), inbox, give_up=given_up.set_result)
    application = Application.builder().token(api.token).base_url(f"{api.url}/bot").updater(None).build()
    async with application, intake.open(application, ready):
        api.fail_always("getWebhookInfo", faults.unauthorized())
        assert await asyncio.wait_for(given_up, 30) == REFUSED


@pytest.mark.parametrize(("status", "reached"), [(200, True), (400, True), (401, False), (404, False), (502, False)])
def test_who_knows_no_such_bot_is_not_reached(settings: Settings, inbox: Inbox, status: int, reached: bool) -> None:
    intake = Intake(settings, inbox, give_up=lambda _: None)
    intake.answered(status)
    assert intake.reached_lately is reached
