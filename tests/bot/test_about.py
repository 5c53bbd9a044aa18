"""/start, /help and /sources, as readers and admins meet them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.i18n import texts_for
from index.indexer import index_sources
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from tests.bot.conftest import OPERATOR
from tests.bot_api import READER, BotApiServer, marked
from tests.fakes import HashingEmbedder

EN, IT = texts_for("en"), texts_for("it")


@pytest.fixture
def many(tmp_path: Path) -> Iterator[LocalShelf]:
    """Twenty-three articles, titled in their order."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(1, 24):
        title = f"Article {number:02} 🦉"
        head = f"---\ntitle: {title}\nauthor: Ada\nurl: https://example.org/{number}\n---\n\n"
        (folder / f"{number}.md").write_text(f"{head}The owl number {number} sleeps.", encoding="utf-8")
    with LocalLibraryWriter(tmp_path / "many-library") as writer:
        index_sources([folder], writer=writer, embedder=HashingEmbedder())
    shelf = LocalShelf(tmp_path / "many-library")
    yield shelf
    shelf.close()


def buttons(message: dict) -> list[tuple[str, str]]:
    (row,) = message["reply_markup"]["inline_keyboard"]
    return [(button["text"], button["callback_data"]) for button in row]


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
    assert admins.params["text"] == readers.params["text"] + "\n" + EN("help-admin")
    assert "/reindex – take up changed articles\n/status – how I am doing" in admins.params["text"]


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


async def test_a_few_sources_stand_on_one_page_in_order_without_buttons(api: BotApiServer, running, heard) -> None:
    async with running():
        api.say("/sources")
        sources = await heard()
    heading, *titles = sources.params["text"].split("\n")
    assert heading == "3 articles"
    assert marked(sources.params) == ["3 articles"]
    assert [title[:10] for title in titles] == ["• Kim Jong", "• La bibli", "• The nigh"]
    assert titles[2] == "• The night shift at Carrow Point · Helen Draycott · 2024-10-03"
    assert "reply_markup" not in sources.result


async def test_many_sources_are_leafed_through_in_place(api: BotApiServer, running, heard, many) -> None:
    async with running(shelf=many):
        api.say("/sources")
        first = await heard()
        assert first.params["text"].split("\n")[0] == "23 articles"
        assert marked(first.params, "text_link") == [f"Article {number:02} 🦉" for number in range(1, 11)]
        assert first.params["entities"][1]["url"] == "https://example.org/1"
        assert buttons(first.result) == [("1 of 3", "sources:1"), ("›", "sources:2")]

        api.press(first.result, "sources:2")
        second = await heard("editMessageText")
        assert marked(second.params, "text_link") == [f"Article {number:02} 🦉" for number in range(11, 21)]
        assert buttons(second.result) == [("‹", "sources:1"), ("2 of 3", "sources:2"), ("›", "sources:3")]

        api.press(first.result, "sources:3", language_code="it")
        third = await heard("editMessageText", after=second.number)
        assert third.params["text"].split("\n")[0] == "23 articoli"
        assert marked(third.params, "text_link") == [f"Article {number} 🦉" for number in (21, 22, 23)]
        assert buttons(third.result) == [("‹", "sources:2"), ("3 di 3", "sources:3")]
    assert len(api.messages(READER.id)) == 1
    assert len([call for call in api.calls("answerCallbackQuery") if call.succeeded]) == 2


async def test_a_page_that_is_no_longer_there_is_the_last_one(api: BotApiServer, running, heard, many) -> None:
    async with running(shelf=many):
        api.say("/sources")
        first = await heard()
        api.press(first.result, "sources:999999")
        last = await heard("editMessageText")
    assert marked(last.params, "text_link") == [f"Article {number} 🦉" for number in (21, 22, 23)]


async def test_a_page_turned_in_a_message_that_is_gone_troubles_nobody(api: BotApiServer, running, heard, many) -> None:
    async with running(shelf=many) as bot:
        api.say("/sources")
        first = await heard()
        await bot.application.bot.delete_message(READER.id, first.result["message_id"])
        api.press(first.result, "sources:2")
        await heard("answerCallbackQuery")
    assert [call.succeeded for call in api.calls("editMessageText")] == [False]
    assert [call.params["chat_id"] for call in api.calls("sendMessage")] == [READER.id]
