"""What can go wrong between a bot and Telegram, each as a value that a test queues."""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from tests.bot_api.replies import CONFLICT, NOT_MODIFIED, Reply, failure

Handle: TypeAlias = Callable[[], Reply | None]
Wait: TypeAlias = Callable[[float], bool]
Fault: TypeAlias = Callable[[Handle, Wait], Reply | None]
"""Answers in the method's place: may have it handled, may wait (false: the client left); None hangs up."""
Where: TypeAlias = Callable[[Mapping[str, Any]], bool]

BAD_GATEWAY_PAGE = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    b"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


def anywhere(params: Mapping[str, Any]) -> bool:
    """Match every call."""
    return True


def too_many_requests(retry_after: int) -> Fault:
    """Flood control asks to wait this many seconds."""
    description = f"Too Many Requests: retry after {retry_after}"
    return _always(failure(429, description, parameters={"retry_after": retry_after}))


def server_error(code: int = 500) -> Fault:
    """Telegram itself fails."""
    return _always(failure(code, "Internal Server Error"))


def bad_gateway() -> Fault:
    """The proxy before Telegram answers with a page of its own."""
    return _always(Reply(status=502, body=BAD_GATEWAY_PAGE, content_type="text/html"))


def unauthorized() -> Fault:
    """The token was revoked."""
    return _always(failure(401, "Unauthorized"))


def conflict() -> Fault:
    """Another instance of the bot is polling."""
    return _always(failure(409, CONFLICT))


def blocked() -> Fault:
    """The user blocked the bot."""
    return _always(failure(403, "Forbidden: bot was blocked by the user"))


def not_enough_rights() -> Fault:
    """A group lets the bot read, not write."""
    return _always(failure(400, "Bad Request: not enough rights to send text messages to the chat"))


def chat_not_found() -> Fault:
    """There is no such chat."""
    return _always(failure(400, "Bad Request: chat not found"))


def not_modified() -> Fault:
    """An edit would change nothing."""
    return _always(failure(400, f"Bad Request: {NOT_MODIFIED}"))


def drop_connection(*, after_handling: bool = False) -> Fault:
    """The connection breaks before a response: the call never counted, or counted but nobody heard."""

    def fault(handle: Handle, wait: Wait) -> None:
        if after_handling:
            handle()

    return fault


def hang(seconds: float, *, after_handling: bool = False) -> Fault:
    """The response comes late; a client that gave up meanwhile was heard only with `after_handling`."""

    def fault(handle: Handle, wait: Wait) -> Reply | None:
        if after_handling:
            reply = handle()
            return reply if wait(seconds) else None
        return handle() if wait(seconds) else None

    return fault


class Faults:
    """Which calls fail, and how; the caller holds the server's lock."""

    def __init__(self) -> None:
        self._next: defaultdict[str, deque[tuple[Fault, Where]]] = defaultdict(deque)
        self._always: defaultdict[str, list[tuple[Fault, Where]]] = defaultdict(list)

    def queue(self, method: str, fault: Fault, where: Where) -> None:
        """Let the next matching call fail."""
        self._next[method].append((fault, where))

    def keep(self, method: str, fault: Fault, where: Where) -> Callable[[], None]:
        """Let every matching call fail until the returned function is called."""
        entry = (fault, where)
        self._always[method].append(entry)
        return lambda: self._always[method].remove(entry)

    def take(self, method: str, params: Mapping[str, Any]) -> Fault | None:
        """The fault of this call, if any: the queued ones first, each used once."""
        for position, (fault, where) in enumerate(self._next[method]):
            if where(params):
                del self._next[method][position]
                return fault
        return next((fault for fault, where in self._always[method] if where(params)), None)


def _always(reply: Reply) -> Fault:
    return lambda handle, wait: reply
