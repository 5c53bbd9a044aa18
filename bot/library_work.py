"""A reindex, a removal or a restoring that an admin asked for: one at a time, shown in one message, and remembered."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from telegram import Message, Update

from bot.i18n import Texts
from bot.progress import ProgressMessage
from bot.reindexing import Cancelled, Ending, Failed, Reindexer, outcome_text, progress_text
from bot.sending import send
from bot.state.deeds import Deeds, Kind
from bot.state.notes import Notes
from bot.views.buttons import button
from bot.views.writing import Reply, brief, keyboard_of
from index.errors import IndexingError
from index.indexer import Outcome
from index.local.library import LocalShelf
from index.progress import Progress

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
        self._waiting: tuple[Message, Update] | None = None
        self._beginning: asyncio.Task[None] | None = None

    async def reindex(self, message: Message, update: Update) -> None:
        """Starts a process of its own and returns; its progress shows in a reply to `message`."""
        await self._begin(message, update, deed="reindex")

    async def add(self, message: Message, update: Update, *, name: str) -> None:
        """Takes up a file that was put among the articles in the same way, after what is at work already."""
        self._note(update, "add", name)
        await self._begin(message, update, patient=True)

    async def remove(self, message: Message, update: Update, *, article: str, title: str) -> None:
        """Takes an article out of the library in the same way."""
        await self._begin(message, update, remove=[article], deed="remove", about=title)

    async def restore(self, message: Message, update: Update, *, article: str, title: str) -> None:
        """Puts one back."""
        await self._begin(message, update, restore=[article], deed="restore", about=title)

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
        self, message: Message, update: Update, *, remove: Sequence[str] = (), restore: Sequence[str] = (),
        deed: Kind | None = None, about: str = "", patient: bool = False,
    ) -> None:  # fmt: skip
        texts = self._texts(update)
        async with self._starting:
            if self._reindexer.busy:
                self._waiting = (message, update) if patient else self._waiting
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
                    await self._end(report, shown, texts)

            self._reindexer.start(follow, remove=remove, restore=restore)

    async def _end(self, ending: Ending, shown: ProgressMessage, texts: Texts) -> None:
        """Remembered and told; what waits begins when this has returned, since then the reindexer is free."""
        self._notes.set(_LAST, _written(ending, time.time()))
        with suppress(IndexingError):
            await asyncio.to_thread(self._shelf.current)
        try:
            await shown.finish(brief(outcome_text(ending, texts), _LONGEST))
        finally:
            waiting, self._waiting = self._waiting, None
            if waiting and ending != _STOPPED:
                self._beginning = asyncio.create_task(self._begin(*waiting, patient=True))

    def _note(self, update: Update, deed: Kind, about: str) -> None:
        if update.effective_user:
            self._deeds.note(update.effective_user.id, deed, about)


def _written(ending: Ending, at: float) -> str:
    kept = asdict(ending)
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
        return Ended(ending=ending, at=float(kept["at"]), skipped=int(kept["skipped"]))
    except (KeyError, TypeError, ValueError):
        return None
