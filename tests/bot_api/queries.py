"""The inline and guest queries that wait for an answer, and how long one is good for."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api.replies import TOO_OLD, bad_request

QUERIES = (("inline", "inline_query", "id"), ("guest", "guest_message", "guest_query_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Something asked: the inline query or the guest message as the bot was told it."""

    kind: str
    asked: Mapping[str, Any]
    time: float = field(default_factory=time.monotonic)


class Queries:
    """Queries by id; the caller holds the server's lock."""

    def __init__(self) -> None:
        self.answer_within = 10.0
        self._queries: dict[str, Query] = {}
        self._last = 0

    def new_id(self, user_id: int) -> str:
        """An id as Telegram makes them: decimal digits, never the same twice."""
        self._last += 1
        return f"{user_id}{self._last:09}"

    def note(self, update: Mapping[str, Any]) -> None:
        """Remember the query that an update brings, if it does."""
        for kind, name, id_name in QUERIES:
            asked = update.get(name)
            if isinstance(asked, Mapping) and isinstance(asked.get(id_name), str):
                self._queries.setdefault(asked[id_name], Query(kind=kind, asked=asked))

    def asked(self, kind: str, query_id: str) -> Mapping[str, Any]:
        """What was asked, however long ago; raises KeyError where nothing was."""
        query = self._queries[query_id]
        if query.kind != kind:
            raise KeyError(query_id)
        return query.asked

    def open(self, kind: str, query_id: str) -> Mapping[str, Any]:
        """What was asked and may still be answered; raises ApiError."""
        query = self._queries.get(query_id)
        if query is None or query.kind != kind or time.monotonic() - query.time > self.answer_within:
            raise bad_request(TOO_OLD)
        return query.asked

    def close(self, query_id: str) -> None:
        """Take no further answer."""
        del self._queries[query_id]
