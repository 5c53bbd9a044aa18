"""A webhook gets every update in order and at least once, and polling and it exclude each other."""

import asyncio
import json
import queue
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict

from tests.bot_api import BotApiServer


class Listener(ThreadingHTTPServer):
    """A bot that notes what is posted to it, and answers with the statuses that a test gives it, else 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.posted: queue.Queue[tuple[str, dict[str, str], dict[str, Any]]] = queue.Queue()
        self.statuses: queue.SimpleQueue[int] = queue.SimpleQueue()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    async def texts(self, count: int) -> list[str]:
        """The texts of the next posts."""
        posted = [await asyncio.to_thread(self.posted.get, timeout=20) for _ in range(count)]
        return [update["message"]["text"] for _, _, update in posted]


class _Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = 200 if self.server.statuses.empty() else self.server.statuses.get()
        self.server.posted.put((self.path, dict(self.headers), body))
        if status:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


async def test_updates_are_posted_in_order_with_the_secret(api: BotApiServer, bot: Bot, listener: Listener) -> None:
    first = api.say("one")
    await bot.set_webhook(f"{listener.url}/telegram?x=1", secret_token="s3cret_-")
    api.say("two")
    path, headers, update = await asyncio.to_thread(listener.posted.get, timeout=20)
    assert (path, update["update_id"], update["message"]["text"]) == ("/telegram?x=1", first, "one")
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret_-"
    assert headers["Content-Type"] == "application/json"
    assert await listener.texts(1) == ["two"]


async def test_without_a_secret_no_header_comes(api: BotApiServer, bot: Bot, listener: Listener) -> None:
    await bot.set_webhook(listener.url)
    api.say("one")
    path, headers, _ = await asyncio.to_thread(listener.posted.get, timeout=20)
    assert (path, "X-Telegram-Bot-Api-Secret-Token" in headers) == ("/", False)


async def test_an_update_comes_again_until_it_is_accepted(api: BotApiServer, bot: Bot, listener: Listener) -> None:
    for status in (500, 0, 404, 204):
        listener.statuses.put(status)
    await bot.set_webhook(listener.url)
    for text in ("one", "two"):
        api.say(text)
    assert await listener.texts(5) == ["one", "one", "one", "one", "two"]


async def test_what_is_wrong_with_a_webhook_can_be_asked(api: BotApiServer, bot: Bot, listener: Listener) -> None:
    for status in [503] * 20:
        listener.statuses.put(status)
    await bot.set_webhook(listener.url, max_connections=7, allowed_updates=["message", "inline_query"])
    api.say("one")
    assert await listener.texts(2) == ["one"] * 2
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == (listener.url, 7, 1)
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
    assert info.allowed_updates == ("inline_query", "message")


async def test_a_repeated_update_is_posted_once_more(api: BotApiServer, bot: Bot, listener: Listener) -> None:
    await bot.set_webhook(listener.url)
    api.say("one")
    _, _, update = await asyncio.to_thread(listener.posted.get, timeout=20)
    api.push(update)
    assert await listener.texts(1) == ["one"]


async def test_polling_is_refused_while_a_webhook_is_set(api: BotApiServer, bot: Bot, listener: Listener) -> None:
    await bot.set_webhook(listener.url)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active; use deleteWebhook"):
        await bot.get_updates()
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    said = api.say("one")
    assert [update.update_id for update in await bot.get_updates()] == [said]
    assert listener.posted.empty()


async def test_setting_a_webhook_ends_a_poll(bot: Bot, listener: Listener) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    await bot.set_webhook(listener.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll


async def test_what_waits_can_be_dropped_or_was_never_asked_for(
    api: BotApiServer, bot: Bot, listener: Listener
) -> None:
    api.say("old")
    await bot.set_webhook(listener.url, drop_pending_updates=True, allowed_updates=["message"])
    api.inquire("unheard")
    api.say("new")
    assert await listener.texts(1) == ["new"]


async def test_a_public_address_leads_here_through_a_proxy(api: BotApiServer, bot: Bot, listener: Listener) -> None:
    with pytest.raises(BadRequest, match="Bad webhook: failed to resolve host: name or service not known"):
        await bot.set_webhook("https://bot.example.org/telegram/hook")
    api.forward("https://bot.example.org/telegram", listener.url)
    await bot.set_webhook("https://bot.example.org/telegram/hook")
    api.say("one")
    path, _, _ = await asyncio.to_thread(listener.posted.get, timeout=20)
    assert path == "/hook"
    assert (await bot.get_webhook_info()).url == "https://bot.example.org/telegram/hook"


@pytest.mark.parametrize(
    ("url", "secret", "error"),
    [
        ("http://bot.example.org/", None, "An https url must be provided for webhook"),
        ("https://bot.example.org:8080/", None, "Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("ftp://127.0.0.1/", None, "Invalid webhook url specified"),
        ("https://127.0.0.1:port/", None, "Invalid webhook url specified"),
        ("http://127.0.0.1/", "x" * 257, "Secret token is too long"),
        ("http://127.0.0.1/", "no spaces", "Secret token contains unallowed characters"),
    ],
)
async def test_a_bad_webhook_is_refused(bot: Bot, url: str, secret: str | None, error: str) -> None:
    with pytest.raises(BadRequest) as caught:
        await bot.set_webhook(url, secret_token=secret)
    assert error.casefold() in str(caught.value).casefold()


async def test_closing_the_server_ends_a_post_that_waits(listener: Listener) -> None:
    with BotApiServer() as other:
        silent = threading.Event()
        hung = ThreadingHTTPServer(("127.0.0.1", 0), type("Hung", (_Handler,), {"do_POST": lambda _: silent.wait(20)}))
        thread = threading.Thread(target=hung.serve_forever, args=(0.02,))
        thread.start()
        async with Bot(other.token, base_url=f"{other.url}/bot") as bot:
            await bot.set_webhook(f"http://127.0.0.1:{hung.server_port}")
            other.say("anybody?")
            await asyncio.sleep(0.3)
    silent.set()
    hung.shutdown()
    thread.join()
    hung.server_close()
