"""What admins do to the library as a whole: /reindex, looking before leaping, cancelling, /rollback, and /status."""

import asyncio
import time
from contextlib import suppress
from datetime import date
from typing import Any

import psutil
from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.condition import kept_generations, runs_on_record
from bot.context import Services
from bot.gathering import sources_in
from bot.handlers.rights import for_admins
from bot.reindexing import Failed
from bot.sending import acknowledge, edit, edit_keyboard, send
from bot.views.buttons import button, pattern, pressed
from bot.views.indexing import EVEN_SO, PUBLISH, plan_text
from bot.views.past import CHOOSE, GO, LEAVE, admin_of, asked_reply, kept_reply, runs_text
from bot.views.reports import Status, status_reply
from bot.views.writing import Reply, brief, keyboard_of

_LONGEST_PLAN = 4000
"""UTF-16 units."""
_RUNS = 3
"""How many of the newest are shown."""


class Administration:
    """Takes up changed articles while the bot goes on answering, and tells how the bot is doing."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @for_admins
    async def reindex(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """At once; with the word `dry` after it, only what it would change is told, with a button to do it."""
        if update.effective_message and (context.args or [""])[0].lower() in ("dry", "preview"):
            await self._preview(update.effective_message, update)
        elif update.effective_message:
            await self._services.library_work.reindex(update.effective_message, update)

    @for_admins
    async def confirm(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button beneath a preview."""
        if update.callback_query and isinstance(update.callback_query.message, Message):
            await acknowledge(update.callback_query)
            await self._services.library_work.reindex(update.callback_query.message, update)

    @for_admins
    async def confirm_even_so(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button beneath the question whether most articles are to go; of another generation that is asked anew."""
        query = update.callback_query
        if query and isinstance(query.message, Message):
            await acknowledge(query)
            meant = await self._is_meant(query, 0)
            if await self._services.library_work.reindex(query.message, update, even_if_most_are_gone=meant):
                await _let_go(query.message)

    @for_admins
    async def publish(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button beneath the question whether to publish though answers fell; asked anew in the same way."""
        query = update.callback_query
        if query and isinstance(query.message, Message):
            await acknowledge(query)
            meant = await self._is_meant(query, 1)
            gone, work = meant and bool(pressed(query.data).number(0)), self._services.library_work
            if await work.reindex(query.message, update, even_if_most_are_gone=gone, even_if_answers_fell=meant):
                await _let_go(query.message)

    async def _is_meant(self, query: CallbackQuery, place: int) -> bool:
        """Whether the library is the one of the question; buttons of older versions don't say which one that was."""
        parts = pressed(query.data).parts
        return len(parts) > place and int(parts[place]) == await self._services.library_work.generation()

    @for_admins
    async def leave(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The other button beneath such a question."""
        if update.callback_query and isinstance(update.callback_query.message, Message):
            await acknowledge(update.callback_query)
            await edit(update.callback_query.message, Reply(text=self._services.texts(update)("left-as-it-is")))

    @for_admins
    async def rollback(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What can be gone back to."""
        if update.effective_message:
            kept = await asyncio.to_thread(kept_generations, self._services.settings)
            await send(update.effective_message, kept_reply(kept, self._services.texts(update)))

    @for_admins
    async def choose(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A generation was chosen: whether it is meant is asked."""
        query = update.callback_query
        if query and isinstance(query.message, Message):
            await acknowledge(query)
            await send(query.message, asked_reply(pressed(query.data).number(0), self._services.texts(update)))

    @for_admins
    async def go(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Yes: back to it."""
        query = update.callback_query
        if query and isinstance(query.message, Message):
            await acknowledge(query)
            work = self._services.library_work
            if await work.roll_back(query.message, update, generation=pressed(query.data).number(0)):
                await _let_go(query.message)

    @for_admins
    async def cancel(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The button beneath a reindex at work."""
        if update.callback_query:
            cancelled = self._services.library_work.cancel(update)
            notice = None if cancelled else self._services.texts(update)("nothing-to-cancel")
            await acknowledge(update.callback_query, notice)

    @for_admins
    async def status(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Library, model, last reindex, sources, questions of today, latency, memory, the newest runs."""
        if update.effective_message:
            status = await asyncio.to_thread(self._status, update)
            await send(update.effective_message, status_reply(status, self._services.texts(update)))

    async def _preview(self, message: Message, update: Update) -> None:
        texts = self._services.texts(update)
        shown = await send(message, Reply(text=texts("reindex-started")))
        generation = await self._services.library_work.generation()
        plan = await self._services.reindexer.preview()
        rows = []
        if not isinstance(plan, Failed) and plan.changes:
            even_so = button(texts("remove-them"), EVEN_SO, generation)
            rows = [[even_so if plan.vanishing else button(texts("reindex-now"), "i")]]
        await edit(shown, Reply(text=brief(plan_text(plan, texts), _LONGEST_PLAN), keyboard=keyboard_of(rows)))

    def _status(self, update: Update) -> Status:
        services = self._services
        runs = runs_on_record(services.settings, _RUNS)
        sources = sources_in(services.settings).all()
        people = filter(None, (services.people.find(id_) for run in runs if (id_ := admin_of(run)) is not None))
        return Status(
            articles=services.lookup.count(),
            passages=services.lookup.passages(),
            generation=services.desk.shelf.current().generation,
            model=services.settings.citabot_embedding_model,
            last=services.library_work.last(),
            uptime=time.monotonic() - services.desk.opened,
            today=services.reports.days(1, date.today())[0],
            latency=services.reports.latency(),
            memory=round(psutil.Process().memory_info().rss / 2**20),
            sources=len(sources),
            failed=tuple(source.name for source in sources if source.failure),
            runs=runs_text(runs, {person.id: person.name for person in people}, services.texts(update)),
        )


async def _let_go(message: Message) -> None:
    """A yes counts once: what was asked may not be so any more when somebody presses again."""
    with suppress(TelegramError):  # what was begun goes on
        await edit_keyboard(message, None)


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """For admins."""
    administration = Administration(services)
    even_so = pattern(EVEN_SO), pattern(EVEN_SO, "number")  # as older versions made them, too
    publish = pattern(PUBLISH, "number"), pattern(PUBLISH, "number", "number")
    return [
        CommandHandler("reindex", administration.reindex),
        CommandHandler("status", administration.status),
        CommandHandler("rollback", administration.rollback),
        CallbackQueryHandler(administration.confirm, pattern=pattern("i")),
        CallbackQueryHandler(administration.cancel, pattern=pattern("z")),
        *(CallbackQueryHandler(administration.confirm_even_so, pattern=each) for each in even_so),
        *(CallbackQueryHandler(administration.publish, pattern=each) for each in publish),
        CallbackQueryHandler(administration.choose, pattern=pattern(CHOOSE, "number")),
        CallbackQueryHandler(administration.go, pattern=pattern(GO, "number")),
        CallbackQueryHandler(administration.leave, pattern=pattern(LEAVE)),
    ]
