"""Lists and pages of articles fit into messages, and the pages together are the article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import texts_for
from bot.links import key_of
from bot.views.articles import article_pages, article_reply, card_reply, page_at, sources_reply
from bot.views.writing import LONGEST, Reply
from index.article import ArticleSummary
from tests.bot.quotes import LONG, NAMES, URLS, article
from tests.bot.shown import rows
from tests.bot.views.sent import ME, message
from tests.bot_api import marked, utf16

EN = texts_for("en")
TITLES = NAMES.filter(str.strip)


def summary(number: int, **fields: object) -> ArticleSummary:
    about = {"title": f"Title {number}", "author": None, "published": None, "url": None} | fields
    return ArticleSummary(id=str(number), language="en", source="a.txt", passages=1, **about)


@pytest.mark.parametrize(
    ("page", "shown", "targets"),
    [
        (-5, 1, ["l:1", "l:2"]),
        (0, 1, ["l:1", "l:2"]),
        (2, 2, ["l:1", "l:2", "l:3"]),
        (3, 3, ["l:2", "l:3"]),
        (99, 3, ["l:2", "l:3"]),
    ],
)
def test_a_page_beyond_either_end_is_the_one_at_that_end(page: int, shown: int, targets: list[str]) -> None:
    sent = message(sources_reply([summary(number) for number in range(1, 26)], page, EN, ME))
    first = (shown - 1) * 10 + 1
    titles = [f"• Title {number}" for number in range(first, min(first + 10, 26))]
    assert sent["text"].split("\n") == ["25 articles", *titles]
    (row,) = sent["reply_markup"]["inline_keyboard"]
    assert [button["callback_data"] for button in row] == targets


def test_an_article_without_an_address_is_a_link_into_the_bot() -> None:
    sent = message(sources_reply([summary(1), summary(2, url="https://example.org")], 1, EN, ME))
    links = [entity["url"] for entity in sent["entities"] if entity["type"] == "text_link"]
    assert links == [f"https://t.me/citabot?start=a{key_of('1')}", "https://example.org"]


def test_without_articles_the_list_says_so() -> None:
    assert sources_reply([], 1, EN, ME) == Reply(text="There are no articles yet.")


@given(st.lists(st.builds(summary, st.just(1), title=TITLES, author=NAMES, url=URLS), min_size=1))
def test_no_page_of_sources_is_too_long_for_a_message(articles: list[ArticleSummary]) -> None:
    assert len(message(sources_reply(articles, 1, EN, ME))["text"]) > 0


@pytest.mark.parametrize("name", ["🚂" * 300, "e\u0301" * 300], ids=["emoji", "combining"])
def test_ten_endless_titles_and_authors_still_fit(name: str) -> None:
    articles = [summary(number, title=name, author=name, url="https://example.org") for number in range(10)]
    sent = message(sources_reply(articles, 1, EN, ME))
    assert utf16.length(sent["text"]) <= LONGEST
    assert all(title.endswith("…") for title in marked(sent, "text_link"))
    assert len(marked(sent, "text_link")) == 10


@settings(max_examples=60)
@given(LONG)
def test_the_pages_of_an_article_are_slices_of_it_that_hold_all_but_white_space(text: str) -> None:
    pages = article_pages(text)
    rest, end = [], 0
    for page in pages:
        assert utf16.length(page.of(text)) <= 3400
        assert page.start >= end
        rest.append(text[end : page.start])
        end = page.end
    assert "".join([*rest, text[end:]]).strip() == ""
    assert all(len(page) for page in pages)


@settings(max_examples=30)
@given(LONG, TITLES, NAMES, URLS)
def test_every_page_fits_into_a_message(text: str, title: str, author: str, url: str | None) -> None:
    made = article(text, title=title, author=author, url=url)
    for number in range(1, len(article_pages(text)) + 1):
        assert utf16.length(message(article_reply(made, number, EN))["text"]) <= LONGEST


def test_pages_end_between_paragraphs_where_they_can_and_a_place_is_found_on_its_page() -> None:
    text = "\n\n".join(["a" * 1600, "b" * 1600, "c" * 1600, "d " * 3000, "🦉" * 4000])
    made = article(text)
    pages = [page.of(text) for page in article_pages(text)]
    assert pages[0] == "a" * 1600 + "\n\n" + "b" * 1600
    assert [page[0] for page in pages] == ["a", "c", "d", "d", "🦉", "🦉"]
    assert pages[1].startswith("c" * 1600 + "\n\nd d")
    places = [text.index(letter) for letter in "abcd🦉"]
    assert [page_at(made, place) for place in places] == [1, 1, 2, 2, 4]
    assert page_at(made, len(text)) == 6
    assert rows(message(article_reply(made, 6, EN))) == [["‹", "6 of 6"], ["As a file"]]


def test_a_very_long_article_is_paged_in_one_go() -> None:
    assert len(article_pages("word " * 1_000_000)) == 1471


def test_a_short_article_is_one_page_without_buttons() -> None:
    sent = message(article_reply(article("One.\n\nTwo.", author="Ada"), 9, EN))
    assert sent["text"] == "A title · Ada\n\nOne.\n\nTwo."
    assert marked(sent) == ["A title"]
    assert sent["reply_markup"] is None


def test_a_card_shows_how_an_article_begins() -> None:
    sent = message(card_reply(summary(1, title="🦉", author="Ada"), EN, start="x" * 400))
    assert sent["text"] == f"🦉 · Ada\na.txt · one passage\n{'x' * 300}…"
    assert marked(sent, "blockquote") == ["x" * 300 + "…"]
