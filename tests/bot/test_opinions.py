"""What readers think of an answer is kept with it: thumbs, reactions, a wrong quote, and a comment."""

from bot.i18n import texts_for
from tests.bot.shown import STEPS, WHERE, data, judged, remembered, rows
from tests.bot_api import READER, BotApiServer, Reader
from tests.bot_api.server import GROUP_ID

EN, IT = texts_for("en"), texts_for("it")
BOB = Reader(id=77)
KEPT = "SELECT turn, user, opinion, number, comment FROM opinions ORDER BY turn, user"


async def test_thumbs_are_kept_with_the_quote_they_are_about_and_the_last_one_counts(
    api: BotApiServer, running, heard, library
) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.press(answer.result, data(answer.result, "👍"))
        thanked = await heard("answerCallbackQuery")
        assert (thanked.params["text"], thanked.params["show_alert"]) == (EN("thanks-for-opinion"), False)
        assert remembered(library, KEPT) == [(1, READER.id, "good", 1, None)]

        api.press(answer.result, data(answer.result, "Next quote"))
        second = await heard("editMessageText")
        api.press(second.result, data(second.result, "👎"))
        asked = await heard("editMessageReplyMarkup")
        assert rows(asked.result)[-1] == [EN("wrong-quote"), EN("comment")]
        assert rows(asked.result)[:-1] == rows(second.result)[:-1]
        assert remembered(library, KEPT) == [(1, READER.id, "bad", 2, None)]

        api.press(asked.result, data(second.result, "👎"))
        again = await heard("answerCallbackQuery", after=asked.number)
        api.press(asked.result, data(asked.result, EN("wrong-quote")))
        await heard("answerCallbackQuery", after=again.number)
    assert remembered(library, KEPT) == [(1, READER.id, "wrong", 2, None)]
    assert len(api.calls("sendMessage")) == 1, "the same buttons again are no error"
    generation = remembered(library, "SELECT generation, confidence > 0 FROM turns")
    assert generation == [(1, 1)]
    assert remembered(library, "SELECT count(*) FROM quotes WHERE turn = 1") == [(3,)]


async def test_a_comment_is_asked_for_and_the_reply_is_no_question_not_even_once_it_is_edited(
    api: BotApiServer, running, heard, library
) -> None:
    async with running():
        api.say(WHERE)
        answer = await heard()
        api.press(answer.result, "c:1", language_code="it")
        please = await heard(after=answer.number)
        assert please.params["text"] == IT("comment-please")
        assert please.params["reply_markup"]["force_reply"] is True
    async with running():
        api.say("It's about the wrong leaders <3", reply_to=please.result)
        thanks = await heard(after=please.number)
        assert thanks.params["text"] == EN("thanks-for-opinion")
        comment = api.written(READER.id)[-1]
        api.edit(comment["message_id"], "It's about the wrong leaders 🤷")
        await heard(after=thanks.number)
    assert remembered(library, KEPT) == [(1, READER.id, "bad", 1, "It's about the wrong leaders 🤷")]
    assert remembered(library, "SELECT count(*) FROM turns") == [(1,)]


async def test_reactions_are_opinions_too_and_can_be_taken_back(api: BotApiServer, running, heard, library) -> None:
    async def settled() -> list[tuple[object, ...]]:
        api.say("thanks", user=BOB)
        nonlocal number
        number = (await heard(after=number)).number
        return remembered(library, KEPT)

    async with running():
        api.say(STEPS)
        answer = await heard()
        number = answer.number
        api.react(answer.result, "👎", user=BOB)
        assert await settled() == [(1, BOB.id, "bad", 1, None)]
        api.react(answer.result, "❤", user=BOB)
        assert await settled() == [(1, BOB.id, "good", 1, None)]
        api.react(answer.result, "🤔", "👎", user=BOB)
        assert await settled() == [(1, BOB.id, "bad", 1, None)]
        api.react(answer.result, user=BOB)
        assert await settled() == []


async def test_a_reaction_that_is_no_opinion_leaves_the_one_that_was_given_by_a_button(
    api: BotApiServer, running, heard, library
) -> None:
    async with running():
        api.say(STEPS)
        answer = await heard()
        api.press(answer.result, data(answer.result, "👎"))
        await heard("editMessageReplyMarkup")
        api.react(answer.result, "🤔")
        api.react(answer.result)
        api.say("thanks")
        await heard(after=answer.number)
    assert remembered(library, KEPT) == [(1, READER.id, "bad", 1, None)]


async def test_each_reader_in_a_group_has_an_opinion_of_their_own(api: BotApiServer, running, heard, library) -> None:
    api.promote_bot()
    async with running():
        api.say(f"/ask {STEPS}", chat_type="supergroup")
        answer = await heard(where=lambda params: "reply_markup" in params)
        api.press(answer.result, data(answer.result, "👍"), user=BOB)
        await heard("answerCallbackQuery")
        api.react(answer.result, "👎")
        api.say("thanks")
        await heard(where=lambda params: params["chat_id"] == READER.id)
    assert remembered(library, KEPT) == [(1, BOB.id, "good", 1, None), (1, READER.id, "bad", 1, None)]
    assert [message["text"] for message in api.messages(GROUP_ID)][-1] == answer.params["text"]


async def test_a_reaction_to_what_is_no_answer_says_nothing(
    api: BotApiServer, running, heard, library, answerer
) -> None:
    async with running(judged(answerer, "answered")):
        api.say("/help")
        helped = await heard()
        api.react(helped.result, "👎")
        api.say("thanks")
        await heard(after=helped.number)
    assert remembered(library, KEPT) == []
