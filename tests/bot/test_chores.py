"""What the bot does of its own accord, at a given time: forgetting and wiping, a digest."""

import os
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta

from bot.i18n import texts_for
from bot.state.opinions import Opinions
from bot.state.privacy import erase
from bot.state.store import FILE
from index.errors import LibraryMissing
from tests.bot.conftest import ADMIN
from tests.bot.listening import NoShelf
from tests.bot.memory import remember
from tests.bot_api import READER, BotApiServer, Reader

EN, IT = texts_for("en"), texts_for("it")
HELEN = Reader(id=77)
TODAY = datetime.now().replace(hour=9, minute=0, second=0, microsecond=0)


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


async def test_what_was_erased_while_another_process_read_the_file_is_in_no_file_a_minute_after(
    alone, library, caplog
) -> None:
    async with alone() as (services, chores):
        await chores.do(TODAY)
        remember(services.store, "Quillfeather?")
        with closing(sqlite3.connect(library / FILE, isolation_level=None)) as other:
            other.execute("BEGIN")
            assert other.execute("SELECT text FROM turns").fetchall() == [("Quillfeather?",)]
            erase(services.store, READER.id)
            await chores.do(TODAY)
        told = "What was deleted may be in a log as long as another process reads there; it is tried again"
        assert caplog.messages == [told]
        assert b"Quillfeather" in b"".join(path.read_bytes() for path in library.glob(f"{FILE}*"))
        await chores.do(TODAY)
        assert b"Quillfeather" not in b"".join(path.read_bytes() for path in library.glob(f"{FILE}*"))
