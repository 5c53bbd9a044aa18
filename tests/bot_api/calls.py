"""The calls that a bot made, in the order in which they arrived."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.bot_api.replies import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a method; `response` is None while it runs, after a broken connection, and for no JSON."""

    number: int
    method: str
    params: dict[str, Any]
    time: float = field(default_factory=time.monotonic)
    response: dict[str, Any] | None = None
    status: int | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the client was told that the call worked."""
        return self.response is not None and self.response["ok"]

    @property
    def result(self) -> Any:
        """What a successful call returned, such as the message sent."""
        assert self.response is not None, f"{self} got no response"
        return self.response["result"]

    def __str__(self) -> str:
        error = "" if self.succeeded or self.response is None else f" {self.response['description']!r}"
        text = f" {self.params['text']!r}" if "text" in self.params else ""
        return f"#{self.number} {self.method} {self.status or 'unanswered'}{error}{text}"


class CallLog:
    """What was called; every reader wakes when a call is answered."""

    def __init__(self, changed: threading.Condition) -> None:
        self._changed = changed
        self._calls: dict[int, Call] = {}

    def arrived(self, method: str, params: dict[str, Any]) -> Call:
        """Note a call before it is handled."""
        with self._changed:
            call = Call(number=len(self._calls) + 1, method=method, params=params)
            self._calls[call.number] = call
            return call

    def answered(self, call: Call, reply: Reply | None) -> None:
        """Note what the client is told, None for a connection that breaks."""
        with self._changed:
            if reply is not None:
                self._calls[call.number] = replace(call, response=reply.decoded(), status=reply.status)
            self._changed.notify_all()

    def of(self, method: str | None) -> list[Call]:
        """The calls of one method, or all."""
        with self._changed:
            return [call for call in self._calls.values() if method in (None, call.method)]

    def wait_for(self, method: str, *, where: Callable[[Mapping[str, Any]], bool], after: int, timeout: float) -> Call:
        """The first matching call that succeeded; raises AssertionError with what was seen instead."""

        def found() -> Call | None:
            return next(
                (call for call in self.of(method) if call.number > after and call.succeeded and where(call.params)),
                None,
            )

        with self._changed:
            call = self._changed.wait_for(found, timeout)
            seen = "\n".join(f"  {seen_call}" for seen_call in self.of(None)) or "  nothing"
        assert call is not None, f"no matching {method} after #{after} within {timeout:g} s; seen:\n{seen}"
        return call
