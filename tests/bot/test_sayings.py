"""In Telegram words are underlined and other articles are told of, as long as they say it, beneath the first quote."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.article import Article, Span
from index.indexer import index_sources
from index.local.library import LocalShelf
from index.local.writer import LocalLibraryWriter
from retrieval.answer import Answer, Quote
from tests.bot.listening import listening
from tests.bot.quotes import answer, quote, saying
from tests.bot.shown import data, quoted
from tests.bot_api import BotApiServer, marked
from tests.fakes import HashingEmbedder

ARTICLES = {
    "harbour": ("The harbour", None, "It is old. It is small. The ferry leaves at six. It is blue. It is slow."),
    "timetable": ("The timetable", "2024-05-14", "The ferry leaves at six."),
    "notice": ("A notice", None, "Ferry at six, as always."),
    "leaflet": ("A leaflet", "2019-03-01", "The ferry leaves at seven."),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files that a test may change."""
    (folder := tmp_path / "articles").mkdir()
    for name, (title, published, text) in ARTICLES.items():
        dated = f"date: {published}\n" if published else ""
        (folder / f"{name}.md").write_text(f"---\nid: {name}\ntitle: {title}\n{dated}---\n\n{text}\n")
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Path:
    """Indexed without a model."""
    index(tmp_path / "library", folder)
    return tmp_path / "library"


def index(library: Path, folder: Path) -> None:
    with LocalLibraryWriter(library) as writer:
        index_sources([folder], writer=writer, embedder=HashingEmbedder())


def said(of: Article, sentence: str, words: str) -> Quote:
    start, at = of.text.index(sentence), of.text.index(words)
    made = quote(of.text, Span(start, start + len(sentence)), of=of)
    return replace(made, span=Span(start, start + len(sentence)), words=(Span(at, at + len(words)),))


@pytest.fixture
def answering(library: Path) -> Callable[..., Answer]:
    """When the ferry leaves: three articles say six, and one says seven."""
    shelf = LocalShelf(library)
    read = shelf.current().article
    six, again, too = (
        said(read(name), sentence, "six")
        for name, sentence in (
            ("harbour", "The ferry leaves at six."),
            ("timetable", "The ferry leaves at six."),
            ("notice", "Ferry at six, as always."),
        )
    )
    seven = said(read("leaflet"), "The ferry leaves at seven.", "seven")
    shelf.close()
    given = answer(six, seven, sayings=(saying(six, again, too), saying(seven)))
    return lambda text, **how: given


def beneath(shown: dict) -> list[str]:
    return shown["text"].split("\n")[1:]


FIRST = "The harbour · paragraph 1 of 1"
OTHERS = ["Other articles say:", "• seven — A leaflet · 2019-03-01"]


async def test_it_stands_beneath_the_first_quote_whatever_is_pressed(
    api: BotApiServer, settings, heard, answering
) -> None:
    async with listening(settings, answering):
        api.say("When does the ferry leave?")
        first = await heard()
        api.press(first.result, data(first.result, "Next quote"))
        second = await heard("editMessageText", after=first.number)
        api.press(second.result, data(second.result, "Next quote"))
        back = await heard("editMessageText", after=second.number)
        api.press(back.result, data(back.result, "More context"))
        grown = await heard("editMessageText", after=back.number)
    assert beneath(first.params) == [FIRST, "The same in 2 other articles.", *OTHERS]
    assert beneath(second.params) == ["A leaflet · 2019-03-01 · paragraph 1 of 1"]
    assert back.params["text"] == first.params["text"]
    assert quoted(grown.params) == ARTICLES["harbour"][2]
    assert beneath(grown.params) == beneath(first.params)
    assert [marked(call.params, "underline") for call in (first, second, back, grown)] == [
        ["six"], ["seven"], ["six"], ["six"]
    ]  # fmt: skip
    assert [marked(call.params) for call in (first, grown)] == [["The ferry leaves at six."]] * 2


async def test_articles_that_changed_or_are_gone_are_left_out_silently(
    api: BotApiServer, settings, heard, answering, library, folder
) -> None:
    async with listening(settings, answering):
        api.say("When does the ferry leave?")
        shown = await heard()
        seen = []
        for name, text in (("notice", None), ("leaflet", "The ferry leaves at eight."), ("timetable", "It is closed.")):
            path = folder / f"{name}.md"
            path.write_text(path.read_text().replace(ARTICLES[name][2], text)) if text else path.unlink()
            index(library, folder)
            api.press(shown.result, "q:1:1:0")
            shown = await heard("editMessageText", after=shown.number)
            seen.append(beneath(shown.params))
    assert seen == [[FIRST, "The same in: The timetable", *OTHERS], [FIRST, "The same in: The timetable"], [FIRST]]


async def test_beneath_the_nearest_passage_no_other_article_is_told_of(
    api: BotApiServer, settings, heard, answering
) -> None:
    async with listening(settings, lambda text, **how: replace(answering(text), verdict="nothing")):
        api.say("When does the ferry leave?")
        nothing = await heard()
        api.press(nothing.result, data(nothing.result, "Show the nearest passage"))
        nearest = await heard("editMessageText")
    assert nearest.params["text"] == (f"Not an answer, but the nearest passage:\nThe ferry leaves at six.\n{FIRST}")
