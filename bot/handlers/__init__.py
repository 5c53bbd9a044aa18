"""What the bot does about each kind of update: read it, call one use case, send one reply."""

from typing import Any

from telegram.ext import Application

from bot.context import Services
from bot.handlers import (
    about,
    administration,
    anywhere,
    collection,
    gate,
    groups,
    opinions,
    people,
    personal,
    questions,
    reading,
    reports,
)

__all__ = ["register"]

_SUBJECTS = (
    about,
    anywhere,
    reading,
    personal,
    groups,
    opinions,
    administration,
    reports,
    people,
    collection,
    questions,
)
"""Questions come last, since they take every text that is no command."""


def register(application: "Application[Any, Any, Any, Any, Any, Any]", services: Services) -> None:
    """The gate first, then all handlers."""
    application.add_handlers(gate.handlers(services), group=-1)
    for subject in _SUBJECTS:
        application.add_handlers(subject.handlers(services))
