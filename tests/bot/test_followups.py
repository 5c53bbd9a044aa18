"""What comes next is understood from what was asked before: bounded, forgotten after a while, and /new starts over."""

from bot.i18n import texts_for
from bot.state.turns import REMEMBERED
from tests.bot.shown import STEPS, Noting, judged, quoted, remembered
from tests.bot_api import BotApiServer, Reader

EN = texts_for("en")
OTHER = Reader(id=77)


async def test_a_question_may_go_on_from_the_one_before(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("when does the tower open to visitors?")
        first = await heard()
        api.say("and for kids?")
        second = await heard(after=first.number)
        assert "Children enter free" in quoted(second.params)
        api.say("su che treno viaggia Kim?")
        other = await heard(after=second.number)
    assert "treno blindato" in quoted(other.params), "a new subject is not dragged back to the old one"


async def test_the_last_three_turns_are_remembered_across_a_restart_and_each_reader_has_their_own(
    api: BotApiServer, running, heard, answerer
) -> None:
    noting, number = Noting(judged(answerer, "answered")), 0

    async def ask(text: str, **who: object) -> list[str]:
        nonlocal number
        api.say(text, **who)
        number = (await heard(after=number)).number
        return [turn.text for turn in noting.how[-1]["turns"]]

    async with running(noting):
        assert await ask("one lighthouse?") == []
        assert await ask("two lamps?") == ["one lighthouse?"]
    async with running(noting):
        assert len(await ask("three boats?")) == 2
        assert await ask("four boats?", user=OTHER) == []
        assert len(await ask("five boats?")) == 3
        last = await ask("six boats?")
    assert [
        text.endswith(asked) for text, asked in zip(last, ("two lamps?", "three boats?", "five boats?"), strict=True)
    ]


async def test_after_new_and_after_half_an_hour_a_conversation_begins_anew(
    api: BotApiServer, running, heard, answerer, library
) -> None:
    noting, number = Noting(judged(answerer, "answered")), 0

    async def say(text: str) -> str:
        nonlocal number
        api.say(text)
        call = await heard(after=number)
        number = call.number
        return str(call.params["text"])

    async with running(noting):
        await say(STEPS)
        assert await say("/new") == EN("begun-anew")
        await say("when?")
        assert noting.how[-1]["turns"] == []
        await say("why?")
        assert len(noting.how[-1]["turns"]) == 1
        remembered(library, "UPDATE turns SET at = at - ?", REMEMBERED + 1)
        await say("and who?")
        assert noting.how[-1]["turns"] == []
    assert remembered(library, "SELECT count(*) FROM turns") == [(4,)]


async def test_the_nearest_passages_that_were_no_answer_are_not_gone_back_to(
    api: BotApiServer, running, heard, answerer
) -> None:
    noting = Noting(judged(answerer, "nothing"))
    async with running(noting):
        api.say(STEPS)
        first = await heard()
        api.say("when?")
        await heard(after=first.number)
    (turn,) = noting.how[-1]["turns"]
    assert (turn.text, turn.places) == (STEPS, ())
