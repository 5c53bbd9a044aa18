"""A bot and the Bot API's rules in one process: calls are answered without a network, and some of them fail."""

import asyncio
import json
import random
from collections.abc import Callable
from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from tests.bot_api.files import Upload
from tests.bot_api.methods import CANONICAL, answer
from tests.bot_api.replies import ApiError, failure
from tests.bot_api.state import State
from tests.bot_api.transport import decoded


class InProcess(BaseRequest):
    """Answers from `state`; of a hundred calls so many fail as `failing` says, in ways that real ones do."""

    def __init__(self, state: State, *, failing: int = 0, chance: random.Random | None = None) -> None:
        self._state, self._failing = state, failing
        self._chance = chance or random.Random(0)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        await asyncio.sleep(0)
        name = url.rsplit("/", 1)[-1]
        params = _params(request_data)
        self.calls.append((name, params))
        if name != "getMe" and self._chance.randrange(100) < self._failing:
            return self._chance.choice(_FAULTS)()
        try:
            reply = answer(self._state, CANONICAL.get(name.lower(), name), params, lambda: False)
        except ApiError as error:
            reply = failure(error.code, error.description)
        return reply.status, reply.body


def _params(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    files = {
        field: Upload(content, name=name, mime_type=kind)
        for field, (name, content, kind) in (data.multipart_data or {}).items()
    }
    return decoded(dict(data.json_parameters)) | files


def _refused(code: int, description: str) -> Callable[[], tuple[int, bytes]]:
    body = json.dumps({"ok": False, "error_code": code, "description": description}).encode()
    return lambda: (code, body)


def _timed_out() -> tuple[int, bytes]:
    raise TimedOut


def _broken() -> tuple[int, bytes]:
    raise NetworkError("The connection broke.")


_FAULTS: list[Callable[[], tuple[int, bytes]]] = [
    _refused(403, "Forbidden: bot was blocked by the user"),
    _refused(400, "Bad Request: message to be replied not found"),
    _refused(400, "Bad Request: chat not found"),
    _refused(500, "Internal Server Error"),
    _timed_out,
    _broken,
]
