"""What the bot does of its own accord, at a given time: forgetting, telling those who wait, a digest."""

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from telegram import Bot

from bot.chores import Chores
from bot.context import Services
from bot.desk import Desk
from bot.i18n import texts_for
from bot.settings import Settings
from bot.state.opinions import Opinions
from bot.state.privacy import erase
from bot.state.store import Store
from index.errors import LibraryMissing
from index.indexer import index_sources
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from retrieval.answerer import Answerer
from tests.bot.conftest import ADMIN
from tests.bot.desk import BREAD, WHEN
from tests.bot.listening import NoShelf
from tests.bot.memory import remember
from tests.bot_api import READER, BotApiServer, Reader, faults, marked
from tests.conftest import SEEDS

EN, IT = texts_for("en"), texts_for("it")
HELEN = Reader(id=77)
TODAY = datetime.now().replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def alone(settings: Settings, library, default_embedder, api: BotApiServer):
    """`async with alone() as (services, chores):` without a bot that listens."""

    @asynccontextmanager
    async def run(*, shelf: object = None, **changed: object) -> AsyncIterator[tuple[Services, Chores]]:
        chosen = Settings.model_validate(settings.model_dump() | changed)
        own, store = LocalShelf(library), Store(library)
        desk = Desk(
            settings=chosen,
            answerer=Answerer(own.current, default_embedder),
            embedder=default_embedder,
            shelf=shelf or own,
        )
        services = Services(desk, store)
        try:
            async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
                yield services, Chores(services, bot)
        finally:
            own.close()
            store.close()

    return run


def index(library, embedder, *more) -> None:
    """Seeds and more, as a process of its own would."""
    with LocalLibraryWriter(library) as writer:
        index_sources([SEEDS, *more], writer=writer, embedder=embedder)


@pytest.fixture
def bread(tmp_path):
    """An article that says when the bakery opens, not indexed yet."""
    (file := tmp_path / "bread.txt").write_text(BREAD)
    return file


async def test_who_waits_is_told_once_when_an_article_arrives_that_answers(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        services.people.seen(READER.id, name="Ada", spoken="it")
        turn = remember(services.store, WHEN, "nothing")
        services.opinions.wait(turn, READER.id)
        await chores.do(TODAY)
        assert api.messages(READER.id) == []

        index(library, default_embedder, bread)
        await chores.do(TODAY)
        await chores.do(TODAY)
        told, quote = api.messages(READER.id)
        assert services.turns.find(turn).verdict == "answered"
    assert told["text"] == IT("now-answerable", question=WHEN)
    assert marked(quote) == ["The bakery in Via Lunga opens at six in the morning."]


async def test_who_waits_for_something_else_goes_on_waiting(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        turn = remember(services.store, "How much does the ferry to the moon cost?", "nothing")
        services.opinions.wait(turn, READER.id)
        index(library, default_embedder, bread)
        await chores.do(TODAY)
        assert services.opinions.waiting() == [(turn, READER.id)]
    assert api.messages(READER.id) == []


async def test_two_who_wait_for_the_same_answer_are_both_told(api, alone, library, default_embedder, bread) -> None:
    async with alone() as (services, chores):
        for user in (READER.id, HELEN.id):
            services.opinions.wait(remember(services.store, WHEN, "nothing", user=user), user)
        index(library, default_embedder, bread)
        await chores.do(TODAY)
        assert services.opinions.waiting() == []
    assert [len(api.messages(user)) for user in (READER.id, HELEN.id)] == [2, 2]


async def test_who_was_blocked_meanwhile_is_not_written_to(api, alone, library, default_embedder, bread) -> None:
    async with alone() as (services, chores):
        services.opinions.wait(remember(services.store, WHEN, "nothing"), READER.id)
        services.people.give_role(READER.id, "blocked")
        index(library, default_embedder, bread)
        await chores.do(TODAY)
    assert api.messages(READER.id) == []


async def test_a_reader_can_ask_to_be_told_and_is(api, at_work, alone, heard, library, default_embedder, bread) -> None:
    async with at_work():
        api.say(WHEN)
        answer = await heard()
        labels = {each["text"]: each for row in answer.params["reply_markup"]["inline_keyboard"] for each in row}
        assert answer.params["text"] == EN("nothing")
        api.press(answer.result, labels[EN("tell-me-when")]["callback_data"])
        await heard("answerCallbackQuery", where=lambda params: params.get("text") == EN("will-tell"))
    index(library, default_embedder, bread)
    async with alone() as (_, chores):
        await chores.do(TODAY)
    *_, told, quote = api.messages(READER.id)
    assert told["text"] == EN("now-answerable", question=WHEN)
    assert marked(quote) == ["The bakery in Via Lunga opens at six in the morning."]


async def test_what_is_older_than_it_may_be_kept_is_forgotten_once_a_day(alone, library) -> None:
    async with alone(citabot_keep_days=30) as (services, chores):
        old = remember(services.store, "old", at=time.time() - 31 * 86_400)
        young = remember(services.store, "young", at=time.time() - 29 * 86_400)
        Opinions(services.store).give(old, READER.id, "bad")
        arrival = services.arriving.look_at("bread.txt", b"Bread is here.")
        os.utime(library / "arriving" / arrival.token, (0, 0))
        await chores.do(TODAY)
        assert [asked.turn for asked in services.reports.questions()] == [young]
        assert services.opinions.of(old) == []
        assert services.arriving.take(arrival.token) is None

        again = remember(services.store, "old", at=time.time() - 31 * 86_400)
        await chores.do(TODAY + timedelta(hours=3))
        assert services.turns.find(again) is not None
        await chores.do(TODAY + timedelta(days=1))
        assert services.turns.find(again) is None


async def test_a_digest_of_yesterday_comes_once_a_day_from_eight_o_clock(api: BotApiServer, alone) -> None:
    yesterday, today = (TODAY - timedelta(hours=12)).timestamp(), TODAY.timestamp()
    async with alone(citabot_digest="daily") as (services, chores):
        for text, verdict, at in (
            ("Who runs the bakery?", "nothing", yesterday),
            ("who runs the bakery", "nothing", yesterday),
            ("Where is the lamp?", "answered", yesterday),
            ("What is today?", "nothing", today),
            ("What was before?", "nothing", yesterday - 86_400),
        ):
            remember(services.store, text, verdict, at=at)
        await chores.do(TODAY.replace(hour=7, minute=59))
        assert api.messages(ADMIN) == []
        await chores.do(TODAY.replace(hour=8))
        await chores.do(TODAY.replace(hour=23))
        (digest,) = api.messages(ADMIN)
        assert digest["text"].split("\n") == [
            EN("digest-heading", days=1),
            EN("status-today", asked=3, answered=1, unsure=0, nothing=2),
            f"• who runs the bakery · ×2 · {EN('verdict-nothing')}",
        ]
        assert digest["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "k:1:new"
        await chores.do(TODAY + timedelta(days=1))
        assert "What is today?" in api.messages(ADMIN)[1]["text"]


async def test_a_weekly_digest_comes_every_seven_days_also_after_a_restart(api: BotApiServer, alone) -> None:
    async with alone(citabot_digest="weekly") as (services, chores):
        remember(services.store, "Who?", "nothing", at=(TODAY - timedelta(days=6)).timestamp())
        await chores.do(TODAY)
    for days, digests in ((1, 1), (6, 1), (7, 2), (8, 2)):
        async with alone(citabot_digest="weekly") as (_, chores):
            await chores.do(TODAY + timedelta(days=days))
        assert len(api.messages(ADMIN)) == digests
    told = EN("status-today", asked=1, answered=0, unsure=0, nothing=1)
    assert api.messages(ADMIN)[0]["text"].startswith(f"{EN('digest-heading', days=7)}\n{told}")


async def test_each_admin_has_the_digest_in_their_language_and_one_who_left_hinders_nobody(
    api: BotApiServer, alone
) -> None:
    async with alone(citabot_digest="daily", citabot_admin_ids="4000,4242") as (services, chores):
        services.people.seen(HELEN.id, name="Helen", spoken="it")
        services.people.give_role(HELEN.id, "admin")
        await chores.do(TODAY)
    assert api.messages(HELEN.id)[0]["text"].startswith(IT("digest-heading", days=1))
    assert api.messages(ADMIN)[0]["text"].startswith(EN("digest-heading", days=1))


async def test_without_a_digest_in_the_settings_nobody_is_written_to(api: BotApiServer, alone) -> None:
    async with alone() as (_, chores):
        await chores.do(TODAY)
    assert api.messages(ADMIN) == []


async def test_as_long_as_there_is_no_library_the_other_chores_are_done(api: BotApiServer, alone) -> None:
    async with alone(citabot_digest="daily", shelf=NoShelf(LibraryMissing("none"))) as (services, chores):
        old = remember(services.store, "old", at=0.0)
        await chores.do(TODAY)
        assert services.turns.find(old) is None
    assert len(api.messages(ADMIN)) == 1


async def test_who_could_not_be_told_goes_on_waiting_and_is_told_later_by_a_quote_to_reply_to(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        services.people.seen(READER.id, name="Ada", spoken="en")
        turn = remember(services.store, WHEN, "nothing", at=time.time() - 7200)
        services.opinions.wait(turn, READER.id)
        services.opinions.give(turn, READER.id, "bad")
        index(library, default_embedder, bread)
        api.fail_next("sendMessage", faults.server_error())
        await chores.do(TODAY)
        assert api.messages(READER.id) == []
        assert services.opinions.waiting() == [(turn, READER.id)]
        await chores.do(TODAY)
        word, quote = api.messages(READER.id)
        shown = services.turns.shown_in(READER.id, quote["message_id"])
        assert word["text"] == EN("now-answerable", question=WHEN)
        assert shown is not None
        assert (shown.id, shown.verdict) == (turn, "answered")
        assert time.time() - shown.at > 7000
        assert services.opinions.of(turn) == [(READER.id, "bad", None)]
        assert services.opinions.waiting() == []


async def test_who_erased_everything_meanwhile_is_not_written_to(
    api: BotApiServer, alone, library, default_embedder, bread
) -> None:
    async with alone() as (services, chores):
        turn = remember(services.store, WHEN, "nothing")
        services.opinions.wait(turn, READER.id)
        index(library, default_embedder, bread)
        found = services.desk.answerer(WHEN)
        kept = services.turns.find(turn)
        erase(services.store, READER.id)
        assert services.conversation.answer_again(kept, found) is None
        await chores.do(TODAY)
    assert api.messages(READER.id) == []
