"""The reindex as a process of its own: `citabot index --json` and its like, read from their output."""

import asyncio
import logging
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from telegram.error import TelegramError

from bot.child import begun, heard
from bot.json_lines import read_line, read_plan
from bot.settings import Settings
from index.golden import Fall
from index.indexer import Outcome
from index.plan import Plan
from index.progress import Progress
from index.vanishing import Vanishing

_log = logging.getLogger(__name__)
_LAST_WORDS = 20
"""Seconds for a child that was told to stop."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Failed:
    """The library is as it was; `reason` is empty when the bot's own end was the cause."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cancelled:
    """Somebody wanted it so; the library is as it was."""


Ending = Outcome | Failed | Cancelled | Vanishing | Fall
"""With Vanishing or Fall nothing was done: somebody has to say first that most articles, or answers, are to go."""
Follow = Callable[[Progress | Ending], Awaitable[None]]


class Reindexer:
    """Runs at most one reindex at a time, and looks ahead at what one would do."""

    def __init__(self, settings: Settings) -> None:
        self._library = settings.citabot_library
        self._task: asyncio.Task[None] | None = None
        self._process: Process | None = None
        self._stopping = False
        self._cancelled = False

    @property
    def busy(self) -> bool:
        """Whether one is at work."""
        return self._task is not None and not self._task.done()

    def start(
        self,
        follow: Follow,
        *,
        remove: Sequence[str] = (),
        restore: Sequence[str] = (),
        back_to: int | None = None,
        even_if_most_are_gone: bool = False,
        even_if_answers_fell: bool = False,
        gather: bool = True,
        patient: bool = False,
        by: str = "",
    ) -> None:
        """Begin, where none is `busy`, and call `follow` with each Progress and at last with the Ending.

        With ids of articles to `remove`, or else to `restore`, or with a generation to go `back_to`, nothing but that
        is done. Without `gather` nothing is fetched first. `patient`, it waits until no other indexer is at work,
        such as one at the terminal. It is put on record as started `by` somebody.
        """
        self._cancelled = False
        common = ["--json", "--by", by]
        if remove or restore:
            arguments = ["remove" if remove else "restore", *common, "--", *(remove or restore)]
        elif back_to is not None:
            arguments = ["rollback", *common, str(back_to)]
        else:
            arguments = ["index", *common, "--gently", *(["--even-if-most-are-gone"] if even_if_most_are_gone else [])]
            arguments += ["--even-if-answers-fell"] if even_if_answers_fell else []
            arguments += [*([] if gather else ["--no-gather"]), *(["--patient"] if patient else [])]
        self._task = asyncio.create_task(self._run(arguments, follow))

    def cancel(self) -> bool:
        """End what is at work, unless it is being published already: the Ending tells. False when nothing is."""
        if not self.busy:
            return False
        self._cancelled = True
        self._terminate()
        return True

    async def preview(self) -> Plan | Failed:
        """What a reindex would do now, be one at work or not."""
        lines: list[bytes] = []

        async def collect(line: bytes) -> None:
            lines.append(line)

        try:
            async with begun(["index", "--dry-run", "--json", "--gently"], library=self._library) as process:
                said = await heard(process, collect)
            return _failure(process, said) if process.returncode else await asyncio.to_thread(_plan, lines)
        except (OSError, ValueError) as error:
            return Failed(reason=str(error))

    async def stop(self) -> None:
        """End what is at work, with its last words told; nothing of the library is lost."""
        self._stopping = True
        if self._task is None or self._task.done():
            return
        self._terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._task, _LAST_WORDS)

    def _terminate(self) -> None:
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.terminate()

    async def _run(self, arguments: Sequence[str], follow: Follow) -> None:
        try:
            ending = await self._ending(arguments, follow)
        except (OSError, ValueError) as error:
            ending = Failed(reason=str(error))
        if isinstance(ending, Failed):
            _log.error("The reindex failed: %s", ending.reason or "the bot was stopped")
        try:
            await follow(ending)
        except TelegramError as error:
            _log.error("The end of the reindex could not be told: %s", error)
        except Exception:  # nobody awaits this
            _log.exception("The end of the reindex could not be settled")

    async def _ending(self, arguments: Sequence[str], follow: Follow) -> Ending:
        ending: Outcome | Vanishing | Fall | None = None

        async def tell(line: bytes) -> None:
            nonlocal ending
            told = read_line(line)
            if isinstance(told, Progress):
                await follow(told)
            else:
                ending = told

        async with begun(arguments, library=self._library) as self._process:
            if self._cancelled or self._stopping:
                self._terminate()
            said = await heard(self._process, tell)
        if ending and (self._process.returncode == 0 or isinstance(ending, Vanishing | Fall)):
            return ending
        if self._stopping:
            return Failed(reason="")
        return Cancelled() if self._cancelled else _failure(self._process, said)


def _plan(lines: Sequence[bytes]) -> Plan:
    return read_plan(b"".join(lines))


def _failure(process: Process, said: str) -> Failed:
    return Failed(reason=said.splitlines()[-1] if said else f"The indexer ended with code {process.returncode}.")
