"""Mentioned in a chat where it is no member, the bot posts one answer there."""

from bot.i18n import texts_for
from tests.bot.conftest import ADMIN
from tests.bot.shown import STEPS, Noting, judged, quoted, remembered
from tests.bot_api import BotApiServer

EN, IT = texts_for("en"), texts_for("it")


async def test_a_guest_answers_with_one_quote_and_remembers_nothing(
    api: BotApiServer, running, heard, answerer, library
) -> None:
    noting = Noting(judged(answerer, "answered"))
    async with running(noting):
        api.summon(f"@citabot_test_bot {STEPS}")
        answer = await heard("answerGuestQuery")
    posted = api.inline_message(answer.result["inline_message_id"])
    assert noting.asked == [STEPS]
    assert quoted(posted) == answerer(STEPS).quotes[0].text
    assert posted["text"].endswith(" · paragraph 1 of 6")
    assert api.calls("sendMessage") == []
    assert remembered(library, "SELECT count(*) FROM turns") == [(0,)]


async def test_a_guest_says_so_when_there_is_nothing_to_quote_or_nothing_was_asked(
    api: BotApiServer, running, heard, answerer
) -> None:
    async with running(judged(answerer, "nothing")):
        api.summon(f"{STEPS} @citabot_test_bot", language_code="it")
        nothing = await heard("answerGuestQuery")
        api.summon("@citabot_test_bot", language_code="it")
        empty = await heard("answerGuestQuery", after=nothing.number)
    said = [api.inline_message(call.result["inline_message_id"])["text"] for call in (nothing, empty)]
    assert said == [IT("nothing"), IT("empty")]


async def test_an_answer_that_comes_too_late_troubles_nobody(api: BotApiServer, running, heard) -> None:
    api.answer_within = 0.0
    async with running():
        api.summon(f"@citabot_test_bot {STEPS}")
        number = 0
        while not api.calls("answerGuestQuery"):
            api.say("thanks")
            number = (await heard(after=number)).number
    assert not api.calls("answerGuestQuery")[0].succeeded
    assert api.messages(ADMIN) == []
