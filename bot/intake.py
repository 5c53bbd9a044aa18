"""How updates come in: by polling, or by webhook where the settings name one; and what is served besides."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application

from bot.inbox import Inbox
from bot.serving import Readiness, Serving
from bot.settings import Settings
from bot.webhook import Webhook

UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
    Update.MESSAGE_REACTION,
    Update.MY_CHAT_MEMBER,
)
REFUSED = "Telegram doesn't know this token: copy it again from @BotFather into .env as TELEGRAM_BOT_TOKEN."
_UNKNOWN = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)
_SECOND = "Another program is polling with the same token: stop it, or get a token of its own for this one."
_CONFLICTS = 5
"""In a row; a bot that is being replaced by its next version meets a few."""
_POLL = 50
"""Seconds that Telegram may hold a poll open."""
_LATELY = 150.0
"""Seconds since Telegram answered, at most: longer than a poll, or the pause between two looks at the webhook."""
_MOMENT = 0.5
"""Seconds in which python-telegram-bot deals with a status in its own way."""
_LISTEN = "127.0.0.1:8080"

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class NoWayIn(Exception):
    """Why no update can come in, and what to do about it."""


class Intake:
    """Takes updates into the inbox, and knows when Telegram was reached last."""

    def __init__(self, settings: Settings, inbox: Inbox, *, give_up: Callable[[str], None]) -> None:
        self._settings, self._inbox, self._give_up = settings, inbox, give_up
        self._conflicts = 0
        self._reached = -_LATELY

    @property
    def reached_lately(self) -> bool:
        """Whether Telegram answered a while ago at most."""
        return time.monotonic() - self._reached < _LATELY

    def answered(self, status: int) -> None:
        """Note the status of an answer from Telegram; one that knows no such bot is no answer to this one."""
        if status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _UNKNOWN:
            self._reached = time.monotonic()

    def polled(self, status: int) -> None:
        """Note the status of a poll, and give up where none can ever work."""
        self.answered(status)
        self._conflicts = self._conflicts + 1 if status == HTTPStatus.CONFLICT else 0
        if status in _UNKNOWN:
            asyncio.get_running_loop().call_later(_MOMENT, self._give_up, REFUSED)
        elif self._conflicts == _CONFLICTS:
            asyncio.get_running_loop().call_later(_MOMENT, self._give_up, _SECOND)

    @asynccontextmanager
    async def open(
        self, application: AnyApplication, readiness: Callable[[], Awaitable[Readiness]]
    ) -> AsyncIterator[Serving | None]:
        """Updates come in inside; what is served, if anything is. Raises NoWayIn and TelegramError."""
        webhook = self._webhook(application)
        async with AsyncExitStack() as opened:
            serving = None
            if webhook or self._settings.citabot_listen:
                serving = self._serve(webhook, readiness)
                opened.push_async_callback(serving.close)
            if webhook:
                await _announce(webhook)
                opened.callback(asyncio.create_task(self._watch(webhook)).cancel)
            else:
                await self._poll(application, opened)
            yield serving

    def _webhook(self, application: AnyApplication) -> Webhook | None:
        url, secret = self._settings.citabot_webhook_url, self._settings.citabot_webhook_secret
        if url is None:
            return None
        chosen = secret.get_secret_value() if secret else secrets.token_urlsafe(32)
        return Webhook(url, chosen, bot=application.bot, kinds=UPDATES, take=self._inbox.put)

    async def _watch(self, webhook: Webhook) -> None:
        """Give up where Telegram knows the token no more."""
        try:
            await webhook.watch()
        except InvalidToken:
            self._give_up(REFUSED)

    def _serve(self, webhook: Webhook | None, readiness: Callable[[], Awaitable[Readiness]]) -> Serving:
        listen = self._settings.citabot_listen or _LISTEN
        host, _, port = listen.rpartition(":")
        posts = {webhook.path: webhook.receive} if webhook else {}
        try:
            return Serving(host.strip("[]"), int(port), readiness=readiness, posts=posts)
        except OSError as error:
            raise NoWayIn(f"Nothing can listen at {listen} ({error}): set CITABOT_LISTEN to a free address.") from error

    async def _poll(self, application: AnyApplication, opened: AsyncExitStack) -> None:
        def failed(error: TelegramError) -> None:
            application.create_task(application.process_error(update=None, error=error))

        updater = application.updater
        assert updater is not None
        await updater.start_polling(allowed_updates=list(UPDATES), timeout=_POLL, error_callback=failed)
        opened.push_async_callback(updater.stop)


async def _announce(webhook: Webhook) -> None:
    try:
        await webhook.announce()
    except BadRequest as error:
        raise NoWayIn(f"Telegram refuses the webhook ({error}): check CITABOT_WEBHOOK_URL.") from error
