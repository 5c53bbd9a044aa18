"""Replies fit into a message and their entities mark just what they should, whatever the articles hold."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import texts_for
from bot.replies import LONGEST, Reply, answer_reply, quote_reply, shortened, sources_reply, utf16_length
from index.article import ArticleSummary, Span
from retrieval.answer import Quote
from tests.bot.quotes import LONG, NAMES, URLS, answer, article, quote, quotes
from tests.bot_api import marked, utf16
from tests.bot_api.validation import checked_keyboard, checked_text

EN, IT = texts_for("en"), texts_for("it")


def message(reply: Reply) -> dict:
    """As Telegram takes it; raises where Telegram refuses it."""
    params = {"text": reply.text, "entities": [entity.to_dict() for entity in reply.entities]}
    text, entities = checked_text(params)
    keyboard = checked_keyboard({"reply_markup": reply.keyboard.to_dict()} if reply.keyboard else {})
    return {"text": text, "entities": entities, "keyboard": keyboard}


def summary(number: int, **fields: object) -> ArticleSummary:
    about = {"title": f"Title {number}", "author": None, "published": None, "url": None} | fields
    return ArticleSummary(id=str(number), language="en", source="a.txt", passages=1, **about)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Plain. The answer. More.", "The answer."),
        ("🇰🇵🚂 before. Die Antwort 👨‍👩‍👧‍👦 hier! 🤝🏽 after", "Die Antwort 👨‍👩‍👧‍👦 hier!"),
        ("e\u0301ta\u0301. Cafe\u0301 at noon. No\u0308.", "Cafe\u0301 at noon."),
        ("𝛙𝌢. 𠌕 in the 𝄢. 𝛙", "𠌕 in the 𝄢."),
        ("قبل. الجواب هنا. بعد.", "الجواب هنا."),
    ],
    ids=["plain", "emoji", "combining", "astral", "arabic"],
)
def test_the_sentence_is_bold_inside_the_quote_exactly(text: str, sentence: str) -> None:
    start = text.index(sentence)
    sent = message(quote_reply(answer(quote(text, Span(start, start + len(sentence)))), 1, EN))
    assert marked(sent) == [sentence]
    assert marked(sent, "blockquote") == [text]
    assert sent["text"] == f"{text}\nA title · passage 1 of 1"


@settings(deadline=None)
@given(quotes())
def test_every_mark_of_every_quote_is_bold_and_lies_within_the_blockquote(made: Quote) -> None:
    sent = message(quote_reply(answer(made), 1, EN))
    text = made.article.text
    assert sorted(marked(sent)) == sorted(mark.of(text) for mark in made.highlights)
    assert marked(sent, "blockquote") + marked(sent, "expandable_blockquote") == [made.text]
    assert marked(sent, "text_link") == ([made.article.title] if made.article.url else [])


@settings(deadline=None, max_examples=60)
@given(quotes(LONG), st.sampled_from(["answered", "unsure", "nothing"]), st.sampled_from([EN, IT]))
def test_no_quote_is_too_long_for_a_message_and_what_is_shown_is_word_for_word(made: Quote, verdict, texts) -> None:
    reply = quote_reply(answer(made, made, verdict=verdict), 2, texts)
    sent = message(reply)
    assert utf16.length(reply.text) == utf16_length(reply.text) <= LONGEST
    (shown,) = marked(sent, "blockquote") + marked(sent, "expandable_blockquote")
    assert shown.removeprefix("…").removesuffix("…") in made.article.text or shown in made.article.text


@settings(deadline=None)
@given(quotes(LONG), st.integers(50, 4000))
def test_what_is_shortened_stays_a_quote_around_its_first_mark(made: Quote, longest: int) -> None:
    short = shortened(made, longest)
    assert len(short.span) <= longest or short == made
    assert short.span in made.span
    if made.highlights and len(made.highlights[0]) <= longest:
        assert short.highlights[0] == made.highlights[0]
    if len(made.span) <= longest:
        assert short == made


def test_a_quote_that_is_cut_says_so_outside_of_its_characters() -> None:
    text = "a" * 4000 + " The answer. " + "b" * 4000
    sent = message(quote_reply(answer(quote(text, Span(4001, 4012))), 1, EN))
    (shown,) = marked(sent, "expandable_blockquote")
    assert shown == f"…{'a' * 1494} The answer. {'b' * 1493}…"
    assert marked(sent) == ["The answer."]


@pytest.mark.parametrize(("length", "kind"), [(700, "blockquote"), (701, "expandable_blockquote")])
def test_a_long_quote_is_folded(length: int, kind: str) -> None:
    sent = message(quote_reply(answer(quote("x" * length)), 1, EN))
    assert marked(sent, kind) == ["x" * length]
    assert [entity["type"] for entity in sent["entities"]] == [kind]


def test_the_source_names_title_author_date_and_place_and_links_where_there_is_an_address() -> None:
    of = article("Text.", title="🚂 Titolo", author="A. B.", published=date(2024, 5, 14), url="https://example.org/1")
    made = quote("Text.", of=of, place=2, places=6)
    linked = message(quote_reply(answer(made), 1, IT))
    assert linked["text"] == "Text.\n🚂 Titolo · A. B. · 2024-05-14 · passo 2 di 6"
    assert marked(linked, "text_link") == ["🚂 Titolo"]
    plain = message(quote_reply(answer(replace(made, article=replace(of, url=None))), 1, IT))
    assert plain["text"] == linked["text"]
    assert marked(plain, "text_link") == []


@pytest.mark.parametrize(("number", "after"), [(1, 2), (2, 3), (3, 1)])
def test_the_button_leads_to_the_quote_after_this_one_and_from_the_last_to_the_first(number: int, after: int) -> None:
    three = answer(*(quote(text) for text in ("One.", "Two.", "Three.")))
    sent = message(quote_reply(three, number, EN))
    assert sent["keyboard"] == {
        "inline_keyboard": [[{"text": f"Next quote · {after} of 3", "callback_data": f"quote:{after}"}]]
    }
    assert sent["text"].startswith(["One.", "Two.", "Three."][number - 1])


def test_a_single_quote_has_no_button_and_nothing_found_has_none_either() -> None:
    assert quote_reply(answer(quote("One.")), 1, EN).keyboard is None
    assert answer_reply(answer(verdict="nothing"), EN) == Reply(text="The articles don't say that.")


@pytest.mark.parametrize(
    ("page", "shown", "targets"),
    [
        (-5, 1, ["sources:1", "sources:2"]),
        (0, 1, ["sources:1", "sources:2"]),
        (2, 2, ["sources:1", "sources:2", "sources:3"]),
        (3, 3, ["sources:2", "sources:3"]),
        (99, 3, ["sources:2", "sources:3"]),
    ],
)
def test_a_page_beyond_either_end_is_the_one_at_that_end(page: int, shown: int, targets: list[str]) -> None:
    sent = message(sources_reply([summary(number) for number in range(1, 26)], page, EN))
    first = (shown - 1) * 10 + 1
    titles = [f"• Title {number}" for number in range(first, min(first + 10, 26))]
    assert sent["text"].split("\n") == ["25 articles", *titles]
    (row,) = sent["keyboard"]["inline_keyboard"]
    assert [button["callback_data"] for button in row] == targets


def test_without_articles_the_list_says_so() -> None:
    assert sources_reply([], 1, EN) == Reply(text="There are no articles yet.")


@settings(deadline=None)
@given(st.lists(st.builds(summary, st.just(1), title=NAMES.filter(str.strip), author=NAMES, url=URLS), min_size=1))
def test_no_page_of_sources_is_too_long_for_a_message(articles: list[ArticleSummary]) -> None:
    assert len(message(sources_reply(articles, 1, EN))["text"]) > 0


@pytest.mark.parametrize("name", ["🚂" * 300, "e\u0301" * 300], ids=["emoji", "combining"])
def test_ten_endless_titles_and_authors_still_fit(name: str) -> None:
    articles = [summary(number, title=name, author=name, url="https://example.org") for number in range(10)]
    sent = message(sources_reply(articles, 1, EN))
    assert utf16.length(sent["text"]) <= LONGEST
    assert all(title.endswith("…") for title in marked(sent, "text_link"))
    assert len(marked(sent, "text_link")) == 10
