"""A bot that listens in this process, as the command runs it."""

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.desk import Desk
from bot.serving import Serving
from bot.settings import Settings
from bot.telegram import TelegramBot
from index.local.library import LocalShelf
from tests.fakes import HashingEmbedder


class Unasked:
    """An answerer for tests in which nothing is asked."""

    def __call__(self, text: str) -> object:
        raise AssertionError(text)


class NoShelf:
    """A shelf whose library can't be opened."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def current(self) -> object:
        raise self.error


@asynccontextmanager
async def listening(
    settings: Settings,
    answerer: Callable[..., object] | None = None,
    *,
    shelf: object = None,
    **changed: object,
) -> AsyncIterator[Serving | None]:
    """With `changed` settings; what is served, if anything is."""
    settings = Settings.model_validate(settings.model_dump() | changed)
    library = LocalShelf(settings.citabot_library)
    desk = Desk(
        settings=settings,
        answerer=answerer or Unasked(),
        embedder=HashingEmbedder(),
        shelf=shelf or library,
    )
    bot = TelegramBot(settings, desk)
    try:
        async with bot.listening() as serving:
            yield serving
    finally:
        bot.close()
        library.close()


def free_address() -> str:
    """Nobody listens there."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{unused.getsockname()[1]}"
