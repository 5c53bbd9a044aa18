"""The Telegram bot: an Application around the handlers, started, watched and stopped."""

import asyncio
import logging
import signal
import sqlite3
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from functools import partial

from telegram import BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeChat, BotCommandScopeDefault, Update
from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application

from bot.chores import Chores
from bot.context import Services
from bot.desk import Desk
from bot.failures import Failures
from bot.gathering_rounds import GatheringRounds
from bot.handlers import register
from bot.inbox import Inbox
from bot.intake import REFUSED, UPDATES, AnyApplication, Intake, NoWayIn
from bot.profile import ADMIN_COMMANDS, COMMANDS, GROUP_COMMANDS, Menus, present
from bot.request import Pace, PatientRequest, PollingRequest
from bot.sending import send
from bot.serving import Readiness, Serving
from bot.settings import Settings
from bot.state.store import Store
from bot.unasked import Unasked
from bot.update_processor import InboxProcessor
from bot.views.writing import Reply
from bot.watching import Watch
from index.errors import IndexingError

__all__ = ["ADMIN_COMMANDS", "COMMANDS", "UPDATES", "BotFailed", "TelegramBot", "token_of"]

_log = logging.getLogger(__name__)

_AT_ONCE = 16
"""Updates; their model work goes one by one all the same, but their sending doesn't."""
_FLOOD_RETRIES = 8
_GRACE = 10.0
"""Seconds for what is being answered when the bot is told to stop."""


class BotFailed(Exception):
    """Why the bot can't run, and what to do about it."""


def token_of(settings: Settings) -> str:
    """The bot's token; raises BotFailed where none is set."""
    token = settings.telegram_bot_token
    if token is None or not token.get_secret_value().strip():
        raise BotFailed("There is no token: get one from @BotFather and write it into .env as TELEGRAM_BOT_TOKEN.")
    return token.get_secret_value().strip()


class TelegramBot:
    """Takes updates in and has them answered, until it is told to stop."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self._settings, self._desk = settings, desk
        self._store, self._inbox = Store(settings.citabot_library), Inbox(settings.citabot_library)
        self._processor = InboxProcessor(self._inbox, at_once=_AT_ONCE, too_many=self._slow_down)
        self._services = Services(desk, self._store, wipe=self._inbox.wipe, drop_put_off=self._processor.drop_put_off)
        self._stopping = asyncio.Event()
        self._failure: str | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._intake = Intake(settings, self._inbox, give_up=self._stop)
        server = settings.telegram_api_url.rstrip("/")
        self.application: AnyApplication = (
            Application.builder()
            .token(token_of(settings))
            .base_url(f"{server}/bot")
            .base_file_url(f"{server}/file/bot")
            .request(PatientRequest(self._intake.answered, connections=2 * _AT_ONCE))
            .get_updates_request(PollingRequest(self._intake.polled))
            .rate_limiter(Pace(retries=_FLOOD_RETRIES))
            .update_queue(self._inbox)
            .concurrent_updates(self._processor)
            .build()
        )
        register(self.application, self._services)
        self.application.add_error_handler(Failures(self._services, self._processor).handle)

    def run(self) -> None:
        """Until SIGTERM or Ctrl-C, which let what is being answered be finished; raises BotFailed."""
        try:
            asyncio.run(self._until_stopped())
        except NoWayIn as error:
            raise BotFailed(str(error)) from error
        except InvalidToken as error:
            raise BotFailed(REFUSED) from error
        except NetworkError as error:
            raise BotFailed(
                f"Telegram can't be reached at {self._settings.telegram_api_url} ({error}). "
                "Check the network, and TELEGRAM_API_URL if you set it."
            ) from error
        finally:
            self.close()
        if self._failure:
            raise BotFailed(self._failure)

    def close(self) -> None:
        """Let go of inbox and memory."""
        self._inbox.close()
        self._store.close()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Serving | None]:
        """Updates are answered inside, and what is unfinished at the end comes back at the next start.

        Yields what is served over HTTP, if anything is; raises NoWayIn and TelegramError.
        """
        async with self.application:
            await self._begin()
            try:
                await self.application.start()
                try:
                    async with self._intake.open(self.application, self._readiness) as serving:
                        yield serving
                finally:
                    await self._finish()
            finally:
                await self._end()

    async def _until_stopped(self) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):  # on Windows, Ctrl-C cancels what is awaited here
                asyncio.get_running_loop().add_signal_handler(sign, self._stopping.set)
        async with self.listening():
            await self._stopping.wait()

    async def _begin(self) -> None:
        application = self.application
        unfinished = self._inbox.take_up_unfinished(application.bot)
        self._tasks = [
            asyncio.create_task(present(application.bot, self._menus(), self._settings.citabot_language)),
            asyncio.create_task(Chores(self._services, application.bot).run()),
            *map(asyncio.create_task, self._unasked()),
        ]
        _log.info("@%s is listening; %d messages were waiting", application.bot.username, unfinished)

    def _unasked(self) -> list[Coroutine[None, None, None]]:
        """What has articles taken up that changed of their own accord."""
        bot, settings = self.application.bot, self._settings
        reindex = Unasked(self._services, bot)
        rounds = GatheringRounds(self._services, bot, reindex).run()
        if not settings.citabot_watch:
            return [rounds]
        folders = Watch(settings.citabot_articles, partial(reindex, by="watch"), apart_from=settings.citabot_library)
        return [rounds, folders.run()]

    def _menus(self) -> Menus:
        admins = self._services.admins()
        everywhere: dict[BotCommandScope, tuple[str, ...]] = {
            BotCommandScopeDefault(): COMMANDS,
            BotCommandScopeAllGroupChats(): GROUP_COMMANDS,
        }
        return everywhere | {BotCommandScopeChat(id_): ADMIN_COMMANDS for id_ in admins}

    async def _finish(self) -> None:
        self._processor.close()
        abandoned = asyncio.get_running_loop().call_later(_GRACE, self._processor.abandon)
        await self.application.stop()
        abandoned.cancel()

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self._services.reindexer.stop()

    async def _slow_down(self, update: Update) -> None:
        if update.effective_message:
            await send(update.effective_message, Reply(text=self._services.texts(update)("too-many")))

    async def _readiness(self) -> Readiness:
        return Readiness(
            library=await asyncio.to_thread(self._library_is_open),
            telegram=self._intake.reached_lately,
            waiting=self._processor.waiting,
        )

    def _library_is_open(self) -> bool:
        try:
            self._desk.shelf.current()
        except (IndexingError, sqlite3.Error):
            return False
        return True

    def _stop(self, failure: str) -> None:
        self._failure = failure
        self._stopping.set()
