"""What admins learn of the questions: /questions, the chart, the table, and /record of what admins did."""

import asyncio
from datetime import date
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.chart import ChartsMissing, chart
from bot.context import Services
from bot.export import as_csv
from bot.grouping import Group, grouped
from bot.handlers.rights import for_admins_alone
from bot.i18n import Texts
from bot.sending import acknowledge, edit, send, send_file
from bot.views.buttons import pattern, pressed
from bot.views.record import deeds_reply
from bot.views.reports import HERE, NEW, nearest_reply, questions_reply
from bot.views.writing import Reply
from index.installing import install_command

_DAYS = 30
_DEEDS = 20
_IN_A_TABLE = 100_000


class Reports:
    """Reads what the bot remembers; names nobody who asked."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @for_admins_alone
    async def questions(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Trouble first, those that ask the same together."""
        if update.effective_message and not update.callback_query:
            groups = await asyncio.to_thread(self._groups)
            await send(update.effective_message, questions_reply(groups, 1, self._services.texts(update)))

    @for_admins_alone
    async def turn(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Another page of them, or the first in a message of its own."""
        query = update.callback_query
        if query and isinstance(query.message, Message):
            await acknowledge(query)
            press, groups = pressed(query.data), await asyncio.to_thread(self._groups)
            reply = questions_reply(groups, press.number(0), self._services.texts(update))
            await (edit if press.parts[1] == HERE else send)(query.message, reply)

    @for_admins_alone
    async def nearest(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What the articles say now about one of them."""
        query, texts = update.callback_query, self._services.texts(update)
        turn = self._services.turns.find(pressed(query.data).number(0)) if query else None
        if query is None or not isinstance(query.message, Message):
            return
        await acknowledge(query, None if turn else texts("question-gone"))
        if turn:
            answer = await asyncio.to_thread(self._services.desk.answerer, turn.searched)
            await send(query.message, nearest_reply(turn, answer, texts, context.bot.bot))

    @for_admins_alone
    async def chart(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Questions by day and verdict."""
        query, texts = update.callback_query, self._services.texts(update)
        if query is None or not isinstance(query.message, Message):
            return
        await acknowledge(query)
        try:
            drawn = await asyncio.to_thread(self._chart, texts)
        except ChartsMissing:
            await send(query.message, Reply(text=texts("charts-missing", install=install_command("plots"))))
            return
        await query.message.reply_photo(drawn, filename="questions.png", caption=texts("chart-title"))

    @for_admins_alone
    async def table(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """All of them as CSV, from a command or a button."""
        message, user = update.effective_message, update.effective_user
        if user and isinstance(message, Message):
            if update.callback_query:
                await acknowledge(update.callback_query)
            self._services.deeds.note(user.id, "export")
            await send_file(message, "questions.csv", await asyncio.to_thread(self._table))

    @for_admins_alone
    async def record(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What admins did."""
        if update.effective_message:
            deeds = self._services.deeds.last(_DEEDS)
            found = (self._services.people.find(id_) for deed in deeds for id_ in (deed.admin, deed.whom or 0))
            names = {person.id: person.name for person in found if person}
            await send(update.effective_message, deeds_reply(deeds, names, self._services.texts(update)))

    def _groups(self) -> list[Group]:
        return grouped(self._services.reports.questions(), self._services.desk.embedder)

    def _chart(self, texts: Texts) -> bytes:
        return chart(self._services.reports.days(_DAYS, date.today()), texts)

    def _table(self) -> bytes:
        titles = {article.id: article.title for article in self._services.lookup.all()}
        return as_csv(self._services.reports.questions(count=_IN_A_TABLE), titles)


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """For admins."""
    reports = Reports(services)
    return [
        CommandHandler("questions", reports.questions),
        CommandHandler("export", reports.table),
        CommandHandler("record", reports.record),
        CallbackQueryHandler(reports.turn, pattern=pattern("k", "number", f"({NEW}|{HERE})")),
        CallbackQueryHandler(reports.nearest, pattern=pattern("n", "number")),
        CallbackQueryHandler(reports.chart, pattern=pattern("t")),
        CallbackQueryHandler(reports.table, pattern=pattern("v")),
    ]
