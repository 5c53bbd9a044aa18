"""Articles one by one: an admin looks them up, takes them out and puts them back."""

import pytest

from bot.i18n import texts_for
from tests.bot.conftest import OPERATOR
from tests.bot.desk import BREAD, WHEN, added, answer, buttons, done
from tests.bot_api import READER, BotApiServer, marked

EN, IT = texts_for("en"), texts_for("it")


async def test_articles_are_listed_and_found_by_the_words_of_title_author_and_file(
    api: BotApiServer, at_work, heard
) -> None:
    async with at_work():
        api.say("/articles", user=OPERATOR)
        all_of_them = await heard()
        api.say("/articles battello BIBLIOTECA", user=OPERATOR)
        one = await heard(after=all_of_them.number)
        api.say("/articles no such <words>", user=OPERATOR)
        none = await heard(after=one.number)
    heading, *lines = all_of_them.params["text"].split("\n")
    assert heading == "3 articles"
    assert [line[:3] for line in lines] == ["1. ", "2. ", "3. "]
    assert list(buttons(all_of_them)) == ["1", "2", "3"]
    assert one.params["text"].startswith("One article\n1. ")
    assert one.params["text"].endswith("biblioteca-sul-battello.md")
    assert none.params["text"] == "No article has “no such <words>” in its title, author or file."


async def test_an_article_that_was_taken_out_is_not_quoted_until_it_is_put_back(
    api: BotApiServer, at_work, heard
) -> None:
    async with at_work():
        await added(api, heard, "bread.txt", BREAD)
        api.say("/articles bread.txt", user=OPERATOR)
        found = await heard(where=lambda params: params["text"].startswith("One article"))
        api.press(found.result, buttons(found)["1"], user=OPERATOR)
        card = await heard(after=found.number)
        assert card.params["text"].startswith("Bread\nbread.txt · one passage\nBread\n\nThe bakery")

        api.press(card.result, buttons(card)["Remove"], user=OPERATOR)
        end = await heard("editMessageText", where=done, after=card.number, timeout=180)
        assert "0 added, 0 changed, 1 removed, 3 unchanged.\nOne article is withheld." in end.params["text"]
        assert "opens at six" not in (await answer(api, heard, WHEN)).params["text"]
        api.press(card.result, buttons(card)["Remove"], user=OPERATOR)
        await heard("answerCallbackQuery", where=lambda params: params.get("text") == EN("article-gone"))

        after = len(api.calls())
        api.say("/removed", user=OPERATOR)
        removed = await heard(after=after)
        assert removed.params["text"].startswith("Taken out\n• Bread · 20")
        api.press(removed.result, buttons(removed)["Put back: Bread"], user=OPERATOR)
        end = await heard("editMessageText", where=done, after=removed.number, timeout=180)
        assert "1 added, 0 changed, 0 removed, 3 unchanged" in end.params["text"]
        assert marked((await answer(api, heard, WHEN)).params) == [
            "The bakery in Via Lunga opens at six in the morning."
        ]

        after = len(api.calls())
        api.say("/record", user=OPERATOR)
        record = await heard(after=after)
        api.say("/removed", user=OPERATOR)
        assert (await heard(after=record.number)).params["text"] == EN("removed-none")
    assert [line.split(" · ")[1:] for line in record.params["text"].split("\n")[1:]] == [
        ["Grace", "put back", "Bread"],
        ["Grace", "took out", "Bread"],
        ["Grace", "added", "bread.txt"],
    ]


@pytest.mark.parametrize(
    "data", ["y:0123456789ab", "d:0123456789ab", "b:AAAAAAAAAAA", "x:AAAAAAAAAAA", "u:AAAAAAAAAAA"]
)
async def test_buttons_for_articles_do_nothing_for_readers(api: BotApiServer, at_work, heard, data) -> None:
    async with at_work() as bot:
        message = await bot.application.bot.send_message(READER.id, "?")
        api.press(
            {"chat": {"id": READER.id, "type": "private"}, "message_id": message.message_id}, data, language_code="it"
        )
        told = await heard("answerCallbackQuery")
    assert told.params["text"] == IT("admins-only")
    assert len(api.messages(READER.id)) == 1
