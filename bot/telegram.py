"""The Telegram bot: an Application around the handlers, started, watched and stopped."""

import asyncio
import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from telegram import BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault, Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import AIORateLimiter, Application

from bot.context import Desk
from bot.failures import Failures
from bot.handlers import register
from bot.i18n import languages, texts_for
from bot.inbox import Inbox, InboxProcessor
from bot.request import PatientRequest, PollingRequest
from bot.settings import Settings

_log = logging.getLogger(__name__)

UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY)
COMMANDS = ("ask", "sources", "help")
ADMIN_COMMANDS = (*COMMANDS, "reindex", "status")
_AT_ONCE = 16
"""Updates; their model work goes one by one all the same, but their sending doesn't."""
_CONFLICTS = 5
"""In a row; a bot that is being replaced by its next version meets a few."""
_FLOOD_RETRIES = 8
_POLL = 50
"""Seconds that Telegram may hold a poll open."""
_REFUSED = "Telegram doesn't know this token: copy it again from @BotFather into .env as TELEGRAM_BOT_TOKEN."
_SECOND = "Another program is polling with the same token: stop it, or get a token of its own for this one."

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class BotFailed(Exception):
    """Why the bot can't run, and what to do about it."""


def token_of(settings: Settings) -> str:
    """The bot's token; raises BotFailed where none is set."""
    token = settings.telegram_bot_token
    if token is None or not token.get_secret_value().strip():
        raise BotFailed("There is no token: get one from @BotFather and write it into .env as TELEGRAM_BOT_TOKEN.")
    return token.get_secret_value().strip()


class TelegramBot:
    """Polls for updates until it is told to stop."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self._settings, self._desk = settings, desk
        self._failure: str | None = None
        self._conflicts = 0
        self._menus: asyncio.Task[None] | None = None
        self._inbox = Inbox(settings.citabot_library)
        processor = InboxProcessor(self._inbox, at_once=_AT_ONCE)
        server = settings.telegram_api_url.rstrip("/")
        self.application: AnyApplication = (
            Application.builder()
            .token(token_of(settings))
            .base_url(f"{server}/bot")
            .base_file_url(f"{server}/file/bot")
            .request(PatientRequest(connection_pool_size=2 * _AT_ONCE))
            .get_updates_request(PollingRequest(self._polled))
            .rate_limiter(AIORateLimiter(max_retries=_FLOOD_RETRIES))
            .update_queue(self._inbox)
            .concurrent_updates(processor)
            .post_init(self._begin)
            .post_stop(self._end)
            .build()
        )
        register(self.application, desk)
        self.application.add_error_handler(Failures(desk, processor).handle)

    def run(self) -> None:
        """Until SIGTERM or Ctrl-C, which let what is in flight be finished; raises BotFailed."""
        try:
            self.application.run_polling(allowed_updates=list(UPDATES), timeout=_POLL)
        except InvalidToken as error:
            raise BotFailed(_REFUSED) from error
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
        """Let go of the inbox."""
        self._inbox.close()

    async def _begin(self, application: AnyApplication) -> None:
        unfinished = self._inbox.take_up_unfinished(application.bot)
        self._menus = asyncio.create_task(_set_menus(application, self._settings))
        _log.info("@%s is listening; %d messages were waiting", application.bot.username, unfinished)

    async def _end(self, _application: AnyApplication) -> None:
        if self._menus:
            self._menus.cancel()
        await self._desk.reindexer.stop()

    def _polled(self, status: int) -> None:
        self._conflicts = self._conflicts + 1 if status == HTTPStatus.CONFLICT else 0
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self._stop(_REFUSED)
        elif self._conflicts == _CONFLICTS:
            self._stop(_SECOND)

    def _stop(self, failure: str) -> None:
        self._failure = failure
        self.application.stop_running()


async def _set_menus(application: AnyApplication, settings: Settings) -> None:
    """The commands that Telegram offers, in each language; an admin who never wrote to the bot has no chat yet."""
    admins = (BotCommandScopeChat(id_) for id_ in sorted(settings.citabot_admin_ids))
    audiences: list[tuple[BotCommandScope, Sequence[str]]] = [
        (BotCommandScopeDefault(), COMMANDS),
        *((admin, ADMIN_COMMANDS) for admin in admins),
    ]
    for scope, commands in audiences:
        for language in (None, *languages()):
            texts = texts_for(language, settings.citabot_language)
            menu = [BotCommand(command, texts(f"command-{command}")) for command in commands]
            try:
                await application.bot.set_my_commands(menu, scope=scope, language_code=language)
            except TelegramError as error:
                _log.warning("The menu of commands could not be set: %s", error)
                break
