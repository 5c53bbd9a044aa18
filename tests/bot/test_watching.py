"""Folders that are watched tell a change once, when it is quiet again, and nothing of what doesn't count."""

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import watching
from bot.watching import Watch

SOON = 20


class Told:
    """Counts, and lets a test wait for the next time."""

    def __init__(self) -> None:
        self.times: asyncio.Queue[int] = asyncio.Queue()
        self.count = 0

    async def __call__(self) -> None:
        self.count += 1
        self.times.put_nowait(self.count)

    async def next(self) -> int:
        return await asyncio.wait_for(self.times.get(), SOON)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    (folder := tmp_path / "articles" / "news").mkdir(parents=True)
    (folder / "a.txt").write_text("A")
    return tmp_path / "articles"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks often whether folders are there."""
    monkeypatch.setattr(watching, "_LOOKED_AFTER", 200)


@asynccontextmanager
async def watched(*sources: Path, apart_from: Path, told: Told | None = None) -> AsyncIterator[Told]:
    """What is told once the first look is over."""
    told = told or Told()
    watch = Watch(sources, told, apart_from=apart_from, quiet=0.3)
    task = asyncio.create_task(watch.run())
    if any(source.exists() for source in sources):
        await told.next()
        told.count = 0
    else:
        await asyncio.sleep(0.5)  # until it has been seen that nothing is there
    try:
        yield told
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def write(paths: Sequence[Path]) -> None:
    for path in paths:
        path.write_text(path.name)
        await asyncio.sleep(0.05)


async def test_changes_that_happen_together_are_told_once(articles: Path, tmp_path: Path) -> None:
    async with watched(articles, apart_from=tmp_path / "library") as told:
        await write([articles / "news" / f"{number}.txt" for number in range(8)])
        assert await told.next() == 1
        (articles / "news" / "a.txt").unlink()
        assert await told.next() == 2


async def test_hidden_files_and_the_library_itself_count_for_nothing(tmp_path: Path) -> None:
    (library := tmp_path / "library").mkdir()
    async with watched(tmp_path, apart_from=library) as told:
        await write([library / "catalog.sqlite", tmp_path / ".a.txt.swp"])
        await asyncio.sleep(1)
        assert told.count == 0
        await write([tmp_path / "a.txt"])
        assert await told.next() == 1


async def test_a_single_file_is_watched_too(articles: Path, tmp_path: Path) -> None:
    async with watched(articles / "news" / "a.txt", apart_from=tmp_path / "library") as told:
        await write([articles / "news" / "a.txt"])
        assert await told.next() == 1


async def test_a_file_that_another_one_takes_the_place_of_is_watched_on(articles: Path, tmp_path: Path) -> None:
    async with watched(articles / "news" / "a.txt", apart_from=tmp_path / "library") as told:
        for time in (1, 2):
            (tmp_path / "a.new").write_text(f"as an editor saves it, {time}")
            (tmp_path / "a.new").replace(articles / "news" / "a.txt")
            assert await told.next() == time


async def test_a_folder_that_goes_and_comes_back_is_told_and_watched_again(articles: Path, tmp_path: Path) -> None:
    async with watched(articles, apart_from=tmp_path / "library") as told:
        shutil.move(articles, tmp_path / "elsewhere")
        gone = await told.next()
        shutil.move(tmp_path / "elsewhere", articles)
        await asyncio.sleep(1)
        await write([articles / "news" / "b.txt"])
        assert await told.next() > gone


async def test_a_folder_that_comes_later_is_told(tmp_path: Path) -> None:
    async with watched(tmp_path / "later", apart_from=tmp_path / "library") as told:
        assert told.count == 0
        (tmp_path / "later").mkdir()
        assert await told.next() == 1


async def test_a_folder_that_cannot_be_looked_at_for_a_while_is_watched_on(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(_: Path, **__: object) -> bool:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))

    async with watched(articles, apart_from=tmp_path / "library") as told:
        with monkeypatch.context() as patched:
            patched.setattr(Path, "exists", stale)
            gone = await told.next()
        assert await told.next() == gone + 1  # it is there again
        await write([articles / "b.txt"])
        assert await told.next() > gone


async def test_what_happens_while_nothing_can_be_watched_is_told(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(watching, "_LOOKED_AFTER", 600)  # longer than it has to be quiet
    with monkeypatch.context() as patched:
        patched.setattr(watching, "awatch", full)
        async with watched(articles, apart_from=tmp_path / "library") as told:
            await write([articles / "b.txt"])
            assert await told.next() == 1


async def test_the_next_change_is_told_though_the_last_one_failed(articles: Path, tmp_path: Path) -> None:
    class Failing(Told):
        async def __call__(self) -> None:
            await super().__call__()
            raise OSError("disk full")

    async with watched(articles, apart_from=tmp_path / "library", told=Failing()) as told:
        await write([articles / "a.txt"])
        assert await told.next() == 1
        await write([articles / "b.txt"])
        assert await told.next() == 2
