"""The webhook, and the thread that posts updates to it until each is accepted."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from tests.bot_api.updates import UpdateQueue
from tests.bot_api.webhook_rules import Target, checked_webhook

PATIENCE = 10.0
"""How long a bot may take to accept an update, in seconds."""
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
"""Between two tries, in seconds, doubled each time; Telegram begins with 1."""


class Webhook:
    """Where updates are posted, one after the other, each again and again until the bot answers with 2xx."""

    def __init__(self, changed: threading.Condition, updates: UpdateQueue) -> None:
        self.proxies: dict[str, str] = {}
        self._changed = changed
        self._updates = updates
        self._target: Target | None = None
        self._error: dict[str, Any] = {}
        self._threads: list[threading.Thread] = []
        self._connection: http.client.HTTPConnection | None = None

    def set(self, params: Mapping[str, Any]) -> None:
        """What setWebhook does; the caller holds the lock. Raises ApiError."""
        target = checked_webhook(params, self.proxies) if params.get("url") else None
        if target is not None and "allowed_updates" in params:
            self._updates.allow(params["allowed_updates"] or ())
        if params.get("drop_pending_updates"):
            self._updates.clear()
        if target == self._target:
            return
        self._target, self._error = target, {}
        self._updates.for_webhook = target is not None
        self._changed.notify_all()
        if target is not None:
            thread = threading.Thread(target=self._deliver, args=(target,), name="bot-api-webhook")
            self._threads.append(thread)
            thread.start()

    def delete(self, params: Mapping[str, Any]) -> None:
        """What deleteWebhook does; the caller holds the lock."""
        self.set({**params, "url": ""})

    def info(self) -> dict[str, Any]:
        """What getWebhookInfo returns."""
        info: dict[str, Any] = {"has_custom_certificate": False, "pending_update_count": len(self._updates)}
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        if self._target is None:
            return info | {"url": ""}
        return info | {"url": self._target.url, "max_connections": self._target.max_connections} | self._error

    def end(self) -> None:
        """Hang up, and wait until nothing is posted any more."""
        with self._changed:
            self.delete({})
            if self._connection is not None and self._connection.sock is not None:
                with suppress(OSError):
                    self._connection.sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _deliver(self, target: Target) -> None:
        def replaced() -> bool:
            return self._target is not target

        pause = FIRST_PAUSE
        while True:
            with self._changed:
                self._changed.wait_for(lambda: replaced() or self._updates.first() is not None)
                entry = self._updates.first()
                if replaced() or entry is None:
                    return
            error = self._post(target, json.dumps(entry.update).encode())
            with self._changed:
                if error is None:
                    self._updates.arrived(entry)
                    pause = FIRST_PAUSE
                elif not replaced():
                    self._error = {"last_error_date": int(time.time()), "last_error_message": error}
                    self._changed.wait_for(replaced, pause)
                    pause = min(2 * pause, LONGEST_PAUSE)

    def _post(self, target: Target, body: bytes) -> str | None:
        """Why an update was not accepted, in Telegram's words; None when it was."""
        headers = {"Content-Type": "application/json"}
        if target.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = target.secret
        path = target.here._replace(scheme="", netloc="").geturl() or "/"
        connection = http.client.HTTPConnection(target.here.hostname or "", target.here.port, timeout=PATIENCE)
        self._connection = connection
        try:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            response.read()
        except TimeoutError:
            return "Read timeout expired"
        except ConnectionRefusedError:
            return "Connection refused"
        except (OSError, http.client.HTTPException):
            return "Webhook connection closed"
        finally:
            connection.close()
        accepted = 200 <= response.status <= 299
        return None if accepted else f"Wrong response from the webhook: {response.status} {response.reason}"
