"""Keeps what is for admins, or for owners alone, from everybody else."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Chat, Update
from telegram.ext import ContextTypes

from bot.context import Services
from bot.sending import acknowledge, send
from bot.views.writing import Reply

Handler = Callable[[Any, Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]
Condition = Callable[[Services, Update], bool]


def for_admins(handler: Handler) -> Handler:
    """A method of an object with `_services`; others are told kindly that it isn't for them."""
    return _guarded(handler, (_is_admin, "admins-only"))


def for_admins_alone(handler: Handler) -> Handler:
    """The same, and not in a group, where others would read along."""
    return _guarded(handler, (_is_admin, "admins-only"), (_is_private, "in-private-only"))


def for_owners_alone(handler: Handler) -> Handler:
    """The same for those whom the settings name."""
    return _guarded(handler, (_is_owner, "owners-only"), (_is_private, "in-private-only"))


def _is_admin(services: Services, update: Update) -> bool:
    return services.is_admin(update)


def _is_owner(services: Services, update: Update) -> bool:
    return services.is_owner(update.effective_user.id if update.effective_user else None)


def _is_private(_services: Services, update: Update) -> bool:
    return update.effective_chat is not None and update.effective_chat.type == Chat.PRIVATE


def _guarded(handler: Handler, *needed: tuple[Condition, str]) -> Handler:
    """Tells the first refusal whose condition isn't met."""

    @wraps(handler)
    async def guarded(self: Any, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        services: Services = self._services
        refusal = next((refusal for met, refusal in needed if not met(services, update)), None)
        if refusal is None:
            await handler(self, update, context)
            return
        told = services.texts(update)(refusal, bot=context.bot.username)
        if update.callback_query:
            await acknowledge(update.callback_query, told)
        elif update.effective_message:
            await send(update.effective_message, Reply(text=told))

    return guarded
