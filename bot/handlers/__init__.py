"""What the bot does about each kind of update: read it, call one use case, send one reply."""

from typing import Any

from telegram.ext import Application

from bot.context import Desk
from bot.handlers import about, administration, questions

__all__ = ["register"]


def register(application: "Application[Any, Any, Any, Any, Any, Any]", desk: Desk) -> None:
    """All handlers; questions come last, since they take every text that is no command."""
    for subject in (about, administration, questions):
        application.add_handlers(subject.handlers(desk))
