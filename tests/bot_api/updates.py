"""The updates that wait for the bot, with Telegram's rules for confirming and long polling."""

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.bot_api.replies import CONFLICT, WEBHOOK_ACTIVE, WEBHOOK_SET, ApiError, ClientGoneError

FIRST_UPDATE_ID = 700_001
LONGEST_POLL = 50.0
SLICE = 0.1
"""How often a waiting poll looks whether its client is still there, in seconds."""
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True, kw_only=True)
class Waiting:
    """An update in the queue; a repeated one survives confirmation until it was handed out once."""

    update: dict[str, Any]
    repeated: bool
    handed_out: bool = False

    def confirmed_by(self, offset: int) -> bool:
        return self.update["update_id"] < offset and (self.handed_out or not self.repeated)


class UpdateQueue:
    """Updates in the order of their ids, each kept until a poll with a higher offset confirms it."""

    def __init__(self, changed: threading.Condition) -> None:
        self.for_webhook = False
        self._changed = changed
        self._waiting: list[Waiting] = []
        self._known: set[int] = set()
        self._allowed: frozenset[str] = frozenset()
        self._poll = 0

    def push(self, update: Mapping[str, Any]) -> int:
        """Queue an update unless the bot did not ask for its kind; one without an id gets the next."""
        with self._changed:
            copy = json.loads(json.dumps(update))
            update_id: int = copy.setdefault("update_id", max(self._known, default=FIRST_UPDATE_ID - 1) + 1)
            if all(self._wanted(kind) for kind in copy.keys() - {"update_id"}):
                self._waiting.append(Waiting(update=copy, repeated=update_id in self._known))
                self._waiting.sort(key=lambda entry: entry.update["update_id"])
            self._known.add(update_id)
            self._changed.notify_all()
            return update_id

    def poll(self, params: Mapping[str, Any], gone: Callable[[], bool]) -> list[dict[str, Any]]:
        """The next updates, after waiting for them if asked; raises ApiError when a poll or webhook takes over."""
        limit = min(max(int(params.get("limit", 100)), 1), 100)
        deadline = time.monotonic() + min(float(params.get("timeout", 0)), LONGEST_POLL)
        with self._changed:
            if self.for_webhook:
                raise ApiError(409, WEBHOOK_ACTIVE)
            self._poll += 1
            mine = self._poll
            self._changed.notify_all()
            if "allowed_updates" in params:
                self.allow(params["allowed_updates"] or ())
            self._confirm(int(params.get("offset", 0)))
            while not self._waiting and (remaining := deadline - time.monotonic()) > 0:
                if gone():
                    raise ClientGoneError
                self._changed.wait(min(remaining, SLICE))
                if self.for_webhook:
                    raise ApiError(409, WEBHOOK_SET)
                if mine != self._poll:
                    raise ApiError(409, CONFLICT)
            ready = self._waiting[:limit]
            for entry in ready:
                entry.handed_out = True
            return [entry.update for entry in ready]

    def allow(self, kinds: Iterable[str]) -> None:
        """Let only these kinds come from now on; none of them for the usual ones."""
        self._allowed = frozenset(kinds)

    @property
    def allowed(self) -> list[str]:
        """The kinds that the bot asked for, if it did."""
        return sorted(self._allowed)

    def first(self) -> Waiting | None:
        """The update that a webhook gets next."""
        return self._waiting[0] if self._waiting else None

    def arrived(self, entry: Waiting) -> None:
        """Take an update from the queue that a webhook has accepted."""
        self._waiting = [waiting for waiting in self._waiting if waiting is not entry]

    def clear(self) -> None:
        """Forget what waits."""
        with self._changed:
            self._waiting.clear()

    def __len__(self) -> int:
        with self._changed:
            return len(self._waiting)

    def _wanted(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in ONLY_ON_REQUEST

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._waiting = self._waiting[offset:]
        else:
            self._waiting = [entry for entry in self._waiting if not entry.confirmed_by(offset)]
