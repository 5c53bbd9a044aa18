"""The command line in a process of its own, and what it says."""

import asyncio
import logging
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

_log = logging.getLogger(__name__)
_LONGEST_LINE = 64_000_000
"""Bytes; the outcome names every file that was skipped."""


@asynccontextmanager
async def begun(arguments: Sequence[str], *, library: Path) -> AsyncIterator[Process]:
    """`citabot` with these arguments, the command first; it is told to end when the block does."""
    command, *rest = arguments
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *command.split(), "--library", str(library), *rest),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        limit=_LONGEST_LINE,
        start_new_session=True,  # Ctrl-C is meant for the bot, which ends it in its own time
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.terminate()


async def heard(process: Process, tell: Callable[[bytes], Awaitable[None]]) -> str:
    """Each line handed to `tell` as it is printed, to the process's end; what it said on stderr."""
    assert process.stdout is not None
    assert process.stderr is not None
    errors = asyncio.create_task(process.stderr.read())
    async for line in process.stdout:
        await tell(line)
    await process.wait()
    said = (await errors).decode(errors="replace").strip()
    if said and process.returncode == 0:
        _log.warning("What a process of its own noticed: %s", said)
    return said
