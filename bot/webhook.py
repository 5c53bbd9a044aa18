"""The webhook: told to Telegram, watched over, and what is posted to it taken into the inbox."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from telegram import Bot, Update, WebhookInfo
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.updates import read_update

_log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the name of a header)
_LOOKED_AT = 60.0
"""Seconds between two looks at what Telegram says of the webhook."""


class Webhook:
    """Where Telegram posts updates; `take` keeps one, and has it on disk when it returns."""

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        bot: Bot,
        kinds: Sequence[str],
        take: Callable[[Update], Awaitable[None]],
    ) -> None:
        self._url, self._secret, self._bot, self._kinds, self._take = url, secret, bot, kinds, take
        self.path = urlsplit(url).path
        self._told_of = 0.0

    async def announce(self) -> None:
        """Tell Telegram where to post, with which secret and what; raises TelegramError."""
        await self._bot.set_webhook(self._url, allowed_updates=self._kinds, secret_token=self._secret)

    async def watch(self) -> None:
        """Look now and then at what Telegram says: log what could not be delivered, announce what was taken away.

        Raises InvalidToken, since no look can work after that.
        """
        while True:
            await asyncio.sleep(_LOOKED_AT)
            try:
                await self.look(await self._bot.get_webhook_info())
            except InvalidToken:
                raise
            except TelegramError as error:
                _log.warning("Telegram can't be asked about the webhook: %s", error)

    async def look(self, info: WebhookInfo) -> None:
        """One look; raises TelegramError."""
        if info.url != self._url:
            _log.warning("Another program has taken the webhook away; it is set again")
            await self.announce()
        failed = info.last_error_date.timestamp() if info.last_error_date else 0.0
        if failed > self._told_of:
            self._told_of = failed
            waiting, why = info.pending_update_count, info.last_error_message
            _log.warning("Telegram could not post an update (%s); %d wait", why, waiting)

    async def receive(self, headers: Mapping[str, str], body: bytes) -> HTTPStatus:
        """200 once the update is on disk; all else is refused, and Telegram repeats what was its own."""
        given = headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return HTTPStatus.FORBIDDEN
        if headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            return HTTPStatus.BAD_REQUEST
        try:
            update = read_update(json.loads(body), self._bot)
        except (ValueError, RecursionError):
            return HTTPStatus.BAD_REQUEST
        try:
            await self._take(update)
        except NetworkError as error:
            _log.error("An update is left with Telegram: %s", error)
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.OK
