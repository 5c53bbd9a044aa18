"""Articles that change of their own accord are taken up while the bot runs, and admins hear of failures only."""

import asyncio
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import watching
from bot.condition import runs_on_record
from bot.gathering_rounds import GatheringRounds, reason_of
from bot.i18n import texts_for
from bot.settings import Settings
from bot.telegram import TelegramBot
from bot.unasked import Unasked
from bot.wiring import run_rollback
from index.gathering import Gathered, Manners, Sources, Terms, WebSource, add
from index.gathering.terms import Cause
from index.local.library import LocalLibrary
from index.local.writer import LocalLibraryWriter
from tests.bot.conftest import ADMIN
from tests.bot_api import BotApiServer
from tests.conftest import SEEDS
from tests.index.fetching.site import Site, site_on_loopback
from tests.index.gathering.conftest import item, page, rss

EN = texts_for("en")
BREAD = "The bakery in Via Lunga opens at six in the morning, whatever the weather is like."


@pytest.fixture
def site() -> Iterator[Site]:
    with site_on_loopback() as site:
        yield site


@pytest.fixture
def folder(tmp_path: Path, surroundings: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of articles beside the seeds, empty as yet; the process of a reindex may fetch from loopback."""
    (folder := tmp_path / "articles").mkdir()
    monkeypatch.setenv("CITABOT_ARTICLES", f"{SEEDS},{folder}")
    monkeypatch.setenv("CITABOT_PRIVATE_PAGES", "true")
    return folder


def titles(library: Path) -> set[str]:
    return {article.title for article in LocalLibrary(library).articles()}


def watched_runs(settings: Settings) -> list[str]:
    """How those ended that watching began, the newest first."""
    return [run.settled.ended for run in runs_on_record(settings, 9) if run.by == "watch"]


async def until(is_so: Callable[[], bool]) -> None:
    """Waits for what another process does, while the bot here goes on."""

    def wait() -> None:
        end = time.monotonic() + 120
        while not is_so():
            assert time.monotonic() < end
            time.sleep(0.1)

    await asyncio.to_thread(wait)


def a_feed(library: Path, site: Site) -> None:
    """Added, and due at once."""
    site.page("/bread", page("Bread", BREAD))
    address = site.page("/feed", rss(item("/bread", "Bread")))
    add(Sources(library), address, terms=Terms(allow_private=True, manners=Manners(pause=0)), name="news", every=300.0)


async def do(bot: TelegramBot) -> None:
    """A round."""
    services, telegram = bot._services, bot.application.bot
    await GatheringRounds(services, telegram, Unasked(services, telegram)).do(datetime.now(UTC))


def ready(bot: TelegramBot) -> Callable[[], bool]:
    return lambda: not bot._services.reindexer.busy


async def test_a_source_that_is_due_is_gathered_and_indexed(
    api: BotApiServer, at_work, library: Path, settings: Settings, folder: Path, site: Site
) -> None:
    a_feed(library, site)
    async with at_work() as bot:
        await until(lambda: "Bread" in titles(library))
        await until(ready(bot))
        site.seen.clear()
        await do(bot)
        assert site.seen == []  # it is not due again
    assert api.messages(ADMIN) == []
    (run,) = runs_on_record(settings, 1)
    assert (run.by, run.settled.ended, run.settled.added) == ("schedule", "published", 1)


async def test_what_was_gathered_is_indexed_though_another_source_cannot_be_kept(
    at_work, library: Path, folder: Path, site: Site
) -> None:
    a_feed(library, site)
    terms = Terms(allow_private=True)
    add(Sources(library), site.page("/hours", page("Hours")), terms=terms, name="zoo", every=300.0)
    (Sources(library).folder / "zoo" / ".pages.json").mkdir()
    async with at_work() as bot:
        await until(lambda: "Bread" in titles(library))
        await until(ready(bot))


async def test_a_source_that_fails_is_told_once_and_its_articles_stay(
    api: BotApiServer, at_work, library: Path, folder: Path, site: Site
) -> None:
    async with at_work() as bot:
        a_feed(library, site)
        site.page("/feed", b"", status=404)
        await do(bot)
        sources = Sources(library)
        (source,) = sources.all()
        assert source.last.failure
        (told,) = api.messages(ADMIN)
        why = EN("fetch-no-page", host="127.0.0.1", status="404")
        assert told["text"] == EN("source-failed", name="news", reason=why)
        for _ in range(2):
            sources.save(_due_again(sources))
            await do(bot)
        assert len(api.messages(ADMIN)) == 1
        assert not bot._services.reindexer.busy


async def test_a_reason_is_told_in_the_language_of_whoever_is_told(
    api: BotApiServer, at_work, settings: Settings, library: Path, folder: Path, site: Site
) -> None:
    async with at_work(settings=settings.model_copy(update={"citabot_language": "it"})) as bot:
        a_feed(library, site)
        site.page("/feed", b"", status=404)
        await do(bot)
    (told,) = api.messages(ADMIN)
    it = texts_for("it")
    assert told["text"] == it("source-failed", name="news", reason=it("fetch-no-page", host="127.0.0.1", status="404"))


@pytest.mark.parametrize(
    "cause", [None, Cause(message="of-another-version", values={}), Cause(message="fetch-slow", values={})]
)
def test_a_reason_that_has_no_words_is_told_as_it_is_on_record(cause: Cause | None) -> None:
    last = Gathered(began=datetime(2026, 11, 24, tzinfo=UTC), failure="It is closed.", cause=cause)
    assert reason_of(last, texts_for("it")) == "It is closed."


async def test_a_source_that_is_damaged_is_told_once(
    api: BotApiServer, at_work, library: Path, folder: Path, site: Site
) -> None:
    async with at_work() as bot:
        rounds = GatheringRounds(
            services := bot._services, telegram := bot.application.bot, Unasked(services, telegram)
        )
        a_feed(library, site)
        (Sources(library).folder / "news" / ".source.json").write_text("{")
        for _ in range(2):
            await rounds.do(datetime.now(UTC))
    (told,) = api.messages(ADMIN)
    assert told["text"] == EN("source-damaged", name="news")


async def test_another_process_that_gathers_for_long_is_no_failure_and_one_that_is_killed_is(
    api: BotApiServer, at_work, library: Path, folder: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work() as bot:
        rounds = GatheringRounds(
            services := bot._services, telegram := bot.application.bot, Unasked(services, telegram)
        )
        a_feed(library, site)
        with Sources(library).locked():
            for _ in range(4):
                await rounds.do(datetime.now(UTC))
        assert api.messages(ADMIN) == []
        killed = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
        (folder / "killed.py").write_text(f"#!{sys.executable}\n{killed}\n")
        (folder / "killed.py").chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(folder / "killed.py"))
        for _ in range(3):
            await rounds.do(datetime.now(UTC))
    (told,) = api.messages(ADMIN)
    assert told["text"] == EN("gathering-failed", reason="The process ended with code -9.")


async def test_a_gathering_that_fails_as_a_whole_is_told_once_it_is_no_matter_of_a_moment(
    api: BotApiServer, at_work, library: Path, folder: Path, site: Site
) -> None:
    async with at_work() as bot:
        services, telegram = bot._services, bot.application.bot
        rounds = GatheringRounds(services, telegram, Unasked(services, telegram))
        terms = Terms(allow_private=True)
        add(Sources(library), site.page("/hours", page("Hours")), terms=terms, name="zoo", every=300.0)
        (Sources(library).folder / "zoo" / ".pages.json").mkdir()
        for _ in range(2):
            await rounds.do(datetime.now(UTC))
        assert api.messages(ADMIN) == []
        for _ in range(2):
            await rounds.do(datetime.now(UTC))
    (told,) = api.messages(ADMIN)
    assert told["text"].startswith(EN("gathering-failed", reason="Sources can't be kept in "))


def _due_again(sources: Sources) -> WebSource:
    (source,) = sources.all()
    return replace(source, last=replace(source.last, began=datetime(2020, 1, 1, tzinfo=UTC)))


async def test_what_changed_in_a_watched_folder_before_it_was_watched_is_taken_up_and_nothing_is_said(
    api: BotApiServer, at_work, library: Path, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "QUIET", 0.2)
    (folder / "bread.txt").write_text(f"Bread\n\n{BREAD}")
    watched = settings.model_copy(update={"citabot_watch": True, "citabot_articles": (SEEDS, folder)})
    for runs in (["published"], ["nothing", "published"]):
        async with at_work(settings=watched) as bot:
            await until(lambda runs=runs: watched_runs(settings) == runs)
            await until(ready(bot))
    assert "Bread" in titles(library)
    assert api.messages(ADMIN) == []


async def test_a_file_in_a_watched_folder_is_taken_up(
    api: BotApiServer, at_work, library: Path, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "QUIET", 0.2)
    watched = settings.model_copy(update={"citabot_watch": True, "citabot_articles": (SEEDS, folder)})
    async with at_work(settings=watched) as bot:
        await asyncio.sleep(1)  # until the system is watching
        (folder / "bread.txt").write_text(f"Bread\n\n{BREAD}")
        await until(lambda: "Bread" in titles(library))
        await until(ready(bot))
    assert api.messages(ADMIN) == []
    assert runs_on_record(settings, 1)[0].by == "watch"


async def test_where_a_folder_is_empty_all_at_once_admins_are_asked_once(
    api: BotApiServer, at_work, library: Path, folder: Path
) -> None:
    (folder / "bread.txt").write_text(f"Bread\n\n{BREAD}")
    async with at_work() as bot:
        reindex = Unasked(bot._services, bot.application.bot)
        await reindex(by="watch")
        await until(ready(bot))
        (folder / "bread.txt").unlink()
        for _ in range(2):
            await reindex(by="watch")
            await until(ready(bot))
    told, asked = api.messages(ADMIN)
    assert EN("reindex-vanishing", removed=1, of=4) in told["text"]
    assert asked["text"] == EN("reindex-even-so")
    assert asked["reply_markup"]["inline_keyboard"][0][0]["text"] == EN("remove-them")
    assert "Bread" in titles(library)


async def test_a_library_that_was_rolled_back_is_left_as_somebody_wants_it(
    at_work, library: Path, settings: Settings, folder: Path
) -> None:
    (folder / "bread.txt").write_text(f"Bread\n\n{BREAD}")
    async with at_work() as bot:
        reindex = Unasked(bot._services, bot.application.bot)
        await reindex(by="watch")
        await until(ready(bot))
        assert "Bread" in titles(library)
        await asyncio.to_thread(run_rollback, settings, 1)
        await reindex(by="watch")
        await asyncio.sleep(0)
        assert not bot._services.reindexer.busy
    assert "Bread" not in titles(library)


async def test_it_waits_for_an_indexer_at_the_terminal(
    api: BotApiServer, at_work, library: Path, settings: Settings, folder: Path
) -> None:
    async with at_work() as bot:
        with LocalLibraryWriter(library):
            (folder / "bread.txt").write_text(f"Bread\n\n{BREAD}")
            await Unasked(bot._services, bot.application.bot)(by="watch")
            await asyncio.sleep(4)  # long enough to be refused
        await until(lambda: [run.by for run in runs_on_record(settings, 1)] == ["watch"])
    assert api.messages(ADMIN) == []


async def test_it_waits_for_a_reindex_that_is_at_work(at_work, library: Path, settings: Settings, folder: Path) -> None:
    async with at_work() as bot:
        reindex = Unasked(bot._services, bot.application.bot)
        await reindex(by="schedule")
        (folder / "bread.txt").write_text(f"Bread\n\n{BREAD}")
        await reindex(by="watch")
        await until(lambda: [run.by for run in runs_on_record(settings, 1)] == ["watch"])
        await until(ready(bot))
    assert "Bread" in titles(library)
