"""What goes back over the wire, and the errors that become such a reply."""

import json
from dataclasses import dataclass
from typing import Any

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


class ApiError(Exception):
    """The server refuses a call, as Telegram words it."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


class ClientGoneError(Exception):
    """Nobody waits for the reply any more: the client hung up, or the server is closing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One HTTP response."""

    status: int
    body: bytes
    content_type: str = "application/json"

    def decoded(self) -> dict[str, Any] | None:
        """The JSON object that the reply carries, if it does."""
        return json.loads(self.body) if self.content_type == "application/json" else None


def success(result: object) -> Reply:
    """The reply to a call that worked."""
    return Reply(status=200, body=json.dumps({"ok": True, "result": result}).encode())


def failure(code: int, description: str, *, parameters: dict[str, Any] | None = None) -> Reply:
    """The reply to a call that did not, with the body that Telegram gives it."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters is not None:
        body["parameters"] = parameters
    return Reply(status=code, body=json.dumps(body).encode())


def bad_request(reason: str) -> ApiError:
    """The error for a call whose parameters are wrong."""
    return ApiError(400, f"Bad Request: {reason}")
