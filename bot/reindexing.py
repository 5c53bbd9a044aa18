"""The reindex as a process of its own: `citabot index --json`, its progress read from its output."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from telegram.error import TelegramError

from bot.i18n import Texts
from bot.json_lines import read_line
from bot.settings import Settings
from index.indexer import Outcome
from index.progress import Progress

_log = logging.getLogger(__name__)
_SKIPPED_SHOWN = 10
_LAST_WORDS = 20
"""Seconds for a child that was told to stop."""
_LONGEST_LINE = 64_000_000
"""Bytes; the outcome names every file that was skipped."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Failed:
    """The library is as it was; `reason` is empty when the bot's own end was the cause."""

    reason: str


Ending = Outcome | Failed
Follow = Callable[[Progress | Ending], Awaitable[None]]


class Reindexer:
    """Runs at most one reindex at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._task: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = False

    @property
    def busy(self) -> bool:
        """Whether one is at work."""
        return self._task is not None and not self._task.done()

    def start(self, follow: Follow) -> None:
        """Begin, and call `follow` with each Progress and at last with the Ending."""
        self._task = asyncio.create_task(self._run(follow))

    async def stop(self) -> None:
        """End what is at work, with its last words told; nothing of the library is lost."""
        self._stopping = True
        if self._task is None or self._task.done():
            return
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._task, _LAST_WORDS)

    async def _run(self, follow: Follow) -> None:
        try:
            ending = await self._ending(follow)
        except (OSError, ValueError) as error:
            ending = Failed(reason=str(error))
        if isinstance(ending, Failed):
            _log.error("The reindex failed: %s", ending.reason or "the bot was stopped")
        try:
            await follow(ending)
        except TelegramError as error:
            _log.error("The end of the reindex could not be told: %s", error)

    async def _ending(self, follow: Follow) -> Ending:
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "index", "--json", "--gently"),
            *("--library", str(self._settings.citabot_library)),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LONGEST_LINE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        errors = asyncio.create_task(process.stderr.read())
        outcome: Outcome | None = None
        async for line in process.stdout:
            told = read_line(line)
            if isinstance(told, Outcome):
                outcome = told
            else:
                await follow(told)
        code, said = await process.wait(), (await errors).decode(errors="replace").strip()
        if code == 0 and outcome:
            return outcome
        if self._stopping:
            return Failed(reason="")
        return Failed(reason=said.splitlines()[-1] if said else f"The indexer ended with code {code}.")


def progress_text(progress: Progress, texts: Texts) -> str:
    """One line for a step under way."""
    if progress.step in ("model", "publishing"):
        return texts(f"reindex-{progress.step}")
    return texts(f"reindex-{progress.step}", done=progress.done, total=progress.total)


def outcome_text(ending: Ending, texts: Texts) -> str:
    """What changed and how long it took, or what failed."""
    if isinstance(ending, Failed):
        return texts("reindex-failed", reason=ending.reason) if ending.reason else texts("reindex-stopped")
    seconds = f"{ending.seconds:.1f}"
    lines = [
        texts("reindex-nothing", seconds=seconds, unchanged=ending.unchanged)
        if ending.generation is None
        else texts(
            "reindex-done",
            seconds=seconds,
            added=ending.added,
            changed=ending.changed,
            removed=ending.removed,
            unchanged=ending.unchanged,
        )
    ]
    if ending.skipped:
        lines.append(texts("reindex-skipped", skipped=len(ending.skipped)))
        lines += [f"• {skipped.source[:100]}: {skipped.reason[:100]}" for skipped in ending.skipped[:_SKIPPED_SHOWN]]
        if len(ending.skipped) > _SKIPPED_SHOWN:
            lines.append(texts("reindex-more", more=len(ending.skipped) - _SKIPPED_SHOWN))
    return "\n".join(lines)
