"""What goes back over the wire, and the errors that become such a reply."""

import json
from dataclasses import dataclass
from typing import Any

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "Conflict: terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


class ApiError(Exception):
    """The server refuses a call, as Telegram words it; `parameters` say what a client may do about it."""

    def __init__(self, code: int, description: str, *, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


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


def forbidden(reason: str) -> ApiError:
    """The error for a chat in which the bot may not write."""
    return ApiError(403, f"Forbidden: {reason}")


def upgraded(supergroup_id: int) -> ApiError:
    """The error for a group that goes on as a supergroup."""
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": supergroup_id},
    )
