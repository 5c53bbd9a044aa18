"""What an admin has done to the library, such as a reindex: one at a time, shown in one message, and remembered."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial

from telegram import Message, Update

from bot.i18n import Texts
from bot.json_lines import read_fall, read_vanishing
from bot.progress import ProgressMessage
from bot.reindexing import Cancelled, Ending, Failed, Follow, Reindexer
from bot.sending import send
from bot.state.deeds import Deeds, Kind
from bot.state.notes import Notes
from bot.views.buttons import button
from bot.views.indexing import even_so, outcome_text, progress_text, rollback_text
from bot.views.past import TELEGRAM
from bot.views.writing import Reply, brief, keyboard_of
from index.errors import IndexingError
from index.golden import Fall, without_private
from index.indexer import Outcome
from index.local.library import LocalShelf
from index.progress import Progress

Then = Callable[[], Awaitable[object]]
Tell = Callable[[Ending], Awaitable[object]]
_LAST = "last reindex"
_STOPPED = Failed(reason="")
_LONGEST = 3500
"""UTF-16 units of what an ending tells."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """How a piece of work ended, without the names of what was skipped."""

    ending: Ending
    at: float
    """Seconds since 1970."""
    skipped: int
    """How many files or lines were."""


class LibraryWork:
    """What changes the library while the bot goes on answering."""

    def __init__(
        self, reindexer: Reindexer, shelf: LocalShelf, notes: Notes, deeds: Deeds, texts: Callable[[Update], Texts]
    ) -> None:
        self._reindexer, self._shelf, self._notes = reindexer, shelf, notes
        self._deeds, self._texts = deeds, texts
        self._starting = asyncio.Lock()
        self._waiting: tuple[Message, Update, Callable[[Follow], None]] | None = None
        self._unasked: Callable[[], Coroutine[None, None, None]] | None = None
        self._beginning: asyncio.Task[None] | None = None

    async def reindex(
        self,
        message: Message,
        update: Update,
        *,
        even_if_most_are_gone: bool = False,
        even_if_answers_fell: bool = False,
    ) -> None:
        """Starts a process of its own and returns; its progress shows in a reply to `message`."""
        start = partial(
            self._reindexer.start,
            even_if_most_are_gone=even_if_most_are_gone,
            even_if_answers_fell=even_if_answers_fell,
            by=_name(update),
        )
        await self._begin(message, update, start, deed="reindex", gone=even_if_most_are_gone)

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

    async def roll_back(self, message: Message, update: Update, *, generation: int) -> None:
        """Goes back to the articles of an earlier generation."""
        start = partial(self._reindexer.start, back_to=generation, by=_name(update))
        await self._begin(message, update, start, deed="rollback", about=str(generation), back_to=generation)

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
        return _read(kept) if kept else None

    async def _begin(
        self, message: Message, update: Update, start: Callable[[Follow], None], *, deed: Kind | None = None,
        about: str = "", patient: bool = False, back_to: int | None = None, gone: bool = False,
    ) -> None:  # fmt: skip
        texts = self._texts(update)
        async with self._starting:
            if self._reindexer.busy:
                self._waiting = (message, update, start) if patient else self._waiting
                await send(message, Reply(text=texts("file-waits" if patient else "reindex-busy")))
                return
            cancel = keyboard_of([[button(texts("cancel"), "z")]])
            shown = ProgressMessage(await send(message, Reply(text=texts("reindex-started"), keyboard=cancel)), cancel)
            if deed:
                self._note(update, deed, about)

            async def follow(report: Progress | Ending) -> None:
                if isinstance(report, Progress):
                    shown.show(progress_text(report, texts))
                else:
                    told = outcome_text if back_to is None else partial(rollback_text, back_to)
                    asked = even_so(report, texts, gone=gone)
                    then = partial(send, message, asked) if asked else None
                    await self._end(report, shown, told(report, texts), then)

            start(follow)

    async def _end(self, ending: Ending, shown: ProgressMessage, told: str, then: Then | None) -> None:
        async def tell() -> None:
            await shown.finish(brief(told, _LONGEST))
            if then:
                await then()

        await self._settle(ending, tell)

    async def _settle(self, ending: Ending, tell: Then) -> None:
        """Remembered and told; what waits begins when this has returned, since then the reindexer is free."""
        self._notes.set(_LAST, _written(ending, time.time()))
        with suppress(IndexingError):
            await asyncio.to_thread(self._shelf.current)
        try:
            await tell()
        finally:
            waiting, self._waiting = self._waiting, None
            unasked, self._unasked = self._unasked, None
            if waiting and ending != _STOPPED:
                self._beginning = asyncio.create_task(self._begin(*waiting, patient=True))
            elif unasked and ending != _STOPPED:
                self._beginning = asyncio.create_task(unasked())

    def _note(self, update: Update, deed: Kind, about: str) -> None:
        if update.effective_user:
            self._deeds.note(update.effective_user.id, deed, about)


def _name(update: Update) -> str:
    """Who has it done, for the record of the library."""
    return f"{TELEGRAM}{update.effective_user.id}" if update.effective_user else ""


def _written(ending: Ending, at: float) -> str:
    kept = asdict(without_private(ending) if isinstance(ending, Fall) else ending)
    skipped = len(kept.pop("skipped", ()))
    return json.dumps({"kind": type(ending).__name__, "at": at, "skipped": skipped, "fields": kept})


def _read(text: str) -> Ended | None:
    """None for what another version of the bot wrote in its own way."""
    try:
        kept = json.loads(text)
        fields = kept["fields"]
        ending: Ending = Cancelled()
        if kept["kind"] == "Outcome":
            ending = Outcome(**fields, skipped=())
        elif kept["kind"] == "Failed":
            ending = Failed(**fields)
        elif kept["kind"] == "Vanishing":
            ending = read_vanishing(fields)
        elif kept["kind"] == "Fall":
            ending = read_fall(fields)
        return Ended(ending=ending, at=float(kept["at"]), skipped=int(kept["skipped"]))
    except (KeyError, TypeError, ValueError):
        return None
