"""When the articles don't say it the bot says so, and offers what else can be done."""

from dataclasses import replace

from bot.i18n import texts_for
from retrieval.answer import Answer
from retrieval.answerer import Answerer
from tests.bot.shown import WHERE, data, judged, quoted, remembered, rows
from tests.bot_api import READER, BotApiServer, marked

IT = texts_for("it")


async def test_when_the_articles_do_not_say_it_the_nearest_passage_and_a_word_later_are_a_tap_away(
    api: BotApiServer, running, heard, answerer: Answerer, library
) -> None:
    async with running(judged(answerer, "nothing")):
        api.say(WHERE, language_code="it")
        answer = await heard()
        assert answer.params["text"] == "Gli articoli non lo dicono."
        assert rows(answer.result) == [[IT("show-nearest")], [IT("tell-me-when")]]

        api.press(answer.result, data(answer.result, IT("tell-me-when")), language_code="it")
        told = await heard("answerCallbackQuery")
        assert told.params["text"] == IT("will-tell")
        assert remembered(library, "SELECT turn, user FROM waiting") == [(1, READER.id)]

        api.press(answer.result, data(answer.result, IT("show-nearest")), language_code="it")
        nearest = await heard("editMessageText")
    assert marked(nearest.params, "italic") == ["Non è una risposta, ma è il passo più vicino:"]
    assert "Vladivostok" in marked(nearest.params)[0]
    assert len(api.messages(READER.id)) == 1


async def test_in_a_group_nobody_is_offered_a_word_later(api: BotApiServer, running, heard, answerer) -> None:
    async with running(judged(answerer, "nothing")):
        api.say(f"/ask {WHERE}", chat_type="supergroup")
        assert rows((await heard()).result) == [["Show the nearest passage"]]


async def test_a_misspelt_question_is_suggested_in_a_better_spelling_that_a_tap_asks(
    api: BotApiServer, running, heard, answerer
) -> None:
    def strict(text: str, **how: object) -> Answer:
        wrong = "Vladivostk" in text
        return replace(answerer(text), verdict="nothing" if wrong else "answered", confidence=0.1 if wrong else 0.9)

    async with running(strict):
        api.say("Who is in Vladivostk?")
        answer = await heard()
        assert rows(answer.result)[0] == ["Did you mean: Who is in Vladivostok?"]
        api.press(answer.result, data(answer.result, "Did you mean"))
        better = await heard(after=answer.number)
    assert "Vladivostok" in quoted(better.params)
    assert better.result["reply_to_message"]["message_id"] == answer.result["message_id"]


async def test_where_there_is_no_passage_at_all_none_is_offered(api: BotApiServer, running, heard, answerer) -> None:
    def bare(text: str, **how: object) -> Answer:
        return replace(answerer(text), verdict="nothing", quotes=())

    async with running(bare):
        api.say(WHERE)
        answer = await heard()
    assert answer.params["text"] == "The articles don't say that."
    assert rows(answer.result) == [["Tell me when they do"]]
