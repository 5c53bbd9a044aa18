"""The HTTP that the bot serves: posts to paths that others name, and two pages that say how it is."""

import json
import logging
import re
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler, stream_request_body

_log = logging.getLogger(__name__)

LARGEST_BODY = 1_048_576
"""Bytes that are taken."""
_READ = 16 * LARGEST_BODY
"""Bytes that are read, and forgotten, to say kindly that a body is too large; beyond, the connection is cut."""
HEALTH, READY = "/health", "/ready"
_IDLE = 75.0
"""Seconds that a proxy may keep a connection open between two posts."""
_BODY_TAKES = 15.0
"""Seconds at most."""

Post = Callable[[Mapping[str, str], bytes], Awaitable[HTTPStatus]]
"""Headers and body in, the answer's status out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Readiness:
    """What the bot needs to answer, and how many updates wait for their turn."""

    library: bool
    telegram: bool
    waiting: int

    @property
    def ready(self) -> bool:
        """Whether questions can be answered."""
        return self.library and self.telegram


class Serving:
    """Listens on one address; what a reverse proxy says about the client is believed in nothing."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        readiness: Callable[[], Awaitable[Readiness]],
        posts: Mapping[str, Post],
    ) -> None:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        listening.setblocking(False)
        self.port: int = listening.getsockname()[1]
        pages: list[Any] = [(HEALTH, _Health), (READY, _Ready, {"readiness": readiness})]
        application = Application(
            [*pages, *((re.escape(path), _Posted, {"post": post}) for path, post in posts.items())],
            default_handler_class=_Nothing,
            log_function=_unlogged,
        )
        self._server = HTTPServer(
            application, max_body_size=_READ, idle_connection_timeout=_IDLE, body_timeout=_BODY_TAKES
        )
        self._server.add_socket(listening)

    async def close(self) -> None:
        """Hang up on everybody; whoever was not answered asks again."""
        self._server.stop()
        await self._server.close_all_connections()


class _Page(RequestHandler):
    def set_default_headers(self) -> None:
        self.clear_header("Server")

    def write_error(self, status_code: int, **_: Any) -> None:
        self._answer(HTTPStatus(status_code))

    def log_exception(self, _kind: Any, error: BaseException | None, _trace: Any) -> None:
        status = getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.error("An HTTP request failed", exc_info=error)

    def _answer(self, status: HTTPStatus, content: Mapping[str, object] | None = None) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(content or {"status": status.phrase}))


class _Nothing(_Page):
    def prepare(self) -> None:
        self._answer(HTTPStatus.NOT_FOUND)


class _Health(_Page):
    def get(self) -> None:
        self._answer(HTTPStatus.OK)


class _Ready(_Page):
    def initialize(self, readiness: Callable[[], Awaitable[Readiness]]) -> None:
        self._readiness = readiness

    async def get(self) -> None:
        now = await self._readiness()
        self._answer(HTTPStatus.OK if now.ready else HTTPStatus.SERVICE_UNAVAILABLE, {"ready": now.ready} | asdict(now))


@stream_request_body
class _Posted(_Page):
    def initialize(self, post: Post) -> None:
        self._post = post
        self._body = bytearray()
        self._too_large = False

    def data_received(self, chunk: bytes) -> None:
        self._too_large = self._too_large or len(self._body) + len(chunk) > LARGEST_BODY
        if not self._too_large:
            self._body += chunk

    async def post(self) -> None:
        if self._too_large:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._answer(await self._post(self.request.headers, bytes(self._body)))


def _unlogged(_handler: RequestHandler) -> None:
    """Say nothing of a request: an address may be meant to be known to Telegram alone."""
