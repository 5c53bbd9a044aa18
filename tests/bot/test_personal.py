"""What is remembered of a reader is shown to them and erased when they ask, and forgotten in time."""

import asyncio
import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot import request
from bot.i18n import texts_for
from bot.state.store import FILE
from tests.bot.conftest import OPERATOR
from tests.bot.shown import STEPS, data, judged, remembered, rows
from tests.bot_api import READER, BotApiServer, Reader, faults
from tests.bot_api.server import GROUP_ID

EN, IT = texts_for("en"), texts_for("it")
EVE = Reader(id=987654321, first_name="Evelyn🦊", last_name="Marchetti-Quillfeather")
SECRET = "How many steps are there to the lamp of Quillfeather?"


def held(library: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(library / FILE)) as store:
        tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: store.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


async def test_forget_offers_a_copy_and_erases_all_of_it_from_tables_and_files(
    api: BotApiServer, running, heard, answerer, library
) -> None:
    async with running(judged(answerer, "nothing")):
        api.say(SECRET, user=EVE)
        nothing = await heard()
        api.press(nothing.result, data(nothing.result, EN("tell-me-when")), user=EVE)
        api.press(nothing.result, data(nothing.result, EN("show-nearest")), user=EVE)
        nearest = await heard("editMessageText")
        api.press(nearest.result, data(nearest.result, "👎"), user=EVE)
        api.press(nearest.result, "c:1", user=EVE)
        please = await heard(after=nothing.number)
        api.say("Quillfeather says no", user=EVE, reply_to=please.result)
        thanks = await heard(after=please.number)
        api.say(f"/ask {SECRET}", user=EVE, chat_type="supergroup")
        grouped = await heard(after=thanks.number)
        api.say("/new", user=EVE, chat_type="supergroup")
        anew = await heard(after=grouped.number)

        api.say("/forget", user=EVE)
        offered = await heard(after=anew.number)
        assert offered.params["text"] == EN("forget", days=90)
        assert rows(offered.result) == [[EN("export-mine")], [EN("erase-mine")]]
        api.press(offered.result, "m:export", user=EVE)
        file = await heard("sendDocument")
        api.press(offered.result, "m:erase", user=EVE)
        done = await heard("editMessageText", after=file.number)
        assert done.params["text"] == EN("forgotten")
        rest = held(library)
        files = {path.name: path.read_bytes() for path in library.glob(f"{FILE}*")}

    copy = json.loads(file.params["document"])
    assert copy["you"][0][:3] == [EVE.id, "Evelyn🦊 Marchetti-Quillfeather", "en"]
    assert [question[1:3] for question in copy["questions"]] == [[EVE.id, SECRET], [GROUP_ID, SECRET]]
    assert [opinion[1:] for opinion in copy["opinions"]] == [[1, "bad", 1, "Quillfeather says no"]]
    assert copy["waiting"] == [[SECRET]]
    assert str(EVE.id) not in str(rest)
    assert "Quillfeather" not in str(rest)
    assert FILE in files
    for name, content in files.items():
        assert b"Quillfeather" not in content, name


async def test_what_others_said_stays_and_so_does_the_role_that_was_given(
    api: BotApiServer, running, heard, library
) -> None:
    async with running():
        api.say(STEPS)
        kept = await heard()
        api.say("/forget", user=EVE)
        offered = await heard(after=kept.number)
        remembered(library, "UPDATE users SET role = 'member' WHERE id = ?", EVE.id)
        api.press(offered.result, "m:erase", user=EVE, language_code="it")
        done = await heard("editMessageText")
    assert done.params["text"] == IT("forgotten")
    assert remembered(library, "SELECT user, text FROM turns") == [(READER.id, STEPS)]
    assert remembered(library, "SELECT name, spoken, chosen, role FROM users WHERE id = ?", EVE.id) == [
        (str(EVE.id), None, None, "member")
    ]


async def test_forget_is_for_private_chats_and_says_where(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/forget", chat_type="supergroup")
        answer = await heard()
    assert answer.params["text"] == EN("in-private-only", bot="citabot_test_bot")
    assert "reply_markup" not in answer.params


async def test_limits_are_kept_per_minute_with_one_kind_word_and_not_for_admins(
    api: BotApiServer, running, heard, settings, answerer
) -> None:
    few = settings.model_copy(update={"citabot_questions_a_minute": 2})
    async with running(judged(answerer, "answered"), settings=few):
        for _ in range(5):
            api.say(STEPS)
        for _ in range(3):
            api.say(STEPS, user=OPERATOR)
        for user in (READER, OPERATOR):
            api.say("thanks", user=user)
            await heard(where=lambda params, user=user: (params["chat_id"], params["text"]) == (user.id, EN("thanks")))
    texts = [message["text"] for message in api.messages(READER.id)]
    assert [text == EN("too-many") for text in texts] == [False, False, True, False]
    assert ["132 steps" in message["text"] for message in api.messages(OPERATOR.id)] == [True, True, True, False]


async def test_a_group_as_a_whole_has_a_limit_too_and_is_told_once(
    api: BotApiServer, running, heard, settings, answerer
) -> None:
    one = settings.model_copy(update={"citabot_questions_a_minute": 1})
    async with running(judged(answerer, "answered"), settings=one):
        for number in range(7):
            api.say(f"/ask {STEPS}", user=Reader(id=3000 + number), chat_type="supergroup")
        await heard(where=lambda params: params["text"] == EN("too-many"))
        for number in range(7):
            api.say("thanks", user=Reader(id=3000 + number))
            await heard(where=lambda params, chat=3000 + number: params["chat_id"] == chat)
    texts = [message["text"] for message in api.messages(GROUP_ID)]
    assert sorted(text == EN("too-many") for text in texts) == [False, False, False, False, True]


async def test_names_with_markup_are_only_names(api: BotApiServer, running, heard, library) -> None:
    mallory = Reader(id=66, first_name="<b>M*_`[x](tg://user?id=1)\u202e", last_name="'; DROP TABLE users; --" * 20)
    async with running():
        api.say("/start", user=mallory)
        assert (await heard()).params["text"] == EN("welcome")
    ((name,),) = remembered(library, "SELECT name FROM users WHERE id = 66")
    assert name == f"{mallory.first_name} {mallory.last_name}"[:200]


def databases(library: Path) -> dict[str, bytes]:
    """Every file of a database, and what lies in it."""
    return {file.name: file.read_bytes() for file in library.glob("*.sqlite*")}


async def test_erasing_waits_until_what_was_asked_before_it_is_answered(
    api: BotApiServer, running, heard, answerer, library
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(text: str, **which: object) -> object:
        begun.set()
        assert go_on.wait(20)
        return answerer(text, **which)

    async with running(slow):
        api.say("/forget")
        offered = await heard()
        api.say("where are they meeting?")
        await asyncio.to_thread(begun.wait, 20)
        api.press(offered.result, data(offered.result, EN("erase-mine")))
        go_on.set()
        await heard("editMessageText", where=lambda params: params["text"] == EN("forgotten"))
    assert remembered(library, "SELECT count(*) FROM turns") == [(0,)]


async def test_after_erasing_no_file_holds_what_was_asked(api: BotApiServer, running, heard, library: Path) -> None:
    async with running():
        api.say("How many steps are there to the lamp of Quillfeather?")
        await heard()
        api.say("/forget")
        offered = await heard(where=lambda params: params["text"] == EN("forget", days=90))
        api.press(offered.result, data(offered.result, EN("erase-mine")))
        await heard("editMessageText")
        files = databases(library)
    assert any(name.startswith("inbox") for name in files)
    assert [name for name, content in files.items() if b"Quillfeather" in content] == []


async def test_what_could_not_be_answered_and_is_put_off_is_erased_with_all_else(
    api: BotApiServer, running, heard, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request, "_PATIENCE", 0)
    async with running():
        api.say("/forget")
        offered = await heard()
        api.fail_next("sendMessage", faults.server_error())
        api.say("How many steps are there to the lamp of Quillfeather?")
        api.press(offered.result, data(offered.result, EN("erase-mine")))
        await heard("editMessageText", where=lambda params: params["text"] == EN("forgotten"))
        files = databases(library)
    assert [name for name, content in files.items() if b"Quillfeather" in content] == []
    async with running():
        api.say("thanks")
        await heard(where=lambda params: params["text"] == EN("thanks"))
    assert remembered(library, "SELECT count(*) FROM turns") == [(0,)]
