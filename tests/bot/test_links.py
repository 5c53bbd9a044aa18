"""Links lead to a sentence, to an article or to a question, whatever these are made of."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import article_in, key_of, linkable, question_in, to_article, to_page, to_question, to_sentence, to_share
from tests.bot_api.keyboards import URL

PAGE = "https://example.org/a?b=1"
ANY = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("sentence", "fragment"),
    [
        ("The owl sleeps.", "The%20owl%20sleeps."),
        ("one, two & 3-four\n five", "one%2C%20two%20%26%203%2Dfour%20five"),
        ("a b c d e f g h i j k l m", "a%20b%20c%20d%20e%20f,h%20i%20j%20k%20l%20m"),
        ("où 🦉", "o%C3%B9%20%F0%9F%A6%89"),
    ],
)
def test_a_page_is_opened_at_the_sentence(sentence: str, fragment: str) -> None:
    assert to_sentence(PAGE, sentence) == f"{PAGE}#:~:text={fragment}"


def test_a_page_with_a_place_of_its_own_without_a_sentence_or_with_an_endless_one_is_opened_as_it_is() -> None:
    assert to_sentence(f"{PAGE}#here", "The owl sleeps.") == f"{PAGE}#here"
    assert to_sentence(PAGE, " \n ") == PAGE
    assert to_sentence(PAGE, "漢" * 300) == PAGE


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("http://example.org", True),
        ("https://b.example.org:8443/a?b#c", True),
        ("http://192.168.1.4/bakery", True),
        ("http://[2001:db8::1]/bakery", True),
        ("http://wiki/bakery", False),
        ("http://wiki:8080/bakery.html", False),
        ("http://wiki./bakery", False),
        ("http://a.b@wiki/bakery", False),
        ("ftp://example.org/a", False),
        ("http://[::1", False),
        ("https://", False),
        ("", False),
        (None, False),
        (f"https://example.org/{'a' * 1980}", True),
        (f"https://example.org/{'a' * 1981}", False),
    ],
)
def test_an_address_that_telegram_would_refuse_is_no_link(url: str | None, taken: bool) -> None:
    assert linkable(url) == (url if taken else None)
    if not taken:
        assert to_sentence(url, "The owl sleeps.") is None


@given(ANY)
def test_an_address_of_a_sentence_is_short_plain_and_leads_to_the_same_page(sentence: str) -> None:
    link = to_sentence(PAGE, sentence)
    assert link.isascii()
    assert len(link) <= 2000
    assert link.partition("#")[0] == PAGE
    assert URL.match(link)


@given(ANY)
def test_a_question_comes_back_from_its_link_or_has_none(text: str) -> None:
    link = to_question("citabot", text)
    if link is None:
        assert len(text.encode()) > 47
    else:
        (parameter,) = parse_qs(urlsplit(link).query)["start"]
        assert len(parameter) <= 64
        assert question_in(parameter) == text
        assert article_in(parameter) is None


@given(st.text())
def test_an_article_comes_back_from_its_link_as_its_key(id_: str) -> None:
    (parameter,) = parse_qs(urlsplit(to_article("citabot", id_)).query)["start"]
    assert article_in(parameter) == key_of(id_)
    assert question_in(parameter) is None


@given(st.text(max_size=70))
def test_whatever_a_link_carries_is_read_without_an_error(parameter: str) -> None:
    assert isinstance(question_in(parameter), str | None)
    assert isinstance(article_in(parameter), str | None)


def test_a_link_of_another_make_asks_nothing() -> None:
    assert [question_in(parameter) for parameter in ("", "inline", "q", "q_w", "qgIA")] == [None, None, "", None, None]
    assert [article_in(parameter) for parameter in ("", "a", "a" * 13, "b" * 12)] == [None] * 4


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=150))
def test_what_is_shared_arrives_as_it_was(text: str) -> None:
    shared = urlsplit(to_share("https://t.me/b?start=x&y", text))
    assert unquote(shared.query.removeprefix("url=").partition("&text=")[0]) == "https://t.me/b?start=x&y"
    assert unquote(shared.query.partition("&text=")[2]) == text


def test_of_what_is_shared_so_much_is_taken_as_fits_into_a_link() -> None:
    shared = to_share(PAGE, "漢" * 300)
    assert len(shared) <= 2000
    assert set(unquote(urlsplit(shared).query.partition("&text=")[2])) == {"漢"}
    assert to_share(f"https://example.org/{'a' * 1975}", "") is None


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a.pdf?b=1", "https://example.org/a.pdf?b=1#page=7"),
        ("https://example.org/a.pdf#zoom=2", "https://example.org/a.pdf#zoom=2"),
        ("http://wiki/a.pdf", None),
        (None, None),
    ],
)
def test_a_pdf_is_opened_at_its_page(address: str | None, link: str | None) -> None:
    assert to_page(address, 7) == link
