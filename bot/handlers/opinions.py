"""What readers think of an answer: thumbs beneath it, reactions to it, and a comment."""

from collections.abc import Sequence
from typing import Any

from telegram import Message, ReactionType, ReactionTypeEmoji, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes, MessageReactionHandler

from bot.context import Services
from bot.sending import acknowledge, edit_keyboard, send
from bot.state.opinions import Opinion
from bot.views.buttons import pattern, pressed
from bot.views.opinions import opinion_keyboard
from bot.views.writing import Reply

_OPINIONS: dict[str, Opinion] = {"good": "good", "bad": "bad", "wrong": "wrong"}
_GOOD, _BAD = frozenset("👍❤🔥👏🎉🙏👌💯🤩😍🏆🤝"), frozenset("👎🤮💩😢🤬😡🤡")


class Opinions:
    """Keeps them with the turn that they are about."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A thumb; after a thumb down, what was wrong may be told."""
        query, user = update.callback_query, update.effective_user
        if query is None or user is None:
            return
        press, texts = pressed(query.data), self._services.texts(update)
        turn, number, opinion = self._services.turn_behind(query), press.number(1), press.parts[2]
        if turn is None:
            await acknowledge(query, texts("question-gone"))
            return
        self._services.opinions.give(turn.id, user.id, _OPINIONS[opinion], number)
        await acknowledge(query, texts("thanks-for-opinion"), alert=False)
        if opinion == "bad" and isinstance(query.message, Message) and query.message.reply_markup:
            await edit_keyboard(query.message, opinion_keyboard(query.message.reply_markup, turn.id, number, texts))

    async def ask_comment(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button to say it in one's own words."""
        query, texts = update.callback_query, self._services.texts(update)
        turn = self._services.turn_behind(query)
        if query and turn and isinstance(query.message, Message):
            await acknowledge(query)
            sent = await send(query.message, Reply(text=texts("comment-please"), asks=True))
            self._services.prompts.expect(sent.chat.id, sent.message_id, "comment", turn.id)
        elif query:
            await acknowledge(query, texts("question-gone"))

    async def react(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A reaction to an answer, or one that was taken back."""
        reaction = update.message_reaction
        turn = self._services.turns.shown_in(reaction.chat.id, reaction.message_id) if reaction else None
        if reaction is None or reaction.user is None or turn is None:
            return
        opinion = _opinion_of(reaction.new_reaction)
        if opinion:
            self._services.opinions.give(turn.id, reaction.user.id, opinion, turn.number)
        elif _opinion_of(reaction.old_reaction):
            self._services.opinions.take_back(turn.id, reaction.user.id)


def _opinion_of(reactions: Sequence[ReactionType]) -> Opinion | None:
    emoji = {kind.emoji for kind in reactions if isinstance(kind, ReactionTypeEmoji)}
    return "bad" if emoji & _BAD else "good" if emoji & _GOOD else None


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Beneath every quote."""
    opinions = Opinions(services)
    return [
        CallbackQueryHandler(opinions.press, pattern=pattern("o", "number", "number", "(good|bad|wrong)")),
        CallbackQueryHandler(opinions.ask_comment, pattern=pattern("c", "number")),
        MessageReactionHandler(opinions.react),
    ]
