"""A quote fits into a message and its entities mark just what they should, whatever the articles hold."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import texts_for
from bot.state.quotes import StoredQuote
from bot.state.turns import StoredTurn
from bot.views.quotes import ShownQuote, nothing_reply, quote_reply, shortened
from bot.views.writing import LONGEST, utf16_length
from index.article import Span
from index.filter import Filter
from retrieval.answer import Quote
from tests.bot.quotes import LONG, article, quote, quotes
from tests.bot.shown import button, data, quoted, rows
from tests.bot.views.sent import ME, QUIET, message
from tests.bot_api import marked, utf16

EN, IT = texts_for("en"), texts_for("it")
TURN = StoredTurn(
    id=7, chat=5, thread=None, user=5, asked=1, shown=None, number=1, at=0.0, text="x", searched="x",
    suggested="🦉" * 50, language="en", verdict="nothing", confidence=0.0, generation=1,
    quotes=(StoredQuote(article="a", span=Span(0, 1), marks=(), digest=""),),
)  # fmt: skip


def shown(made: Quote, **how: object) -> ShownQuote:
    return ShownQuote(**{"quote": made, "verdict": "answered", "turn": 7, "number": 1, "count": 1} | how)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Plain. The answer. More.", "The answer."),
        ("🇰🇵🚂 before. Die Antwort 👨‍👩‍👧‍👦 hier! 🤝🏽 after", "Die Antwort 👨‍👩‍👧‍👦 hier!"),
        ("e\u0301ta\u0301. Cafe\u0301 at noon. No\u0308.", "Cafe\u0301 at noon."),
        ("𝛙𝌢. 𠌕 in the 𝄢. 𝛙", "𠌕 in the 𝄢."),
        ("قبل. الجواب هنا. بعد.", "الجواب هنا."),
        ("\u202eלפני. התשובה כאן.\u202c אחרי.", "התשובה כאן."),
    ],
    ids=["plain", "emoji", "combining", "astral", "arabic", "hebrew"],
)
def test_the_sentence_is_bold_inside_the_quote_exactly(text: str, sentence: str) -> None:
    start = text.index(sentence)
    sent = message(quote_reply(shown(quote(text, Span(start, start + len(sentence)))), EN, ME))
    assert marked(sent) == [sentence]
    assert marked(sent, "blockquote") == [text]
    assert sent["text"] == f"{text}\nA title · paragraph 1 of 1"


@given(quotes(), st.sampled_from(["answered", "unsure", "nothing"]))
def test_every_mark_of_every_quote_is_bold_and_lies_within_the_blockquote(made: Quote, verdict) -> None:
    sent = message(quote_reply(shown(made, verdict=verdict, searched="where?"), EN, ME))
    text = made.article.text
    assert sorted(marked(sent)) == sorted(mark.of(text) for mark in made.highlights)
    assert quoted(sent) == made.text
    assert marked(sent, "text_link") == ([made.article.title] if made.article.url else [])


@settings(max_examples=60)
@given(quotes(LONG), st.sampled_from(["answered", "unsure", "nothing"]), st.sampled_from([EN, IT]))
def test_no_quote_is_too_long_for_a_message_and_what_is_shown_is_word_for_word(made: Quote, verdict, texts) -> None:
    reply = quote_reply(shown(made, verdict=verdict, number=2, count=2, searched="x" * 3000), texts, ME)
    assert utf16.length(reply.text) == utf16_length(reply.text) <= LONGEST
    whole = quoted(message(reply))
    assert whole.removeprefix("…").removesuffix("…") in made.article.text or whole in made.article.text


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
    sent = message(quote_reply(shown(quote(text, Span(4001, 4012))), EN, ME))
    assert quoted(sent) == f"…{'a' * 1494} The answer. {'b' * 1493}…"
    assert marked(sent) == ["The answer."]


@pytest.mark.parametrize(("length", "kind"), [(700, "blockquote"), (701, "expandable_blockquote")])
def test_a_long_quote_is_folded(length: int, kind: str) -> None:
    sent = message(quote_reply(shown(quote("x" * length)), EN, ME))
    assert marked(sent, kind) == ["x" * length]
    assert [entity["type"] for entity in sent["entities"]] == [kind]


def test_the_source_names_title_author_date_and_paragraph_and_links_to_the_sentence() -> None:
    text = "First.\n\nSecond 🦉.\n\nThird."
    of = article(text, title="🚂 Titolo", author="A. B.", published=date(2024, 5, 14), url="https://example.org/1")
    made = quote(text, Span(8, 17), of=of)
    linked = message(quote_reply(shown(made), IT, ME))
    assert linked["text"] == f"{text}\n🚂 Titolo · A. B. · 2024-05-14 · paragrafo 2 di 3"
    assert marked(linked, "text_link") == ["🚂 Titolo"]
    assert button(linked, IT("open-article"))["url"] == "https://example.org/1#:~:text=Second%20%F0%9F%A6%89."
    plain = message(quote_reply(shown(replace(made, article=replace(of, url=None))), IT, ME))
    assert plain["text"] == linked["text"]
    assert marked(plain, "text_link") == []
    assert data(plain, IT("read-article")) == "r:7:1"


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("en", "page 2 of 3"),
        ("it", "pagina 2 di 3"),
        ("de", "Seite 2 von 3"),
        ("fr", "page 2 sur 3"),
        ("es", "página 2 de 3"),
        ("ru", "страница 2 из 3"),
    ],
)
def test_the_source_names_the_page_where_an_article_has_pages(language: str, place: str) -> None:
    text = "First. Second. Third."
    of = article(text, pages=(0, 7, 15), url="https://example.org/1.pdf")
    sent = message(quote_reply(shown(quote(text, Span(7, 14), of=of)), texts_for(language), ME))
    assert sent["text"] == f"{text}\nA title · {place}"
    assert button(sent, texts_for(language)("open-article"))["url"] == "https://example.org/1.pdf#page=2"


@pytest.mark.parametrize(
    ("how", "heading"),
    [
        ({"verdict": "unsure"}, "unsure"),
        ({"verdict": "nothing"}, "nearest-heading"),
        ({"scope": "passage"}, "from-here"),
        ({"scope": "neighbours"}, "from-beside"),
        ({"scope": "article"}, "from-article"),
        ({"scope": "article", "verdict": "unsure"}, "unsure"),
    ],
)
def test_a_heading_says_what_kind_of_answer_it_is(how: dict[str, object], heading: str) -> None:
    sent = message(quote_reply(shown(quote("One."), **how), EN, ME))
    assert sent["text"].startswith(f"{EN(heading)}\nOne.\n")
    assert marked(sent, "italic") == [EN(heading)]


def test_the_articles_that_were_meant_are_named_above_the_quote_whatever_else_the_heading_says() -> None:
    palma = Filter(authors=("Antonio Palma",), since=date(2023, 9, 1), until=date(2023, 9, 30), tags=("russia",))
    among = "Among the articles you mean (Antonio Palma · 2023-09 · #russia):"
    sent = message(quote_reply(shown(quote("One."), narrowed=palma), EN, ME))
    assert sent["text"].startswith(f"{among}\nOne.\n")
    unsure = message(quote_reply(shown(quote("One."), narrowed=palma, verdict="unsure"), EN, ME))
    assert unsure["text"].startswith(f"{EN('unsure')}\n{among}\nOne.\n")
    assert marked(unsure, "italic") == [EN("unsure"), among]


def test_tags_that_no_article_has_are_named_also_where_there_is_nothing_else_to_say() -> None:
    line = "No article is filed under #a #b."
    sent = message(quote_reply(shown(quote("One."), unfiled=("a", "b")), EN, ME))
    assert sent["text"].startswith(f"{line}\nOne.\n")
    none = message(nothing_reply(TURN, EN, can_wait=False, unfiled=("a", "b")))
    assert none["text"] == f"{line}\nThe articles don't say that."


@pytest.mark.parametrize(("number", "after"), [(1, 2), (2, 3), (3, 1)])
def test_the_buttons_lead_to_the_next_quote_and_to_more_of_this_one(number: int, after: int) -> None:
    sent = message(quote_reply(shown(quote("One."), number=number, count=3, grown=2, searched="where?"), EN, ME))
    assert rows(sent) == [
        [f"Next quote · {after} of 3", "More context"], ["Read the article", "Share"], ["👍", "👎"],
    ]  # fmt: skip
    assert data(sent, "Next quote") == f"q:7:{after}:0"
    assert data(sent, "More context") == f"q:7:{number}:3"
    assert [data(sent, thumb) for thumb in "👍👎"] == [f"o:7:{number}:good", f"o:7:{number}:bad"]


def test_where_there_is_no_other_quote_and_nothing_around_it_neither_is_offered() -> None:
    sent = message(quote_reply(shown(quote("One."), whole=True), EN, ME))
    assert rows(sent) == [["Read the article"], ["👍", "👎"]]
    assert message(quote_reply(shown(quote("One.")), EN, ME, buttons=False))["reply_markup"] is None


def test_a_quote_is_shared_inline_else_by_its_address_or_by_the_question() -> None:
    at = article("One two.", url="https://example.org/1")
    inline = message(quote_reply(shown(quote("One."), searched="w" * 300), EN, ME))
    assert button(inline, "Share")["switch_inline_query_chosen_chat"]["query"] == "w" * 256
    linked = message(quote_reply(shown(quote("One two.", of=at), searched="where?"), EN, QUIET))
    assert button(linked, "Share")["url"] == "https://t.me/share/url?url=https%3A%2F%2Fexample.org%2F1&text=One%20two."
    asked = message(quote_reply(shown(quote("One."), searched="where?"), EN, QUIET))
    assert button(asked, "Share")["url"] == (
        "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fcitabot%3Fstart%3Dqd2hlcmU_&text=One."
    )
    assert rows(message(quote_reply(shown(quote("One."), searched="w" * 60), EN, QUIET)))[1] == ["Read the article"]


def test_when_there_is_nothing_what_else_can_be_done_is_offered() -> None:
    sent = message(nothing_reply(TURN, EN, can_wait=True))
    assert sent["text"] == "The articles don't say that."
    assert rows(sent) == [
        [f"Did you mean: {'🦉' * 30}…"], ["Show the nearest passage"], ["Tell me when they do"],
    ]  # fmt: skip
    assert [data(sent, label) for label in ("Did", "Show", "Tell")] == ["s:7", "q:7:1:0", "w:7"]
    assert nothing_reply(replace(TURN, suggested=None, quotes=()), EN, can_wait=False).keyboard is None
