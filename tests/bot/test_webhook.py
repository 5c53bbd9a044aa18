"""Updates that Telegram posts are on disk before it is thanked, strangers are refused, and /ready tells the truth."""

import asyncio
import json
import logging
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from telegram import Bot, Update, WebhookInfo
from telegram.error import NetworkError

from bot.inbox import FILE
from bot.intake import NoWayIn
from bot.serving import LARGEST_BODY
from bot.settings import Settings, SettingsInvalid, load_settings
from bot.telegram import UPDATES
from bot.webhook import SECRET_HEADER, Webhook
from index.errors import LibraryMissing
from tests.bot.listening import NoShelf, free_address, listening
from tests.bot_api import READER, BotApiServer
from tests.bot_api.users import user_object

PUBLIC = "https://bot.example.org"
URL = f"{PUBLIC}/citabot/7f3a"
SECRET = "only_Telegram-knows"
WELCOME = "You're welcome!"
START = 120.0


@pytest.fixture
def webhooked(api: BotApiServer, settings: Settings) -> Settings:
    """Settings of a bot behind a proxy."""
    listen = free_address()
    api.forward(PUBLIC, f"http://{listen}")
    changed = {"citabot_webhook_url": URL, "citabot_webhook_secret": SECRET, "citabot_listen": listen}
    return Settings.model_validate(settings.model_dump() | changed)


@pytest.fixture
async def client(webhooked: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"http://{webhooked.citabot_listen}") as client:
        yield client


def post(client: httpx.AsyncClient, content: object, **headers: str) -> object:
    """Post as Telegram does, with other `headers` where they are given."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    usual = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
    return client.post("/citabot/7f3a", content=body, headers=usual | headers)


def saying(text: str, number: int = 1) -> dict[str, object]:
    chat = {"id": READER.id, "type": "private"}
    sender = user_object(READER, language_code="en")
    message = {"message_id": number, "date": 1_700_000_000, "chat": chat, "from": sender, "text": text}
    return {"update_id": number, "message": message}


def on_disk(settings: Settings) -> list[tuple[int, str | None]]:
    with closing(sqlite3.connect(settings.citabot_library / FILE)) as connection:
        return connection.execute("SELECT id, content FROM updates ORDER BY id").fetchall()


async def test_what_telegram_posts_is_answered_and_it_was_told_what_to_post_where(
    api: BotApiServer, webhooked: Settings, heard
) -> None:
    async with listening(webhooked):
        api.say("thanks")
        answer = await heard()
    assert answer.params["text"] == WELCOME
    (told,) = api.calls("setWebhook")
    assert told.params["url"] == URL
    assert told.params["secret_token"] == SECRET
    assert told.params["allowed_updates"] == list(UPDATES)
    assert api.calls("getUpdates") == []


async def test_without_a_secret_in_the_settings_each_start_makes_one(
    api: BotApiServer, webhooked: Settings, heard
) -> None:
    for text in ("thanks", "ciao"):
        async with listening(webhooked, citabot_webhook_secret=None):
            api.say(text)
            await heard(after=len(api.calls()) - 1)
    first, second = (call.params["secret_token"] for call in api.calls("setWebhook"))
    assert len(first) == len(second) == 43
    assert first != second


@pytest.mark.parametrize("given", [{SECRET_HEADER: ""}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: SECRET + "x"}])
async def test_who_does_not_know_the_secret_is_refused_and_nothing_is_kept(
    webhooked: Settings, client: httpx.AsyncClient, given
) -> None:
    async with listening(webhooked):
        response = await post(client, saying("thanks"), **given)
    assert response.status_code == 403
    assert response.json() == {"status": "Forbidden"}
    assert on_disk(webhooked) == []


ROTTEN = [
    *(b"", b"not json", b"\xff\xfe", b"[]", b"null", b"{}", b"[" * 100_000),
    *(b'{"update_id": "1"}', b'{"update_id": true}', b'{"update_id": 9223372036854775808}', b'{"update_id": -1}'),
]


@pytest.mark.parametrize("body", ROTTEN, ids=lambda body: str(body[:30]))
async def test_a_rotten_body_is_refused_and_the_next_update_is_answered(
    api: BotApiServer, webhooked: Settings, client: httpx.AsyncClient, heard, body
) -> None:
    async with listening(webhooked):
        assert (await post(client, body)).status_code == 400
        assert (await post(client, saying("thanks"))).status_code == 200
        assert (await heard()).params["text"] == WELCOME
    assert [number for number, _ in on_disk(webhooked)] == [1]


async def test_a_body_of_more_than_a_megabyte_is_refused(webhooked: Settings, client: httpx.AsyncClient) -> None:
    async def sent_in_pieces() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b" " * (LARGEST_BODY // 2)

    async with listening(webhooked):
        just = await post(client, b'{"update_id": 1}'.rjust(LARGEST_BODY))
        larger = await post(client, b'{"update_id": 2}'.rjust(LARGEST_BODY + 1))
        pieces = await client.post("/citabot/7f3a", content=sent_in_pieces())
    assert [response.status_code for response in (just, larger, pieces)] == [200, 413, 413]
    assert [number for number, _ in on_disk(webhooked)] == [1]


async def test_only_json_is_taken(webhooked: Settings, client: httpx.AsyncClient) -> None:
    async with listening(webhooked):
        plain = await post(client, saying("thanks"), **{"Content-Type": "text/plain"})
        charset = await post(client, {"update_id": 5}, **{"Content-Type": "application/json; charset=utf-8"})
    assert (plain.status_code, charset.status_code) == (400, 200)


async def test_an_update_that_cannot_be_understood_is_accepted_so_that_it_does_not_come_for_ever(
    api: BotApiServer, webhooked: Settings, client: httpx.AsyncClient, heard, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(webhooked):
        assert (await post(client, {"update_id": 1, "message": {"text": "my secret"}})).status_code == 200
        assert (await post(client, saying("thanks", 2))).status_code == 200
        await heard()
    (logged,) = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert logged == "Update 1 (message) can't be read and is left out: KeyError"


async def test_an_update_is_on_disk_when_telegram_is_thanked_and_is_answered_once_however_often_it_comes(
    api: BotApiServer, webhooked: Settings, client: httpx.AsyncClient, heard
) -> None:
    async with listening(webhooked):
        statuses = [(await post(client, saying("thanks"))).status_code for _ in range(3)]
        assert [number for number, _ in on_disk(webhooked)] == [1]
        await heard()
    assert statuses == [200, 200, 200]
    assert len(api.messages(READER.id)) == 1
    assert on_disk(webhooked) == [(1, None)]


async def test_an_update_that_cannot_be_kept_is_left_with_telegram(webhooked: Settings) -> None:
    async def full(_update: Update) -> None:
        raise NetworkError("The inbox can't be written: disk full")

    hook = Webhook(URL, SECRET, bot=Bot("1:a"), kinds=UPDATES, take=full)
    headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
    assert await hook.receive(headers, b'{"update_id": 1}') == 503


async def test_nothing_but_the_webhooks_path_takes_posts(webhooked: Settings, client: httpx.AsyncClient) -> None:
    async with listening(webhooked):
        assert (await client.get("/citabot/7f3a")).status_code == 405
        assert (await client.post("/health")).status_code == 405
        elsewhere = [await client.post(path, json=saying("thanks")) for path in ("/", "/citabot", "/citabot/7f3a/")]
    assert [response.status_code for response in elsewhere] == [404, 404, 404]
    assert [response.headers.get("Server") for response in elsewhere] == [None, None, None]
    assert on_disk(webhooked) == []


async def test_health_and_readiness_are_told(webhooked: Settings, client: httpx.AsyncClient) -> None:
    async with listening(webhooked):
        health, ready = await client.get("/health"), await client.get("/ready")
    assert (health.status_code, health.json()) == (200, {"status": "OK"})
    assert (ready.status_code, ready.json()) == (
        200,
        {"ready": True, "library": True, "telegram": True, "waiting": 0},
    )


async def test_without_a_library_or_without_telegram_the_bot_lives_but_is_not_ready(
    webhooked: Settings, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with listening(webhooked, shelf=NoShelf(LibraryMissing("none yet"))):
        assert (await client.get("/health")).status_code == 200
        closed = await client.get("/ready")
    monkeypatch.setattr("bot.intake._LATELY", 0.0)
    async with listening(webhooked):
        unreached = await client.get("/ready")
    assert (closed.status_code, closed.json()["library"], closed.json()["telegram"]) == (503, False, True)
    assert (unreached.status_code, unreached.json()["library"], unreached.json()["telegram"]) == (503, True, False)


async def test_a_bot_that_polls_serves_health_where_the_settings_say_so_and_else_nothing(
    api: BotApiServer, settings: Settings, heard
) -> None:
    async with (
        listening(settings, citabot_listen="127.0.0.1:0") as serving,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{serving.port}") as client,
    ):
        api.say("thanks")
        await heard()
        assert (await client.get("/ready")).json()["telegram"] is True
        assert (await client.post("/citabot/7f3a", json=saying("thanks"))).status_code == 404
    async with listening(settings) as nothing:
        assert nothing is None


async def test_an_address_that_is_taken_ends_the_start_with_what_to_do(webhooked: Settings) -> None:
    async with listening(webhooked):
        with pytest.raises(NoWayIn, match=rf"^Nothing can listen at {webhooked.citabot_listen} .*CITABOT_LISTEN"):
            async with listening(webhooked):
                pass


async def test_an_address_that_telegram_refuses_ends_the_start_with_what_to_do(webhooked: Settings) -> None:
    with pytest.raises(NoWayIn, match=r"^Telegram refuses the webhook \(.*\): check CITABOT_WEBHOOK_URL\.$"):
        async with listening(webhooked, citabot_webhook_url="https://elsewhere.example.org/hook"):
            pass


@pytest.fixture
def hook(api: BotApiServer, webhooked: Settings) -> Callable[[Bot], Webhook]:
    return lambda bot: Webhook(URL, SECRET, bot=bot, kinds=UPDATES, take=lambda _: asyncio.sleep(0))


async def test_a_webhook_that_was_taken_away_is_set_again(api: BotApiServer, hook) -> None:
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        watched = hook(bot)
        await watched.announce()
        await watched.look(await bot.get_webhook_info())
        assert len(api.calls("setWebhook")) == 1
        await bot.delete_webhook()
        await watched.look(await bot.get_webhook_info())
        assert (await bot.get_webhook_info()).url == URL


async def test_what_telegram_could_not_post_is_logged_once(hook, caplog: pytest.LogCaptureFixture) -> None:
    failed = WebhookInfo(URL, False, 3, datetime(2026, 1, 2, tzinfo=UTC), "Connection refused")
    watched = hook(Bot("1:a"))
    await watched.look(failed)
    await watched.look(failed)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "Telegram could not post an update (Connection refused); 3 wait"
    ]


def test_as_a_process_it_answers_stops_on_sigterm_and_logs_no_secret(
    api: BotApiServer, webhooked: Settings, process, tmp_path: Path
) -> None:
    changed = {"CITABOT_WEBHOOK_URL": URL, "CITABOT_WEBHOOK_SECRET": SECRET, "CITABOT_LOG_LEVEL": "DEBUG"}
    with process(**changed, CITABOT_LISTEN=webhooked.citabot_listen) as bot:
        api.say("where are they meeting?")
        answer = api.wait_for("sendMessage", timeout=START)
        assert "Vladivostok" in answer.params["text"]
        bot.send_signal(signal.SIGTERM)
        _, log = bot.communicate(timeout=30)
    assert bot.returncode == 0
    assert "Traceback" not in log
    assert api.token not in log
    assert SECRET not in log


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("CITABOT_WEBHOOK_URL", value)
            for value in ("bot.example.org/hook", "http://bot.example.org/hook", "https://bot.example.org")
        ),
        *(
            ("CITABOT_WEBHOOK_URL", f"https://bot.example.org{path}")
            for path in ("/", "/health", "/ready", "/a?b=c", "/a#b", "/with space", "/(.*)")
        ),
        *(("CITABOT_WEBHOOK_SECRET", value) for value in ("with space", "ä", "x" * 257, "a:b")),
        *(("CITABOT_LISTEN", value) for value in ("8080", ":8080", "localhost", "localhost:http", "localhost:65536")),
    ],
)
def test_settings_that_cannot_work_are_refused_by_name_and_without_their_value(monkeypatch, name, value) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid) as refused:
        load_settings()
    assert str(refused.value).startswith(f"Check the environment and .env. {name}: must be ")
    assert value not in str(refused.value).partition("such as")[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("citabot_webhook_url", "https://bot.example.org:8443/citabot/7f3a"),
        ("citabot_webhook_url", "http://127.0.0.1:8081/hook"),
        ("citabot_webhook_secret", "x" * 256),
        ("citabot_listen", "0.0.0.0:80"),
        ("citabot_listen", "[::1]:8080"),
    ],
)
def test_settings_that_work_are_taken(name, value) -> None:
    settings = load_settings(**{name: value})
    taken = getattr(settings, name)
    assert (taken.get_secret_value() if name.endswith("secret") else taken) == value
    assert name != "citabot_webhook_secret" or value not in f"{settings!r}"
