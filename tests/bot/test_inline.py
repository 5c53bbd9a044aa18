"""In any chat, `@bot question` offers quotes to post, each with its source."""

from bot.i18n import texts_for
from tests.bot.conftest import ADMIN
from tests.bot.shown import STEPS, Noting, judged, quoted, remembered
from tests.bot_api import READER, BotApiServer, marked

EN, IT = texts_for("en"), texts_for("it")


async def test_a_quote_is_picked_and_posted_with_its_source_and_nothing_is_remembered(
    api: BotApiServer, running, heard, answerer, library
) -> None:
    async with running(judged(answerer, "answered")):
        query = api.inquire(STEPS)
        answer = await heard("answerInlineQuery")
    quotes = answerer(STEPS).quotes
    results = answer.params["results"]
    assert [result["id"] for result in results] == ["1", "2", "3"]
    assert [result["title"] for result in results] == [
        quote.article.title if len(quote.article.title) <= 100 else quote.article.title[:100] + "…" for quote in quotes
    ]
    assert results[0]["description"] == quotes[0].highlights[0].of(quotes[0].article.text)
    content = results[0]["input_message_content"]
    posted = {"text": content["message_text"], "entities": content["entities"]}
    assert quoted(posted) == quotes[0].text
    assert marked(posted) == [quotes[0].highlights[0].of(quotes[0].article.text)]
    assert posted["text"].endswith("The night shift at Carrow Point · Helen Draycott · 2024-10-03 · paragraph 1 of 6")
    assert content["link_preview_options"] == {"is_disabled": True}
    assert (answer.params["is_personal"], answer.params["cache_time"]) == (True, 30)
    assert api.choose(query, "1") is None, "without an address there is no button"
    assert remembered(library, "SELECT count(*) FROM turns") == [(0,)]


async def test_too_little_small_talk_and_what_the_articles_do_not_say_offer_nothing_but_a_word(
    api: BotApiServer, running, heard, answerer
) -> None:
    noting = Noting(judged(answerer, "nothing"))
    said, number = [], 0
    async with running(noting):
        for query in ("", "  wh  ", "hello", STEPS):
            api.inquire(query, language_code="it")
            answer = await heard("answerInlineQuery", after=number)
            assert answer.params.get("results", []) == []
            assert answer.params["button"]["start_parameter"] == "inline"
            said.append(answer.params["button"]["text"])
            number = answer.number
    assert said == [IT("inline-ask"), IT("inline-ask"), IT("inline-ask"), IT("inline-none")]
    assert noting.asked == [STEPS]


async def test_an_inline_query_that_is_over_troubles_nobody(api: BotApiServer, running, heard) -> None:
    api.answer_within = 0.0
    async with running():
        api.inquire(STEPS)
        api.say("thanks")
        thanks = await heard()
        while not api.calls("answerInlineQuery"):
            api.say("thanks")
            thanks = await heard(after=thanks.number)
    assert not api.calls("answerInlineQuery")[0].succeeded
    assert api.messages(ADMIN) == []
    assert {message["text"] for message in api.messages(READER.id)} == {EN("thanks")}


async def test_inline_queries_have_a_limit_of_their_own_beyond_which_nothing_is_looked_up(
    api: BotApiServer, running, heard, answerer, settings
) -> None:
    async with running(settings=settings.model_copy(update={"citabot_questions_a_minute": 1})):
        after = 0
        for number in range(6):
            api.inquire(f"{STEPS} {number}")
            after = (await heard("answerInlineQuery", after=after)).number
    offered = [len(call.params["results"]) for call in api.calls("answerInlineQuery")]
    assert all(offered[:5])
    assert offered[5:] == [0]


async def test_a_quote_of_its_own_that_was_picked_in_inline_mode_is_no_question(
    api: BotApiServer, running, heard, library
) -> None:
    chat = {"id": READER.id, "type": "private", "first_name": "Ada"}
    ada = {"id": READER.id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    picked = {"message_id": 900, "date": 1, "chat": chat, "from": ada, "via_bot": api.bot, "text": STEPS}
    async with running():
        api.push({"message": picked})
        api.say("thanks")
        assert (await heard()).params["text"] == EN("thanks")
    assert remembered(library, "SELECT count(*) FROM turns") == [(0,)]
