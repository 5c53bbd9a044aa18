"""/start, links into the bot, /help and /language, as readers and admins meet them."""

import pytest

from bot.i18n import texts_for
from bot.links import to_article, to_question
from tests.bot.conftest import OPERATOR
from tests.bot.shown import STEPS, data, quoted
from tests.bot_api import READER, BotApiServer, marked

EN, IT = texts_for("en"), texts_for("it")


async def test_start_is_welcomed_with_an_example(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/start")
        welcome = await heard()
    assert welcome.params["text"] == EN("welcome")
    assert welcome.params["text"].endswith("Try: when did it happen?")
    assert [message["text"] for message in api.messages(READER.id)] == [EN("welcome")]


async def test_help_counts_the_articles_and_shows_admins_their_commands_too(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/help")
        readers = await heard()
        api.say("/help", user=OPERATOR)
        admins = await heard(after=readers.number)
    assert "I look it up in 3 articles and show you" in readers.params["text"]
    assert "/reindex" not in readers.params["text"]
    assert admins.params["text"] == readers.params["text"] + "\n\n" + EN("help-admin")


@pytest.mark.parametrize(
    ("language", "texts"), [("it", IT), ("it-CH", IT), ("en", EN), ("pt-br", EN), ("xx", EN), (None, EN)]
)
async def test_the_bot_speaks_its_readers_language_else_the_settings(
    api: BotApiServer, running, heard, language, texts
) -> None:
    async with running():
        api.say("/start", language_code=language)
        assert (await heard()).params["text"] == texts("welcome")


async def test_where_the_readers_language_is_unknown_the_settings_language_is_spoken(
    api: BotApiServer, running, heard, settings
) -> None:
    async with running(settings=settings.model_copy(update={"citabot_language": "it"})):
        api.say("/help", language_code="sw")
        assert (await heard()).params["text"] == IT("help", articles=3)


async def test_a_readers_own_choice_comes_before_telegram_and_telegram_before_the_question(
    api: BotApiServer, running, heard
) -> None:
    async with running():
        api.say("dove si incontrano Kim Jong-un e Putin?", language_code=None)
        asked = await heard()
        assert "Next quote" not in str(asked.params["reply_markup"])
        assert IT("more-context") in str(asked.params["reply_markup"]), "nothing else is known than the question"

        api.say("dove si incontrano Kim Jong-un e Putin?", language_code="en")
        spoken = await heard(after=asked.number)
        assert EN("more-context") in str(spoken.params["reply_markup"])

        api.say("/language", language_code="en")
        offered = await heard(after=spoken.number)
        assert data(offered.result, "Italiano") == "g:it"
        assert data(offered.result, EN("language-of-telegram")) == "g:xx"
        api.press(offered.result, "g:it", language_code="en")
        chosen = await heard("editMessageText")
        assert chosen.params["text"] == IT("language-chosen")
        api.say("/start", language_code="en")
        assert (await heard(after=chosen.number)).params["text"] == IT("welcome")

        api.press(offered.result, "g:xx", language_code="en")
        again = await heard("editMessageText", after=chosen.number)
        assert again.params["text"] == EN("language-chosen")


async def test_a_link_opens_an_article_or_asks_a_question(api: BotApiServer, running, heard, answerer) -> None:
    article = answerer(STEPS).quotes[0].article
    link, question = to_article("citabot_test_bot", article.id), to_question("citabot_test_bot", STEPS)
    assert question is not None
    async with running():
        api.say(f"/start {link.partition('start=')[2]}")
        opened = await heard()
        api.say(f"/start {question.partition('start=')[2]}")
        asked = await heard(after=opened.number)
        api.say("/start aAAAAAAAAAAA", language_code="it")
        gone = await heard(after=asked.number)
        for odd in ("inline", "q!", "a", "qzzz", "x" * 64):
            api.say(f"/start {odd}")
        welcomes = [await heard(where=lambda params, n=n: params["reply_parameters"]["message_id"] == n)
                    for n in range(7, 12)]  # fmt: skip
    assert marked(opened.params) == ["The night shift at Carrow Point"]
    assert article.text in opened.params["text"]
    assert "132 steps" in quoted(asked.params)
    assert gone.params["text"] == IT("article-gone")
    assert {welcome.params["text"] for welcome in welcomes} == {EN("welcome")}


async def test_a_link_to_a_question_counts_as_a_question(api: BotApiServer, running, heard, settings) -> None:
    link = to_question("citabot_test_bot", STEPS)
    assert link is not None
    async with running(settings=settings.model_copy(update={"citabot_questions_a_minute": 1})):
        for _ in range(3):
            api.say(f"/start {link.partition('start=')[2]}")
        await heard(where=lambda params: params["text"] == EN("too-many"))
        api.say("/start")
        await heard(where=lambda params: params["text"] == EN("welcome"))
    assert len(api.messages(READER.id)) == 3
