"""HTTP to Telegram: what is sent is repeated with patience, in Telegram's pace, and what polling meets is noticed."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError
from telegram.ext import AIORateLimiter
from telegram.request import HTTPXRequest, RequestData
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

from bot.updates import readable

_PATIENT = frozenset(
    {"sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageReplyMarkup", "setMyCommands"}
)
"""Methods worth repeating; the others matter only at once, or are repeated by whoever calls them."""
_PATIENCE = 120
"""Seconds."""
_TYPING_MATTERS = 8
"""Calls under way; where there are more, a "typing" would take a message's place."""


class PatientRequest(HTTPXRequest):
    """Repeats a message whose fate is unknown: rather twice, once in a blue moon, than never."""

    def __init__(self, answered: Callable[[int], None], *, connections: int) -> None:
        super().__init__(connection_pool_size=connections)
        self._answered = answered

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """As HTTPXRequest's; a status from 500 up is a NetworkError once patience is at its end."""
        if url.rsplit("/", 1)[-1] not in _PATIENT:
            return await self._once(url, method, request_data, *args, **timeouts)
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(NetworkError),
            wait=wait_random_exponential(multiplier=0.5, max=20),
            stop=stop_after_delay(_PATIENCE),
            reraise=True,
        ):
            with attempt:
                status, body = await self._once(url, method, request_data, *args, **timeouts)
                if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise NetworkError(f"Telegram answers with {status}")
        return status, body

    async def _once(self, *call: Any, **timeouts: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*call, **timeouts)
        self._answered(status)
        return status, body


class PollingRequest(HTTPXRequest):
    """Tells the status of every poll: python-telegram-bot polls on whatever happens, or ends in silence."""

    def __init__(self, polled: Callable[[int], None]) -> None:
        super().__init__(connection_pool_size=1)
        self._polled = polled

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """As HTTPXRequest's; what can't be read has been emptied."""
        status, body = await super().do_request(url, method, request_data, *args, **timeouts)
        self._polled(status)
        return status, readable(body)


class Pace(AIORateLimiter):
    """Telegram's limits, kept; while messages have to wait for them, nobody is shown as typing."""

    def __init__(self, *, retries: int) -> None:
        super().__init__(max_retries=retries)
        self._under_way = 0

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """As AIORateLimiter's."""
        if endpoint == "sendChatAction" and self._under_way >= _TYPING_MATTERS:
            return True
        self._under_way += 1
        try:
            return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
        finally:
            self._under_way -= 1
