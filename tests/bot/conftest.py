"""A bot in this process and one as a process of its own, both talking to a Bot API server on loopback."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path

import pytest
from telegram import Bot

from bot.chores import Chores
from bot.context import Services
from bot.desk import Desk
from bot.settings import Settings
from bot.state.store import Store
from bot.telegram import TelegramBot
from index.embedding import SentenceTransformerEmbedder
from index.local.library import LocalShelf
from retrieval.answer import Answer
from retrieval.answerer import Answerer
from tests.bot_api import BotApiServer, Call, Reader
from tests.conftest import SEEDS

ADMIN = 4242
OPERATOR = Reader(id=ADMIN, first_name="Grace")


@pytest.fixture
def api() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def library(tmp_path: Path, seeds_library: Path) -> Path:
    """A library of the seeds that a test may change."""
    return Path(shutil.copytree(seeds_library, tmp_path / "library"))


@pytest.fixture
def settings(api: BotApiServer, library: Path) -> Settings:
    return Settings(
        _env_file=None,
        telegram_bot_token=api.token,
        telegram_api_url=api.url,
        citabot_library=library,
        citabot_articles=(SEEDS,),
        citabot_admin_ids=frozenset({ADMIN}),
    )


@pytest.fixture
def running(
    settings: Settings,
    answerer: Answerer,
    seeds_shelf: LocalShelf,
    default_embedder: SentenceTransformerEmbedder,
) -> Callable[..., object]:
    """`async with running():` a bot that listens, in this process."""

    @asynccontextmanager
    async def run(
        answer: Callable[..., object] = answerer, *, shelf: LocalShelf = seeds_shelf, settings: Settings = settings
    ) -> AsyncIterator[TelegramBot]:
        desk = Desk(settings=settings, answerer=answer, embedder=default_embedder, shelf=shelf)
        bot = TelegramBot(settings, desk)
        try:
            async with bot.listening():
                yield bot
        finally:
            bot.close()

    return run


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], tmp_path: Path) -> None:
    """What the process of a reindex reads: the settings in the environment, and no .env."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def at_work(
    running: Callable[..., object],
    library: Path,
    default_embedder: SentenceTransformerEmbedder,
    surroundings: None,
) -> Callable[..., object]:
    """`async with at_work():` the same bot over a library that is changed meanwhile, by processes of their own."""

    @asynccontextmanager
    async def run(**changed: object) -> AsyncIterator[TelegramBot]:
        shelf = LocalShelf(library)
        try:
            async with running(Answerer(shelf.current, default_embedder), shelf=shelf, **changed) as bot:
                yield bot
        finally:
            shelf.close()

    return run


@pytest.fixture
def alone(settings: Settings, library, default_embedder, api: BotApiServer):
    """`async with alone() as (services, chores):` without a bot that listens."""

    @asynccontextmanager
    async def run(
        *, shelf: object = None, failing_at: str | None = None, **changed: object
    ) -> AsyncIterator[tuple[Services, Chores]]:
        chosen = Settings.model_validate(settings.model_dump() | changed)
        own, store = LocalShelf(library), Store(library)
        answerer = Answerer(own.current, default_embedder)

        def answer(text: str, **how: object) -> Answer:
            assert text != failing_at
            return answerer(text, **how)

        desk = Desk(
            settings=chosen,
            answerer=answer,
            embedder=default_embedder,
            shelf=shelf or own,
        )
        services = Services(desk, store)
        try:
            async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
                yield services, Chores(services, bot)
        finally:
            own.close()
            store.close()

    return run


@pytest.fixture
def heard(api: BotApiServer) -> Callable[..., Awaitable[Call]]:
    """`await heard()`: the next message sent, or the call of another method, while the bot here goes on."""

    async def wait(method: str = "sendMessage", **which: object) -> Call:
        return await asyncio.to_thread(partial(api.wait_for, method, **which))

    return wait


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    """The settings as a process reads them."""
    return os.environ | {
        "TELEGRAM_BOT_TOKEN": settings.telegram_bot_token.get_secret_value(),
        "TELEGRAM_API_URL": settings.telegram_api_url,
        "CITABOT_LIBRARY": str(settings.citabot_library),
        "CITABOT_ARTICLES": str(SEEDS),
        "CITABOT_ADMIN_IDS": str(ADMIN),
    }


@pytest.fixture
def process(environment: dict[str, str], tmp_path: Path) -> Callable[..., object]:
    """`with process() as bot:` the command `citabot bot`; what still runs at the end is killed."""

    @contextmanager
    def start(**changed: str) -> Iterator[subprocess.Popen[str]]:
        bot = subprocess.Popen(
            [sys.executable, "-m", "bot", "bot"],
            cwd=tmp_path,
            env=environment | changed,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield bot
        finally:
            bot.kill()
            bot.communicate()

    return start
