"""The Bot API server that tests talk to through a real bot, and drive from the other side."""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

from tests.bot_api.belonging import Belonging
from tests.bot_api.calls import Call, CallLog
from tests.bot_api.conversing import Conversing
from tests.bot_api.elsewhere import Elsewhere
from tests.bot_api.faults import Fault, Faults, Where, anywhere
from tests.bot_api.methods import CANONICAL, answer
from tests.bot_api.replies import ApiError, ClientGoneError, Reply, failure
from tests.bot_api.responding import Responding
from tests.bot_api.state import new_state
from tests.bot_api.transport import Connections, wait
from tests.bot_api.users import GROUP_ID

__all__ = ["GROUP_ID", "BotApiServer"]


class BotApiServer(Conversing, Responding, Elsewhere, Belonging):
    """Telegram's Bot API on loopback while the context lasts; every method may be called from any thread."""

    def __init__(self, token: str = "123456:TEST-token") -> None:
        self.token = token
        self._state = new_state(token)
        self._log = CallLog(self._state.changed)
        self._faults = Faults()

    def __enter__(self) -> Self:
        self._connections = Connections(self._respond)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._state.webhook.end()
        self._connections.end()
        if self._connections.failures:
            raise BaseExceptionGroup("the Bot API server itself failed", self._connections.failures)

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL is set to."""
        return f"http://127.0.0.1:{self._connections.server_port}"

    @property
    def bot(self) -> dict[str, Any]:
        """The bot as a user object."""
        return dict(self._state.bot)

    def add_file(self, file_id: str, content: bytes) -> None:
        """Keep a file that the bot may download."""
        with self._state.changed:
            self._state.files.put(file_id, content)

    def forward(self, public: str, here: str) -> None:
        """Stand in for a reverse proxy: post updates for addresses that begin with `public` to `here`, on loopback."""
        with self._state.changed:
            self._state.webhook.proxies[public] = here

    def calls(self, method: str | None = None) -> list[Call]:
        """The calls so far, in the order of their arrival."""
        return self._log.of(method)

    def wait_for(self, method: str, *, where: Where = anywhere, after: int = 0, timeout: float = 30.0) -> Call:
        """The first matching call after number `after` that succeeded; raises AssertionError if none did."""
        return self._log.wait_for(method, where=where, after=after, timeout=timeout)

    def messages(self, chat_id: int) -> list[dict[str, Any]]:
        """The bot's messages in a chat as they now stand."""
        with self._state.changed:
            return [dict(message) for message in self._state.chats.by_bot(chat_id)]

    def reactions(self, message: Mapping[str, Any]) -> list[str]:
        """The emoji with which the bot reacted to a message."""
        with self._state.changed:
            return self._state.reactions.get((message["chat"]["id"], message["message_id"], self.bot["id"]), [])

    def fail_next(self, method: str, *faults: Fault, where: Where = anywhere) -> None:
        """Let the next matching calls of a method fail, one with each fault."""
        with self._state.changed:
            for fault in faults:
                self._faults.queue(method, fault, where)

    def fail_always(self, method: str, fault: Fault, *, where: Where = anywhere) -> Callable[[], None]:
        """Let every matching call of a method fail; call what is returned to lift it."""
        with self._state.changed:
            return self._faults.keep(method, fault, where)

    def _respond(self, path: str, params: dict[str, Any], gone: Callable[[], bool]) -> Reply | None:
        if path.startswith("/file/"):
            return self._download(path)
        start, _, name = path.removeprefix("/").partition("/")
        method = CANONICAL.get(name.lower(), name)
        call = self._log.arrived(method, params)
        if start != f"bot{self.token}":
            reply: Reply | None = failure(401, "Unauthorized")
        else:
            reply = self._reply(call, gone)
        self._log.answered(call, reply)
        return reply

    def _reply(self, call: Call, gone: Callable[[], bool]) -> Reply | None:
        def handle() -> Reply | None:
            try:
                return answer(self._state, call.method, call.params, gone)
            except ApiError as error:
                return failure(error.code, error.description, parameters=error.parameters)
            except ClientGoneError:
                return None

        with self._state.changed:
            fault = self._faults.take(call.method, call.params)
        return handle() if fault is None else fault(handle, lambda seconds: wait(seconds, gone))

    def _download(self, path: str) -> Reply:
        with self._state.changed:
            content = self._state.files.content(path.removeprefix(f"/file/bot{self.token}/documents/"))
        if content is None:
            return failure(404, "Not Found")
        return Reply(status=200, body=content, content_type="application/octet-stream")
