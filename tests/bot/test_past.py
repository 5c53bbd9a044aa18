"""/rollback, a reindex that would take most articles along, and what /status tells of both; without the model."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.i18n import languages, texts_for
from bot.settings import Settings
from bot.telegram import TelegramBot
from bot.views.past import kept_reply, runs_text
from index.local.library import LocalLibrary, LocalShelf
from index.rollback import KeptGeneration
from index.runs import Run, Settled
from retrieval.answerer import Answerer
from tests.bot.conftest import ADMIN, OPERATOR
from tests.bot.desk import buttons
from tests.bot.hashed import embedder, indexed, write
from tests.bot_api import READER, BotApiServer

EN, IT = texts_for("en"), texts_for("it")
MOMENT = r"20\d\d-\d\d-\d\d \d\d:\d\d"
RUN = Run(
    began=datetime(2024, 5, 1, 12, tzinfo=UTC), kind="index", by=f"telegram {ADMIN}", about="", before=1, after=2,
    settled=Settled(ended="published", seconds=1.0, added=1, changed=2, removed=3),
)  # fmt: skip


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
def library(tmp_path: Path, articles: Path) -> Path:
    """Two generations of a few articles."""
    folder = tmp_path / "library"
    write(articles / "a.jsonl", mill="The mill grinds chestnuts.", boat="The boat leaves at six.")
    indexed(folder, articles)
    write(articles / "a.jsonl", mill="The mill grinds rye.", boat="The boat leaves at six.", bell="The bell rings.")
    indexed(folder, articles)
    return folder


@pytest.fixture
def running(
    settings: Settings, library: Path, articles: Path, surroundings: None, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., object]:
    """`async with running():` a bot over that library; a reindex that needed the model would fail."""
    monkeypatch.setenv("CITABOT_ARTICLES", str(articles))
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")

    @asynccontextmanager
    async def run() -> AsyncIterator[TelegramBot]:
        shelf = LocalShelf(library)
        desk = Desk(settings=settings, answerer=Answerer(shelf.current, embedder()), embedder=embedder(), shelf=shelf)
        bot = TelegramBot(settings, desk)
        try:
            async with bot.listening():
                yield bot
        finally:
            bot.close()
            shelf.close()

    return run


def ids(library: Path) -> list[str]:
    return [article.id for article in LocalLibrary(library).articles()]


async def test_an_admin_goes_back_once_it_is_said_what_that_means_and_it_is_on_record(
    api: BotApiServer, running, heard, library
) -> None:
    async with running():
        api.say("/rollback", user=OPERATOR)
        shown = await heard()
        heading, line = shown.params["text"].split("\n")
        assert heading == "What I can go back to"
        assert re.fullmatch(rf"• Generation 1, until {MOMENT}, articles: 2; then \+1 ±1 −0", line)

        api.press(shown.result, buttons(shown)["Back to 1"], user=OPERATOR)
        asked = await heard(after=shown.number)
        assert asked.params["text"] == EN("rollback-ask", generation="1")
        api.press(asked.result, buttons(asked)["Cancel"], user=OPERATOR)
        left = await heard("editMessageText", after=asked.number)
        assert left.params["text"] == "All right, everything stays as it is."
        assert ids(library) == ["bell", "boat", "mill"]

        api.press(shown.result, buttons(shown)["Back to 1"], user=OPERATOR)
        asked = await heard(after=left.number)
        api.press(asked.result, buttons(asked)["Go back"], user=OPERATOR)
        assert buttons(await heard("editMessageReplyMarkup", after=asked.number)) == {}
        told = await heard("editMessageText", where=lambda params: "generation 1" in params["text"], timeout=60)
        done, counts, until = told.params["text"].split("\n")
        assert done == "The articles of generation 1 are back."
        assert counts.endswith("0 added, 1 changed, 1 removed, 1 unchanged.")
        assert until == EN("rollback-until")
        assert ids(library) == ["boat", "mill"]

        api.say("/record", user=OPERATOR)
        record = await heard(after=told.number)
        assert record.params["text"].endswith(" · Grace · went back to generation · 1")
        api.say("/status", user=OPERATOR)
        status = await heard(after=record.number)
    *_, heading, newest, second, first = status.params["text"].split("\n")
    assert heading == "Last runs"
    assert re.fullmatch(rf"• {MOMENT} · went back to generation 1 · generation 3 \(\+0 ±1 −1\) · Grace", newest)
    assert re.fullmatch(rf"• {MOMENT} · reindexed · generation 2 \(\+1 ±1 −0\) · at the terminal", second)
    assert re.fullmatch(rf"• {MOMENT} · reindexed · generation 1 \(\+2 ±0 −0\) · at the terminal", first)


async def test_most_articles_are_taken_out_only_once_an_admin_has_said_that_they_are_to_go(
    api: BotApiServer, running, heard, library, articles
) -> None:
    (articles / "a.jsonl").unlink()
    async with running():
        api.say("/reindex", user=OPERATOR)
        refused = await heard("editMessageText", where=lambda params: "Articles that" in params["text"], timeout=60)
        assert refused.params["text"] == (
            f"Nothing is left in {articles}.\nArticles that would go: 3 of 3. So I have stopped, and nothing has "
            "changed. Look whether everything is where it was."
        )
        asked = await heard(where=lambda params: params["text"] == "Are they really to go?")
        assert len(ids(library)) == 3
        api.say("/status", user=OPERATOR)
        status = (await heard(after=asked.number)).params["text"]
        assert f" · {refused.params['text']}\n" in status
        assert f"reindexed · refused: There is nothing left in {articles}. 3 of 3 articles would be removed." in status
        api.press(asked.result, buttons(asked)["Yes, remove them"], user=OPERATOR)
        assert buttons(await heard("editMessageReplyMarkup")) == {}, "a yes counts once"
        done = await heard("editMessageText", where=lambda params: params["text"].startswith("Done in"), timeout=60)
    assert "0 added, 0 changed, 3 removed, 0 unchanged" in done.params["text"]
    assert ids(library) == []


async def test_a_yes_to_what_was_asked_of_an_earlier_generation_is_asked_for_anew(
    api: BotApiServer, running, heard, library, articles
) -> None:
    kept = (articles / "a.jsonl").read_text()
    (articles / "a.jsonl").unlink()
    async with running():
        api.say("/reindex", user=OPERATOR)
        asked = await heard(where=lambda params: params["text"] == "Are they really to go?")
        (articles / "a.jsonl").write_text(kept.split("\n", 1)[1])
        api.say("/reindex", user=OPERATOR)
        done = await heard("editMessageText", where=lambda params: params["text"].startswith("Done in"), timeout=60)
        (articles / "a.jsonl").unlink()
        api.press(asked.result, buttons(asked)["Yes, remove them"], user=OPERATOR)
        again = await heard(where=lambda params: params["text"] == "Are they really to go?", after=done.number)
        assert len(ids(library)) == 2
        api.press(again.result, buttons(again)["Yes, remove them"], user=OPERATOR)
        await heard("editMessageText", where=lambda params: params["text"].startswith("Done in"), after=again.number)
    assert ids(library) == []


async def test_the_yes_of_an_older_version_is_asked_for_anew(
    api: BotApiServer, running, heard, library, articles
) -> None:
    (articles / "a.jsonl").unlink()
    async with running() as bot:
        message = await bot.application.bot.send_message(ADMIN, "Are they really to go?")
        where = {"chat": {"id": ADMIN, "type": "private"}, "message_id": message.message_id}
        before = 0
        for data in ("ev", "ef:1"):
            api.press(where, data, user=OPERATOR)
            asked = await heard(
                where=lambda params: params["text"] == "Are they really to go?" and "reply_markup" in params,
                after=before,
            )
            before = asked.number
    assert len(ids(library)) == 3


async def test_a_dry_run_says_it_beforehand_and_its_button_does_it(
    api: BotApiServer, running, heard, library, articles
) -> None:
    (articles / "a.jsonl").unlink()
    async with running():
        api.say("/reindex dry", user=OPERATOR)
        plan = await heard("editMessageText", where=lambda params: "would find" in params["text"], timeout=60)
        assert "\nArticles that would go: 3 of 3. A reindex would stop and ask first." in plan.params["text"]
        assert list(buttons(plan)) == ["Yes, remove them"]
        api.say("/status", user=OPERATOR)
        assert "Last reindex: none yet" in (await heard(where=lambda params: "Last" in params["text"])).params["text"]


@pytest.mark.parametrize("data", ["ev", "ev:1", "ef:0", "bk:1", "bg:1", "bn"])
async def test_none_of_this_is_for_readers(api: BotApiServer, running, heard, library, data) -> None:
    async with running() as bot:
        message = await bot.application.bot.send_message(READER.id, "?")
        where = {"chat": {"id": READER.id, "type": "private"}, "message_id": message.message_id}
        api.press(where, data, language_code="it")
        told = await heard("answerCallbackQuery")
        api.say("/rollback")
        refused = await heard(after=told.number)
    assert told.params["text"] == IT("admins-only")
    assert refused.params["text"] == EN("admins-only")
    assert ids(library) == ["bell", "boat", "mill"]


def test_where_nothing_is_kept_there_is_nothing_to_go_back_to() -> None:
    assert kept_reply([], EN).text == "There is nothing to go back to yet."


@pytest.mark.parametrize("language", languages())
def test_ten_generations_fit_into_a_message_in_every_language(language: str) -> None:
    kept = [
        KeptGeneration(generation=number, until=RUN.began, articles=10**6, added=10**6, changed=10**6, removed=10**6)
        for number in range(10**6, 10**6 + 10)
    ]
    reply = kept_reply(kept, texts_for(language))
    assert reply.keyboard is not None
    assert [len(row) for row in reply.keyboard.inline_keyboard] == [2] * 5
    assert len(reply.text) < 4096


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({}, "reindexed · generation 2 (+1 ±2 −3) · Grace"),
        ({"by": "telegram 7"}, "reindexed · generation 2 (+1 ±2 −3) · 7"),
        ({"by": "start", "settled": Settled(ended="nothing")}, "reindexed · nothing new · at the start"),
        ({"by": "cron", "settled": Settled(ended="failed", why="No space.")}, "reindexed · failed: No space. · cron"),
        ({"by": "", "kind": "remove", "about": "a", "settled": Settled(ended="running")}, "took out · under way"),
        ({"by": "", "settled": Settled(ended="interrupted")}, "reindexed · interrupted"),
    ],
)
def test_a_run_is_told_in_a_line(changed: dict[str, object], line: str) -> None:
    heading, told = runs_text([replace(RUN, **changed)], {ADMIN: "Grace"}, EN).split("\n")
    assert (heading, re.sub(MOMENT, "M", told)) == ("Last runs", f"• M · {line}")
    assert runs_text([], {}, EN) == ""
