"""Updates out of what Telegram sends and back; one that can't be read becomes an empty one and stops nothing."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Bot, Update

_log = logging.getLogger(__name__)
_LARGEST_ID = 2**63 - 1


def read_update(content: object, bot: Bot | None = None) -> Update:
    """What Telegram sent; an empty update of the same id where it can't be read. Raises ValueError without an id."""
    id_ = content.get("update_id") if isinstance(content, Mapping) else None
    if not isinstance(content, Mapping) or type(id_) is not int or not 0 <= id_ <= _LARGEST_ID:
        raise ValueError("This is no update.")
    try:
        update = Update.de_json(dict(content), bot)
        written(update)
    except Exception as error:  # python-telegram-bot reads hostile fields into errors of every kind
        kinds = ", ".join(sorted(map(str, content.keys() - {"update_id"})))
        _log.error("Update %d (%.100s) can't be read and is left out: %s", id_, kinds, type(error).__name__)
        return Update(id_)
    return update


def written(update: Update) -> str:
    """As Telegram sent it; the date of a message that is gone is a time, where all others are numbers."""
    return json.dumps(update.to_dict(), default=_number)


def _number(moment: object) -> int:
    if isinstance(moment, datetime):
        return int(moment.timestamp())
    raise TypeError(f"{type(moment).__name__} is no JSON")


def readable(body: bytes) -> bytes:
    """What a poll brought, with an empty update in the place of one that would end all polling."""
    try:
        answer = json.loads(body)
        updates = answer["result"]
        kept = [
            content if read_update(content).to_dict().keys() > {"update_id"} else _empty(content) for content in updates
        ]
    except (ValueError, TypeError, KeyError, RecursionError):
        return body
    return body if kept == updates else json.dumps(answer | {"result": kept}).encode()


def _empty(content: Mapping[str, Any]) -> dict[str, Any]:
    return {"update_id": content["update_id"]}
