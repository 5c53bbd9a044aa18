"""What a reader sees and may press, what the bot remembers of it, and answerers whose verdict a test settles."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.state.store import FILE
from retrieval.answer import Answer, Verdict
from tests.bot_api import marked

WHERE = "where are they meeting?"
STEPS = "How many steps are there to the lamp?"


def rows(message: Mapping[str, Any]) -> list[list[str]]:
    """The labels of the buttons, row by row."""
    return [[button["text"] for button in row] for row in message["reply_markup"]["inline_keyboard"]]


def button(message: Mapping[str, Any], label: str) -> dict[str, Any]:
    """The one button whose label begins so."""
    every = [button for row in message["reply_markup"]["inline_keyboard"] for button in row]
    (found,) = [button for button in every if button["text"].startswith(label)]
    return found


def data(message: Mapping[str, Any], label: str) -> str:
    """What that button carries back."""
    return str(button(message, label)["callback_data"])


def quoted(message: Mapping[str, Any]) -> str:
    """What stands in the one blockquote."""
    (quote,) = marked(message, "blockquote") + marked(message, "expandable_blockquote")
    return quote


def remembered(library: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What the bot's memory in `library` holds, or is made to hold."""
    with closing(sqlite3.connect(library / FILE, isolation_level=None, timeout=10)) as store:
        return store.execute(sql, values).fetchall()


def judged(answerer: Callable[..., Answer], verdict: Verdict) -> Callable[..., Answer]:
    """The same answers, however sure they are."""

    def answer(text: str, **how: Any) -> Answer:
        return replace(answerer(text, **how), verdict=verdict)

    return answer


class Noting:
    """The same answers, and what was asked for them."""

    def __init__(self, answerer: Callable[..., Answer]) -> None:
        self._answerer = answerer
        self.asked: list[str] = []
        self.how: list[dict[str, Any]] = []

    def __call__(self, text: str, **how: Any) -> Answer:
        self.asked.append(text)
        self.how.append(how)
        return self._answerer(text, **how)
