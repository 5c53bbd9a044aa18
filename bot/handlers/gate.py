"""Who is let in: blocked readers, invitations, lists, and how much one may ask in a minute."""

from typing import Any

from telegram import Update
from telegram.ext import (
    ApplicationHandlerStop,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    TypeHandler,
    filters,
)

from bot.context import Services
from bot.handlers.questions import question_in
from bot.sending import acknowledge, send, send_to
from bot.views.buttons import pattern
from bot.views.people import asking_reply, invitation_reply
from bot.views.writing import Reply


class Gate:
    """Comes before all other handlers."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def pass_through(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Notes who is there; raises ApplicationHandlerStop for those who may not ask."""
        user = update.effective_user
        if user is None or (update.message and update.message.migrate_to_chat_id):
            return
        if user.is_bot:  # it stands for admins and channels that don't show who they are
            if not self._services.lets_in(user.id):
                raise ApplicationHandlerStop
            return
        if self._concerns_the_bot(update, context.bot.username):
            self._services.people.seen(user.id, name=user.full_name, spoken=user.language_code)
        if not self._services.lets_in(user.id):
            person = self._services.person(update)
            if person is None or person.role != "blocked":
                await self._turn_away(update)
            raise ApplicationHandlerStop

    async def ask_in(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button of somebody who wants to be let in."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None or self._services.settings.citabot_access != "invite":
            return
        person = self._services.people.seen(user.id, name=user.full_name, spoken=user.language_code)
        if person.role != "blocked":
            await acknowledge(query, self._services.texts(update)("invitation-asked"))
        if person.role == "reader":
            self._services.people.give_role(person.id, "asking")
            for admin in self._services.admins():
                await send_to(context.bot, admin, asking_reply(person, self._services.texts_of(admin)))
        raise ApplicationHandlerStop

    async def note(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Notes who is there: what is remembered of them is theirs to see and to erase, let in or not."""
        if user := update.effective_user:
            self._services.people.seen(user.id, name=user.full_name, spoken=user.language_code)

    def _concerns_the_bot(self, update: Update, bot_name: str) -> bool:
        """Whether somebody speaks to it, or reacts to an answer: it may see all that is said and done in a group."""
        if reaction := update.message_reaction:
            return self._services.turns.shown_in(reaction.chat.id, reaction.message_id) is not None
        return _speaks_to(update, bot_name)

    async def _turn_away(self, update: Update) -> None:
        message, texts = update.message, self._services.texts(update)
        if update.callback_query:
            await acknowledge(update.callback_query, texts("not-let-in"))
        elif (
            message and message.chat.type == message.chat.PRIVATE and self._services.limits.first_word(message.chat.id)
        ):
            invites = self._services.settings.citabot_access == "invite"
            await send(message, invitation_reply(texts) if invites else Reply(text=texts("not-let-in")))


def _speaks_to(update: Update, bot_name: str) -> bool:
    """Whether it is meant for the bot."""
    message = update.message or update.edited_message
    if message is None or message.chat.type == message.chat.PRIVATE:
        return True
    return (message.text or "").startswith("/") or question_in(message, bot_name) is not None


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Of the group before all others: the first that takes an update is the only one of it."""
    gate = Gate(services)
    return [
        CallbackQueryHandler(gate.ask_in, pattern=pattern("in")),
        CommandHandler("forget", gate.note, filters=filters.UpdateType.MESSAGES & filters.ChatType.PRIVATE),
        CallbackQueryHandler(gate.note, pattern=pattern("m", "(export|erase)")),
        TypeHandler(Update, gate.pass_through),
    ]
