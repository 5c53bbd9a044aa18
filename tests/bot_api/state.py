"""All that the server remembers."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.bot_api.chats import Chats
from tests.bot_api.files import Files
from tests.bot_api.members import Members
from tests.bot_api.queries import Queries
from tests.bot_api.updates import UpdateQueue
from tests.bot_api.webhook import Webhook

Params: TypeAlias = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class State:
    """`changed` guards it, and is notified of each change."""

    bot: dict[str, Any]
    changed: threading.Condition
    chats: Chats
    updates: UpdateQueue
    webhook: Webhook
    members: Members
    files: Files = field(default_factory=Files)
    queries: Queries = field(default_factory=Queries)
    inline_messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    inline_answers: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """What each result of an answered inline query would post, by the two ids."""
    callback_ids: set[str] = field(default_factory=set)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    reactions: dict[tuple[int, int, int], list[str]] = field(default_factory=dict)
    """Emoji by chat, message and whoever reacted."""


def new_state(token: str) -> State:
    """A server that nobody has called yet."""
    changed = threading.Condition()
    bot = {
        "id": int(token.partition(":")[0]),
        "is_bot": True,
        "first_name": "Citabot",
        "username": "citabot_test_bot",
    }
    updates = UpdateQueue(changed)
    return State(
        bot=bot,
        changed=changed,
        chats=Chats(bot),
        updates=updates,
        webhook=Webhook(changed, updates),
        members=Members(bot),
    )
