"""An article whose address Telegram takes for no link is answered from, listed and read like any other."""

import json

import pytest

from bot.i18n import texts_for
from tests.bot.conftest import OPERATOR
from tests.bot.desk import BREAD, WHEN, added, answer, buttons
from tests.bot.shown import data, rows
from tests.bot_api import BotApiServer, marked

EN = texts_for("en")
SENTENCE = "The bakery in Via Lunga opens at six in the morning."


@pytest.mark.parametrize("url", ["http://wiki/bakery", f"https://example.org/{'a' * 9000}"], ids=["no dot", "endless"])
async def test_its_title_stands_plainly_and_it_can_be_read_here(api: BotApiServer, at_work, heard, url: str) -> None:
    article = {"id": "bread", "title": "Bread", "lang": "en", "url": url, "text": BREAD}
    async with at_work():
        await added(api, heard, "bread.jsonl", json.dumps(article))
        quoted = await answer(api, heard, WHEN)
        api.press(quoted.result, data(quoted.result, EN("read-article")))
        page = await heard(after=quoted.number)
        api.say("/sources")
        sources = await heard(after=page.number)
        api.say("/articles bread", user=OPERATOR)
        found = await heard(after=sources.number)
        api.press(found.result, buttons(found)["1"], user=OPERATOR)
        card = await heard(after=found.number)
    assert marked(quoted.params) == [SENTENCE]
    assert quoted.params["text"].endswith("\nBread · paragraph 2 of 2")
    assert marked(quoted.params, "text_link") == []
    assert rows(quoted.result)[1][0] == EN("read-article")
    assert page.params["text"] == f"Bread\n\n{BREAD}"
    assert "Bread" in marked(sources.params, "text_link")
    assert all("wiki" not in link and len(link) < 100 for link in links(sources.params))
    assert (card.params["text"].split("\n")[0], marked(card.params, "text_link")) == ("Bread", [])


def links(params: dict) -> list[str]:
    return [entity["url"] for entity in params["entities"] if entity["type"] == "text_link"]
