"""Articles are read in Telegram: listed, opened at the quoted place, page by page or as a file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.i18n import texts_for
from index.indexer import index_sources
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from retrieval.answerer import Answerer
from tests.bot.shown import STEPS, button, data, judged, quoted, rows
from tests.bot_api import READER, BotApiServer, marked, utf16
from tests.conftest import SEEDS
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


@pytest.fixture
def long_article(tmp_path: Path) -> Iterator[tuple[LocalShelf, str]]:
    """One of four pages, with a zebra on the third, and its text."""
    folder = tmp_path / "long"
    folder.mkdir()
    paragraphs = [f"Paragraph {number} 🦉 " + f"tells of owl{number} and their trees. " * 12 for number in range(26)]
    paragraphs[17] += "A zebra crossing stands here."
    text = "\n\n".join(paragraph.strip() for paragraph in paragraphs)
    (folder / "long.md").write_text(f"---\ntitle: Long 🦓 <b>& tall</b>\n---\n\n{text}", encoding="utf-8")
    with LocalLibraryWriter(tmp_path / "long-library") as writer:
        index_sources([folder], writer=writer, embedder=HashingEmbedder())
    shelf = LocalShelf(tmp_path / "long-library")
    yield shelf, text
    shelf.close()


def buttons(message: dict) -> list[tuple[str, str]]:
    (row,) = message["reply_markup"]["inline_keyboard"]
    return [(button["text"], button["callback_data"]) for button in row]


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
        assert buttons(first.result) == [("1 of 3", "l:1"), ("›", "l:2")]

        api.press(first.result, "l:2")
        second = await heard("editMessageText")
        assert marked(second.params, "text_link") == [f"Article {number:02} 🦉" for number in range(11, 21)]
        assert buttons(second.result) == [("‹", "l:1"), ("2 of 3", "l:2"), ("›", "l:3")]

        api.press(first.result, "l:3", language_code="it")
        third = await heard("editMessageText", after=second.number)
        assert third.params["text"].split("\n")[0] == "23 articoli"
        assert marked(third.params, "text_link") == [f"Article {number} 🦉" for number in (21, 22, 23)]
        assert buttons(third.result) == [("‹", "l:2"), ("3 di 3", "l:3")]
    assert len(api.messages(READER.id)) == 1
    assert len([call for call in api.calls("answerCallbackQuery") if call.succeeded]) == 2


async def test_a_page_that_is_no_longer_there_is_the_last_one(api: BotApiServer, running, heard, many) -> None:
    async with running(shelf=many):
        api.say("/sources")
        first = await heard()
        api.press(first.result, "l:999999")
        last = await heard("editMessageText")
    assert marked(last.params, "text_link") == [f"Article {number} 🦉" for number in (21, 22, 23)]


async def test_a_page_turned_in_a_message_that_is_gone_troubles_nobody(api: BotApiServer, running, heard, many) -> None:
    async with running(shelf=many) as bot:
        api.say("/sources")
        first = await heard()
        await bot.application.bot.delete_message(READER.id, first.result["message_id"])
        api.press(first.result, "l:2")
        await heard("answerCallbackQuery")
    assert [call.succeeded for call in api.calls("editMessageText")] == [False]
    assert [call.params["chat_id"] for call in api.calls("sendMessage")] == [READER.id]


async def test_the_list_can_be_of_articles_with_some_words_on_every_page(
    api: BotApiServer, running, heard, many
) -> None:
    async with running(shelf=many):
        api.say("/sources ada 1")
        assert (await heard()).params["text"].split("\n")[:2] == ["One article", "• Article 01 🦉 · Ada"]
        api.say("/sources ADA owl-tower")
        none = await heard(where=lambda params: "owl-tower" in params["text"])
        api.say("/sources Article")
        first = await heard(after=none.number)
        assert buttons(first.result) == [("1 of 3", "l:1:Article"), ("›", "l:2:Article")]
        api.press(first.result, "l:3:Article")
        last = await heard("editMessageText")
    assert none.params["text"] == EN("no-such-articles", words="ADA owl-tower")
    assert first.params["text"].startswith("23 articles")
    assert marked(last.params, "text_link") == [f"Article {number} 🦉" for number in (21, 22, 23)]


async def test_the_words_are_known_where_the_command_is_gone_or_it_is_said_that_they_are_not(
    api: BotApiServer, running, heard, many
) -> None:
    async with running(shelf=many) as bot:
        api.say("/sources " + "Article " * 7)
        first = await heard()
        next_page = data(first.result, "›")
        api.press(first.result, next_page)
        second = await heard("editMessageText")
        alone = (await bot.application.bot.send_message(READER.id, "?")).to_dict()
        api.press(alone, next_page)
        await heard("answerCallbackQuery", where=lambda params: params.get("text") == EN("question-gone"))
        api.press(alone, "l:1:ada 1")
        one = await heard("editMessageText", after=second.number)
    assert marked(second.params, "text_link")[0] == "Article 11 🦉"
    assert one.params["text"].split("\n") == ["One article", "• Article 01 🦉 · Ada"]


async def test_an_article_is_opened_on_the_page_of_the_quote_turned_and_sent_as_a_file(
    api: BotApiServer, running, heard, long_article
) -> None:
    shelf, text = long_article
    async with running(judged(Answerer(shelf.current, HashingEmbedder()), "answered"), shelf=shelf):
        api.say("zebra crossing")
        answer = await heard()
        assert "zebra" in quoted(answer.params)
        api.press(answer.result, data(answer.result, "Read the article"))
        page = await heard(after=answer.number)
        assert "zebra" in page.params["text"]
        assert page.params["text"].startswith("Long 🦓 <b>& tall</b>\n\n")
        assert marked(page.params) == ["Long 🦓 <b>& tall</b>"]
        assert rows(page.result) == [["‹", "3 of 4", "›"], ["As a file"]]
        pages = {3: page.params["text"]}
        for number in (4, 1, 2):
            prefix = data(page.result, "3 of 4").rpartition(":")[0]
            api.press(page.result, f"{prefix}:{number}")
            turned = await heard("editMessageText", where=lambda params, n=number: f"{n} of 4" in str(params))
            pages[number] = turned.params["text"]
        api.press(page.result, data(page.result, "As a file"))
        file = await heard("sendDocument")
        api.press(page.result, "a:AAAAAAAAAAA:1")
        gone = await heard("answerCallbackQuery", where=lambda params: "text" in params)
    assert all(utf16.length(shown) <= 4096 for shown in pages.values())
    shown = [pages[number].partition("\n\n")[2] for number in (1, 2, 3, 4)]
    assert "".join("".join(shown).split()) == "".join(text.split()), "every word is on one of the pages"
    assert file.params["document"].decode() == text
    assert file.params["document"].name == "Long b tall b.txt"
    assert gone.params["text"] == EN("article-gone")


async def test_an_article_with_an_address_is_opened_at_the_sentence_and_shared(
    api: BotApiServer, running, heard, many
) -> None:
    async with running(judged(Answerer(many.current, HashingEmbedder()), "answered"), shelf=many):
        api.say("The owl number 7 sleeps.")
        answer = await heard()
    assert quoted(answer.params) == "The owl number 7 sleeps."
    address = "https://example.org/7#:~:text=The%20owl%20number%207%20sleeps."
    assert button(answer.result, "Open the article")["url"] == address
    assert answer.params["entities"][-1]["url"] == address
    chats = {"allow_user_chats": True, "allow_group_chats": True, "allow_channel_chats": True}
    shared = button(answer.result, "Share")["switch_inline_query_chosen_chat"]
    assert shared == {"query": "The owl number 7 sleeps."} | chats


async def test_after_a_reindex_old_buttons_work_unless_the_article_changed_or_is_gone(
    api: BotApiServer, running, heard, tmp_path, default_embedder, answerer, library
) -> None:
    boats = "Come si chiama il battello della biblioteca?"
    kim = 1 + ["Kim" in quote.article.title for quote in answerer(boats).quotes].index(True)
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    shelf = LocalShelf(library)
    asking = Answerer(shelf.current, default_embedder)
    try:
        async with running(asking, shelf=shelf):
            api.say(STEPS)
            lamp = await heard()
            api.say(boats)
            boat = await heard(after=lamp.number)
        (folder / "lighthouse-volunteers.md").unlink()
        changed = folder / "biblioteca-sul-battello.md"
        changed.write_text(changed.read_text("utf-8").replace("Elio Brandini", "Ugo Brandini"), "utf-8")
        with LocalLibraryWriter(library) as writer:
            index_sources([folder], writer=writer, embedder=default_embedder)
        async with running(asking, shelf=shelf):
            notices, number = [], boat.number
            for message, pressed in (
                (lamp.result, data(lamp.result, "More context")),
                (lamp.result, data(lamp.result, "Read the article")),
                (boat.result, data(boat.result, "More context")),
            ):
                api.press(message, pressed, language_code="it")
                notice = await heard("answerCallbackQuery", after=number)
                notices.append(notice.params.get("text"))
                number = notice.number
            api.press(boat.result, f"q:2:{kim}:0")
            shown = await heard("editMessageText")
    finally:
        shelf.close()
    assert notices == [IT("article-changed")] * 3
    assert "Kim Jong-un" in shown.params["text"]
