"""What admins learn of the questions: trouble first, a picture, a table; and what admins did."""

import csv
import io
import sys
import threading

import pytest

from bot.i18n import texts_for
from bot.state.opinions import Opinions
from bot.state.report import Reports
from bot.state.store import Store
from index.installing import install_command
from tests.bot.conftest import ADMIN, OPERATOR
from tests.bot.desk import buttons
from tests.bot.memory import remember, remembering
from tests.bot_api import READER, BotApiServer, marked

EN, IT = texts_for("en"), texts_for("it")
BAKERY, STEPS, LAMP = "Who runs the bakery?", "How many steps are there to the lamp?", "Who lights the lamp?"


def fill(store: Store) -> None:
    """A question that was answered, one that was disliked, and one without an answer that was asked twice."""
    remember(store, BAKERY, "nothing")
    remember(store, STEPS)
    disliked = remember(store, LAMP, "unsure")
    Opinions(store).give(disliked, READER.id, "bad")
    Opinions(store).comment(disliked, READER.id, "That is\nanother lamp.")
    remember(store, "who runs the bakery", "nothing")


async def test_questions_with_trouble_come_first_and_the_same_ones_together(
    api: BotApiServer, settings, running, heard
) -> None:
    remembering(settings.citabot_library, fill)
    async with running():
        api.say("/questions", user=OPERATOR)
        shown = await heard()
    assert shown.params["text"].split("\n") == [
        "4 questions, those without an answer first",
        f"1. who runs the bakery · ×2 · {EN('verdict-nothing')}",
        f"2. {LAMP} · {EN('verdict-unsure')} · 👎 1",
        "   That is another lamp.",
        f"3. {STEPS}",
    ]
    assert marked(shown.params, "italic") == ["That is another lamp."]
    assert list(buttons(shown)) == ["1", "2", "3", "Chart", "CSV"]
    assert "Ada" not in shown.params["text"]


async def test_one_tap_shows_what_the_articles_say_now(api: BotApiServer, settings, running, heard) -> None:
    remembering(settings.citabot_library, fill)
    async with running():
        api.say("/questions", user=OPERATOR)
        shown = await heard()
        api.press(shown.result, buttons(shown)["3"], user=OPERATOR)
        answered = await heard(after=shown.number)
        api.press(shown.result, buttons(shown)["1"], user=OPERATOR)
        nearest = await heard(after=answered.number)
    assert len(marked(answered.params, "blockquote")) == 1
    assert "steps" in marked(answered.params)[0]
    assert marked(nearest.params, "italic")[0] in (EN("nearest-heading"), EN("unsure"))
    assert "reply_markup" not in nearest.params


async def test_a_question_that_was_forgotten_meanwhile_is_said_to_be_gone(api, settings, running, heard) -> None:
    remembering(settings.citabot_library, fill)
    async with running():
        api.say("/questions", user=OPERATOR)
        shown = await heard()
        remembering(settings.citabot_library, lambda store: store.write("DELETE FROM turns"))
        api.press(shown.result, buttons(shown)["1"], user=OPERATOR)
        told = await heard("answerCallbackQuery")
    assert told.params["text"] == EN("question-gone")


async def test_many_questions_are_leafed_through_in_one_message(api: BotApiServer, settings, running, heard) -> None:
    nouns = "apple bread chair donkey engine forest guitar harbour island jacket kettle lemon mirror needle ocean piano"
    remembering(
        settings.citabot_library,
        lambda store: [remember(store, f"What is a {noun}?") for noun in (*nouns.split(), "rabbit")],
    )
    async with running():
        api.say("/questions", user=OPERATOR)
        first = await heard()
        remembering(settings.citabot_library, lambda store: remember(store, "Where is Vladivostok?"))
        api.press(first.result, buttons(first)["›"], user=OPERATOR)
        second = await heard("editMessageText")
        api.press(first.result, buttons(second)["›"], user=OPERATOR)
        third = await heard("editMessageText", after=second.number)
    assert first.params["text"].startswith(
        "17 questions, those without an answer first · 1 of 3\n1. What is a rabbit?\n"
    )
    assert second.params["text"].startswith("18 questions, those without an answer first · 2 of 3\n9. ")
    assert third.params["text"].endswith("\n18. What is a apple?")
    assert ("‹" in buttons(first), "›" in buttons(third)) == (False, False)
    assert len(api.messages(ADMIN)) == 1


async def test_however_wild_and_long_the_questions_they_fit_into_one_message(api, settings, running, heard) -> None:
    def wild(store: Store) -> None:
        for number in range(8):
            turn = remember(store, f"{number}\n\u202e😀<b>" * 300, "nothing")
            Opinions(store).comment(turn, READER.id, "👎 \n" * 250)

    remembering(settings.citabot_library, wild)
    async with running():
        api.say("/questions", user=OPERATOR)
        shown = await heard()
    assert len(shown.params["text"].split("\n")) > 2
    assert "\u202e" not in shown.params["text"]


async def test_where_nothing_was_asked_reports_say_so(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/questions", user=OPERATOR, language_code="it")
        nothing = await heard()
        api.say("/record", user=OPERATOR)
        record = await heard(after=nothing.number)
    assert nothing.params["text"] == IT("questions-none")
    assert record.params["text"] == EN("record-none")


async def test_the_status_leads_to_the_questions_and_to_a_picture_of_them(api, settings, running, heard) -> None:
    remembering(settings.citabot_library, fill)
    async with running():
        api.say("/status", user=OPERATOR)
        status = await heard()
        api.press(status.result, buttons(status)["Questions"], user=OPERATOR)
        questions = await heard(after=status.number)
        api.press(status.result, buttons(status)["Chart"], user=OPERATOR)
        picture = await heard("sendPhoto")
    assert questions.params["text"].startswith("4 questions")
    assert picture.params["caption"] == "Questions by day"
    assert picture.params["photo"].startswith(b"\x89PNG")


async def test_what_is_read_for_a_picture_keeps_no_answer_waiting(api, settings, running, heard, monkeypatch) -> None:
    reading, days = [], Reports.days

    def noted(reports: Reports, *span: object) -> object:
        reading.append(threading.current_thread())
        return days(reports, *span)

    monkeypatch.setattr(Reports, "days", noted)
    async with running():
        api.say("/status", user=OPERATOR)
        status = await heard()
        api.press(status.result, buttons(status)["Chart"], user=OPERATOR)
        await heard("sendPhoto")
    assert len(reading) == 2
    assert threading.main_thread() not in reading


async def test_without_matplotlib_the_admin_is_told_what_to_install(api, settings, running, heard, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    async with running():
        api.say("/status", user=OPERATOR)
        status = await heard()
        api.press(status.result, buttons(status)["Chart"], user=OPERATOR, language_code="it")
        told = await heard(after=status.number)
    assert told.params["text"] == f"Per i grafici serve matplotlib: {install_command('plots')}"


@pytest.mark.parametrize("way", ["command", "button"])
async def test_the_table_has_every_question_and_names_nobody(api, settings, running, heard, seeds_shelf, way) -> None:
    remembering(settings.citabot_library, fill)
    async with running():
        api.say("=HYPERLINK(1)")
        await heard()
        if way == "command":
            api.say("/export", user=OPERATOR)
        else:
            api.say("/questions", user=OPERATOR)
            shown = await heard(where=lambda params: params["chat_id"] == ADMIN)
            api.press(shown.result, buttons(shown)["CSV"], user=OPERATOR)
        sent = await heard("sendDocument")
        api.say("/record", user=OPERATOR)
        record = await heard(where=lambda params: params["text"].startswith(EN("record-heading")))
    table = sent.params["document"]
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert table.name == "questions.csv"
    assert [row["question"] for row in rows] == [BAKERY, STEPS, LAMP, "who runs the bakery", "'=HYPERLINK(1)"]
    assert [row["comments"] for row in rows][2] == "That is\nanother lamp."
    assert rows[4]["article"] in {"", *(article.title for article in seeds_shelf.current().articles())}
    assert b"Ada" not in table
    assert str(READER.id).encode() not in table
    assert record.params["text"].endswith(" · Grace · exported the questions")


@pytest.mark.parametrize("command", ["/questions", "/export", "/record", "/articles", "/removed"])
async def test_reports_are_refused_to_readers(api: BotApiServer, settings, running, heard, command) -> None:
    remembering(settings.citabot_library, fill)
    async with running():
        api.say(command)
        english = await heard()
        api.say(command, language_code="it")
        italian = await heard(after=english.number)
    assert (english.params["text"], italian.params["text"]) == (EN("admins-only"), IT("admins-only"))
    assert api.calls("sendDocument") == []


@pytest.mark.parametrize("data", ["k:1:new", "k:1:here", "n:1", "t", "v"])
async def test_buttons_of_reports_do_nothing_for_readers(api: BotApiServer, settings, running, heard, data) -> None:
    remembering(settings.citabot_library, fill)
    async with running() as bot:
        message = await bot.application.bot.send_message(READER.id, "?")
        api.press({"chat": {"id": READER.id, "type": "private"}, "message_id": message.message_id}, data)
        told = await heard("answerCallbackQuery")
    assert told.params["text"] == EN("admins-only")
    assert [call.method for call in api.calls() if call.method.startswith("send")] == ["sendMessage"]
