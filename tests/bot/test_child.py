"""What a process of its own says on stderr is told, and in the log where it ended well and nobody else tells it."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.child import begun, heard


async def ended(program: str) -> tuple[list[bytes], str]:
    """What it printed, and what it said on stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    lines = list[bytes]()

    async def tell(line: bytes) -> None:
        lines.append(line)

    return lines, await heard(process, tell)


@pytest.mark.parametrize(("code", "logged"), [(0, True), (2, False)])
async def test_what_it_noticed_is_told_and_logged_where_it_ended_well(
    code: int, logged: bool, caplog: pytest.LogCaptureFixture
) -> None:
    lines, said = await ended(f"import sys; print('a'); print('b'); print('odd', file=sys.stderr); sys.exit({code})")
    assert (lines, said) == ([b"a\n", b"b\n"], "odd")
    assert ("odd" in caplog.text) is logged


async def test_ctrl_c_is_not_for_it(tmp_path: Path) -> None:
    async with begun(["log"], library=tmp_path) as process:
        session = os.getsid(process.pid)
        await process.communicate()
    assert session == process.pid


async def test_of_one_that_says_nothing_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert await ended("print('a')") == ([b"a\n"], "")
    assert caplog.text == ""
