"""What an admin has done to the library, such as a reindex: one at a time, shown in one message, and remembered."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from telegram import Message, Update
from telegram.error import TelegramError

from bot.ended import Ended, read_ended, written
from bot.i18n import Texts
from bot.progress import ProgressMessage
from bot.reindexing import Ending, Failed, Follow, Reindexer
from bot.sending import send
from bot.state.deeds import Deeds, Kind
from bot.state.notes import Notes
from bot.views.buttons import button
from bot.views.indexing import even_so, outcome_text, progress_text, rollback_text
from bot.views.past import TELEGRAM
from bot.views.writing import Reply, brief, keyboard_of
from index.errors import IndexingError
from index.golden import Fall, without_private
from index.library import Shelf
from index.progress import Progress

_log = logging.getLogger(__name__)
Then = Callable[[], Awaitable[object]]
Tell = Callable[[Ending], Awaitable[object]]
_LAST = "last reindex"
_STOPPED = Failed(reason="")
_LONGEST = 3500
"""UTF-16 units of what an ending tells."""


class LibraryWork:
    """What changes the library while the bot goes on answering."""

    def __init__(
        self, reindexer: Reindexer, shelf: Shelf, notes: Notes, deeds: Deeds, texts: Callable[[Update], Texts]
    ) -> None:
        self._reindexer, self._shelf, self._notes = reindexer, shelf, notes
        self._deeds, self._texts = deeds, texts
        self._starting = asyncio.Lock()
        self._waiting: dict[str, tuple[Message, Update, Callable[[Follow], None]]] = {}
        """The newest of each admin, in the order in which they came."""
        self._unasked: Then | None = None
        self._going_on: asyncio.Task[None] | None = None

    async def reindex(
        self,
        message: Message,
        update: Update,
        *,
        even_if_most_are_gone: bool = False,
        even_if_answers_fell: bool = False,
    ) -> bool:
        """Starts a process of its own and returns, False where one is at work; its progress shows beneath `message`."""
        start = partial(
            self._reindexer.start,
            even_if_most_are_gone=even_if_most_are_gone,
            even_if_answers_fell=even_if_answers_fell,
            by=_name(update),
        )
        return await self._begin(message, update, start, deed="reindex", gone=even_if_most_are_gone)

    async def add(self, message: Message, update: Update, *, name: str) -> None:
        """Takes up a file that was put among the articles in the same way, after what is at work already."""
        self._note(update, "add", name)
        start = partial(self._reindexer.start, gather=False, by=_name(update))
        await self._begin(message, update, start, patient=True)

    async def remove(self, message: Message, update: Update, *, article: str, title: str) -> None:
        """Takes an article out of the library in the same way."""
        start = partial(self._reindexer.start, remove=[article], by=_name(update))
        await self._begin(message, update, start, deed="remove", about=title)

    async def restore(self, message: Message, update: Update, *, article: str, title: str) -> None:
        """Puts one back."""
        start = partial(self._reindexer.start, restore=[article], by=_name(update))
        await self._begin(message, update, start, deed="restore", about=title)

    async def roll_back(self, message: Message, update: Update, *, generation: int) -> bool:
        """Goes back to the articles of an earlier generation; False where something else is at work."""
        start = partial(self._reindexer.start, back_to=generation, by=_name(update))
        return await self._begin(message, update, start, deed="rollback", about=str(generation), back_to=generation)

    async def take_up(self, tell: Tell, *, by: str, wanted: Callable[[], Awaitable[bool]]) -> None:
        """A reindex that nobody asked for, after what is at work already; `tell` hears how it ended.

        Nothing is done where it isn't `wanted` when its turn comes.
        """
        async with self._starting:
            if self._reindexer.busy:
                self._unasked = partial(self.take_up, tell, by=by, wanted=wanted)
                return
            if not await wanted():
                return

            async def follow(report: Progress | Ending) -> None:
                if not isinstance(report, Progress):
                    await self._settle(report, partial(tell, report))

            self._reindexer.start(follow, gather=False, patient=True, by=by)

    def cancel(self, update: Update) -> bool:
        """End what is at work; False where nothing is."""
        cancelled = self._reindexer.cancel()
        if cancelled:
            self._note(update, "cancel", "")
        return cancelled

    def last(self) -> Ended | None:
        """How the last one ended, in whatever run of the bot; None as long as none did."""
        kept = self._notes.get(_LAST)
        return read_ended(kept) if kept else None

    async def generation(self) -> int:
        """Of the library that is asked by now; 0 where it can't be opened."""
        with suppress(IndexingError, sqlite3.Error):
            return (await asyncio.to_thread(self._shelf.current)).generation
        return 0

    async def _begin(
        self, message: Message, update: Update, start: Callable[[Follow], None], *, deed: Kind | None = None,
        about: str = "", patient: bool = False, back_to: int | None = None, gone: bool = False,
    ) -> bool:  # fmt: skip
        texts = self._texts(update)
        async with self._starting:
            if self._reindexer.busy:
                if patient:
                    self._waiting[_name(update)] = message, update, start
                await send(message, Reply(text=texts("file-waits" if patient else "reindex-busy")))
                return False
            cancel, shown = keyboard_of([[button(texts("cancel"), "z")]]), None
            with suppress(TelegramError):  # what can't be told now is done all the same, and its end is told
                sent = await send(message, Reply(text=texts("reindex-started"), keyboard=cancel))
                shown = ProgressMessage(sent, cancel)
            if deed:
                self._note(update, deed, about)

            async def follow(report: Progress | Ending) -> None:
                if not isinstance(report, Progress):
                    await self._settle(report, partial(tell, report))
                elif shown:
                    shown.show(progress_text(report, texts))

            async def tell(ending: Ending) -> None:
                if isinstance(ending, Fall) and message.chat.type != message.chat.PRIVATE:
                    ending = without_private(ending)  # others read along
                told = outcome_text if back_to is None else partial(rollback_text, back_to)
                text = brief(told(ending, texts), _LONGEST)
                await (shown.finish(text) if shown else send(message, Reply(text=text)))
                if asked := even_so(ending, texts, gone=gone, generation=await self.generation()):
                    await send(message, asked)

            start(follow)
            return True

    async def _settle(self, ending: Ending, tell: Then) -> None:
        """Remembered and told; what waits begins when this has returned, since then the reindexer is free."""
        try:
            self._remember(ending)
            await self.generation()
            await tell()
        finally:
            if ending != _STOPPED:
                self._going_on = asyncio.create_task(self._go_on())

    def _remember(self, ending: Ending) -> None:
        try:
            self._notes.set(_LAST, written(ending, time.time()))
        except sqlite3.Error as error:  # a full disk may be what it ended by, and has to be told
            _log.error("How the reindex ended could not be remembered: %s", error)

    async def _go_on(self) -> None:
        while not self._reindexer.busy and (begin := self._next()):
            try:
                await begin()
            except Exception:  # whatever it is, what waits behind it must come
                _log.exception("What waited for the reindex to end could not be begun")

    def _next(self) -> Then | None:
        if self._waiting:
            return partial(self._begin, *self._waiting.pop(next(iter(self._waiting))), patient=True)
        unasked, self._unasked = self._unasked, None
        return unasked

    def _note(self, update: Update, deed: Kind, about: str) -> None:
        if update.effective_user:
            self._deeds.note(update.effective_user.id, deed, about)


def _name(update: Update) -> str:
    """Who has it done, for the record of the library."""
    return f"{TELEGRAM}{update.effective_user.id}" if update.effective_user else ""
