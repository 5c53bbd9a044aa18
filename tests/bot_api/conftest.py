"""The server, and who talks to it: python-telegram-bot's own bot, and plain HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
from telegram import Bot

from tests.bot_api import BotApiServer


@pytest.fixture
def api() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
async def bot(api: BotApiServer) -> AsyncIterator[Bot]:
    async with Bot(api.token, base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot") as bot:
        yield bot


@pytest.fixture
def post(api: BotApiServer) -> Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]:
    """`await post("sendMessage", {…})`: the whole reply to parameters that no library looked at."""

    async def call(method: str, params: dict[str, Any]) -> dict[str, Any]:
        async with httpx.AsyncClient() as client:
            reply: dict[str, Any] = (await client.post(f"{api.url}/bot{api.token}/{method}", json=params)).json()
            return reply

    return call
