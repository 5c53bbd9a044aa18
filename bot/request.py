"""HTTP to Telegram: what is sent is repeated with patience, and what polling meets is noticed."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest, RequestData
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

_PATIENT = frozenset({"sendMessage", "editMessageText", "setMyCommands"})
"""Methods worth repeating; the others matter only at once, or are repeated by whoever calls them."""
_PATIENCE = 120
"""Seconds."""


class PatientRequest(HTTPXRequest):
    """Repeats a message whose fate is unknown: rather twice, once in a blue moon, than never."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """As HTTPXRequest's; a status from 500 up is a NetworkError once patience is at its end."""
        if url.rsplit("/", 1)[-1] not in _PATIENT:
            return await super().do_request(url, method, request_data, *args, **timeouts)
        async for attempt in AsyncRetrying(
            retry=retry_if_exception_type(NetworkError),
            wait=wait_random_exponential(multiplier=0.5, max=20),
            stop=stop_after_delay(_PATIENCE),
            reraise=True,
        ):
            with attempt:
                status, body = await super().do_request(url, method, request_data, *args, **timeouts)
                if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise NetworkError(f"Telegram answers with {status}")
        return status, body


class PollingRequest(HTTPXRequest):
    """Tells the status of every poll: python-telegram-bot polls on whatever happens, or ends in silence."""

    def __init__(self, polled: Callable[[int], None]) -> None:
        super().__init__(connection_pool_size=1)
        self._polled = polled

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """As HTTPXRequest's."""
        status, body = await super().do_request(url, method, request_data, *args, **timeouts)
        self._polled(status)
        return status, body
