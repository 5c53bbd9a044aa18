"""Who edits a question finds the answer corrected in its place."""

from bot.i18n import texts_for
from tests.bot.shown import STEPS, WHERE, Noting, data, judged, quoted, remembered
from tests.bot_api import READER, BotApiServer, marked
from tests.bot_api.server import GROUP_ID

EN = texts_for("en")
BOAT = "Come si chiama il battello della biblioteca?"


async def test_an_edited_question_is_answered_anew_in_the_place_of_its_old_answer_also_after_a_restart(
    api: BotApiServer, running, heard, answerer, library
) -> None:
    async with running():
        api.say(WHERE)
        await heard()
        (question,) = api.written(READER.id)
        api.edit(question["message_id"], STEPS)
        first = await heard("editMessageText")
        assert "132 steps" in quoted(first.params)
        assert first.params["link_preview_options"] == {"is_disabled": True}
    async with running():
        api.edit(question["message_id"], BOAT)
        second = await heard("editMessageText", after=first.number)
        api.press(second.result, data(second.result, "Next quote"))
        third = await heard("editMessageText", after=second.number)
    assert quoted(second.params) == answerer(BOAT).quotes[0].text
    assert quoted(third.params) == answerer(BOAT).quotes[1].text
    assert len(api.messages(READER.id)) == 1
    assert remembered(library, "SELECT id, text, number FROM turns") == [(1, BOAT, 2)]


async def test_an_edit_that_changes_nothing_is_silent_and_one_whose_answer_is_gone_gets_a_new_one(
    api: BotApiServer, running, heard
) -> None:
    async with running() as bot:
        api.say(STEPS)
        answer = await heard()
        (question,) = api.written(READER.id)
        api.edit(question["message_id"], STEPS)
        api.say("thanks")
        thanks = await heard(after=answer.number)
        assert len(api.messages(READER.id)) == 2
        await bot.application.bot.delete_message(READER.id, answer.result["message_id"])
        api.edit(question["message_id"], BOAT)
        again = await heard(after=thanks.number)
    assert "Ginestra" in quoted(again.params)


async def test_what_became_a_question_by_an_edit_is_answered_and_what_became_none_is_left(
    api: BotApiServer, running, heard
) -> None:
    async with running():
        api.say("nobody is spoken to", chat_type="supergroup")
        (talk,) = api.written(GROUP_ID)
        api.edit(talk["message_id"], f"@citabot_test_bot {STEPS}", chat_id=GROUP_ID)
        answer = await heard()
        api.edit(talk["message_id"], "never mind", chat_id=GROUP_ID)
        api.say("thanks")
        await heard(after=answer.number)
    assert marked(answer.params)[0].startswith("The lamp at Carrow Point")
    assert [message["text"] for message in api.messages(GROUP_ID)] == [answer.params["text"]]


async def test_an_earlier_question_that_is_edited_does_not_follow_the_later_ones(
    api: BotApiServer, running, heard, answerer
) -> None:
    noting = Noting(judged(answerer, "answered"))
    async with running(noting):
        api.say(STEPS)
        first = await heard()
        api.say(BOAT)
        second = await heard(after=first.number)
        api.edit(api.written(READER.id)[0]["message_id"], "Is there a lamp?")
        await heard("editMessageText", after=second.number)
        assert noting.how[-1]["turns"] == []
        api.edit(api.written(READER.id)[1]["message_id"], "Is there a boat?")
        await heard("editMessageText", where=lambda params: params["message_id"] == second.result["message_id"])
    assert [turn.text for turn in noting.how[-1]["turns"]] == ["Is there a lamp?"]


async def test_whoever_waits_for_an_answer_still_does_after_mending_the_question(
    api: BotApiServer, running, heard, answerer, library
) -> None:
    async with running(judged(answerer, "nothing")):
        api.say("When does the bakery oepn?")
        answer = await heard()
        api.press(answer.result, data(answer.result, EN("tell-me-when")))
        await heard("answerCallbackQuery")
        api.edit(api.written(READER.id)[-1]["message_id"], "When does the bakery open?")
        api.say("thanks")
        await heard(where=lambda params: params["text"] == EN("thanks"))
    assert remembered(library, "SELECT text FROM turns") == [("When does the bakery open?",)]
    ((turn, user),) = remembered(library, "SELECT turn, user FROM waiting")
    assert (turn, user) == (remembered(library, "SELECT id FROM turns")[0][0], READER.id)
