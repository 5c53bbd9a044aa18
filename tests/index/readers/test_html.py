"""A web page gives the text that its readers see, word for word, and what it says about itself."""

from datetime import date
from pathlib import Path

import pytest

from index.article import Article
from index.readers import Skipped, SourceFile, read
from index.readers.flow import chosen
from index.readers.html import saved_from
from tests.index.readers.conftest import ReadBytes, ReadOne

PAGES = Path(__file__).parent / "pages"
TEXT = "Il faro di Punta Corvo è stato riacceso giovedì sera davanti a duecento persone."
EMPTY = "shows no text of its own (pages that a script fills come out empty); save its text instead"


def page(name: str) -> Article:
    (article,) = read(SourceFile(path=PAGES / f"{name}.html", name=f"{name}.html"))
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("name", ["notizia", "blog", "mayak"])
def test_a_page_is_quoted_as_it_is_read_without_what_surrounds_it(name: str) -> None:
    assert page(name).text == (PAGES / f"{name}.txt").read_text().rstrip("\n")


def test_a_news_story_says_who_wrote_it_when_and_where_it_belongs() -> None:
    article = page("notizia")
    assert (article.title, article.author) == ("Il faro di Punta Corvo torna ad accendersi", "Marta Bellandi")
    assert (article.published, article.language) == (date(2024, 10, 3), "it")
    assert article.url == "https://gazzetta.example/2024/10/faro-punta-corvo"


def test_a_page_that_says_little_about_itself_leaves_the_rest_open() -> None:
    article = page("blog")
    assert (article.title, article.author) == ("How we keep the sourdough alive", "Helen Draycott")
    assert (article.published, article.language, article.url) == (date(2023, 2, 11), "en", None)
    assert (page("mayak").author, page("mayak").published, page("mayak").language) == (None, None, "ru")


def test_a_page_without_a_title_has_the_files_name(read_one: ReadOne) -> None:
    assert read_one("il-faro.htm", f"<p>{TEXT}").title == "il faro"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Apre alle <b>10</b>-13, costa <i>3</i>€: «<a href=x>sì</a>».", "Apre alle 10-13, costa 3€: «sì»."),
        ("<p>Uno  due\n tre&nbsp;&nbsp;quattro", "Uno due tre quattro"),
        ("<p>can&shy;tiere e\u0300 lì\u200b \U0001f468\u200d\U0001f469", "cantiere è lì \U0001f468\u200d\U0001f469"),
        ("<p>Uno<br>due<br><br>tre", "Uno\ndue\n\ntre"),
        ("<ul><li>Uno<li>due<ol><li>tre</ol></ul>", "Uno\n\ndue\n\ntre"),
        ("<pre>uno\n  due\n\n\ntre</pre>", "uno\ndue\n\ntre"),
        ("<table><caption>Orari<tr><th>Dì<th>Ora<tr><td>sab<td><b>10</b>-13</table>", "Orari\nDì | Ora\nsab | 10-13"),
        ("<table><tr><td><p>Uno<p>due</td><td>tre</td></table>", "Uno\n\ndue\n\ntre"),
        ("<p>Uno</b></section><i>due</p></span>", "Unodue"),
        ("<p>その<ruby>国<rp>(</rp><rt>くに</rt><rp>)</rp></ruby>は遠い。", "その国は遠い。"),
    ],
)  # fmt: skip
def test_the_text_is_what_a_browser_shows(read_one: ReadOne, markup: str, text: str) -> None:
    more = " ".join([TEXT] * 5)
    article = read_one("a.html", f"<html><body><article><p>{more}</p>{markup}<p>{more}</p></article></body></html>")
    assert article.text == f"{more}\n\n{text}\n\n{more}"


@pytest.mark.parametrize(
    "unseen",
    [
        "<p hidden>Bozza.</p>", "<p style='color: red; DISPLAY : none'>Bozza.</p>", "<script>Bozza.</script>",
        "<style>Bozza.</style>", "<template><p>Bozza.</template>", "<noscript>Bozza.</noscript>", "<!-- Bozza. -->",
        "<iframe>Bozza.</iframe>", '<script type="application/ld+json">{"articleBody": "Bozza."}</script>',
    ],
)  # fmt: skip
def test_what_a_browser_hides_is_not_quoted(read_one: ReadOne, unseen: str) -> None:
    assert read_one("a.html", f"<p>{TEXT}</p>{unseen}").text == TEXT


def test_white_space_is_the_pages_where_the_choice_lost_it() -> None:
    seen = "Menu\n\nUno due\ntre\n\na | b\n\nQuattro 10-13"
    assert chosen(seen, "Unodue tre\n\nQuattro 10 -13") == "Uno due\ntre\n\nQuattro 10-13"
    assert chosen(seen, "a b\n\nUno due") == "a | b\n\nUno due"
    assert chosen(seen, "Uno\n\ndue\n\ntre\n\naltrove\n\na") == "Uno due\ntre\n\naltrove\n\na"


@pytest.mark.parametrize(
    ("top", "url"),
    [
        ("<link rel=canonical href=https://example.org/a>", "https://example.org/a"),
        ("<link rel='shortlink canonical' href=' https://example.org/a '>", "https://example.org/a"),
        ("<base href=https://example.org/b/><link rel=canonical href=../a>", "https://example.org/a"),
        ("<base href=https://example.org/b/>", None),
        ("<meta property=og:url content=https://example.org/a>", "https://example.org/a"),
        (
            "<link rel=canonical href='javascript:alert(1)'><meta property=og:url content=http://x.org/>",
            "http://x.org/",
        ),
        ("<link rel=canonical href='http://[::1'>", None),
        ("<!-- saved from url=(0021)https://example.org/a -->", "https://example.org/a"),
        ("<!doctype html>\n<!-- saved from url=(0021)https://example.org/a -->\n", "https://example.org/a"),
        ("<!-- saved from url=(0021)https://example.org/a --><link rel=canonical href=b>", "https://example.org/b"),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<p>Uno.</p><!-- saved from url=(0021)https://example.org/a -->", None),
        (saved_from("https://example.org/a--b"), "https://example.org/a%2D%2Db"),
    ],
)
def test_a_page_belongs_where_it_says_else_where_it_was_saved_from(
    read_one: ReadOne, top: str, url: str | None
) -> None:
    assert read_one("a.html", f"{top}<p>{TEXT}").url == url


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=windows-1251>", "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=\"koi8-r\"'>", "koi8-r"),
        ("<?xml version='1.0' encoding='utf-8'?>", "utf-8"),
        ("<meta charset=utf-8>", "cp1251"),
        ("<meta charset=unicode_escape>", "utf-8"),
        ("<meta charset=no-such-thing>", "utf-8"),
        ("<meta charset=windows-1251>", "utf-16"),
        ("<meta charset=windows-1251>", "utf-8-sig"),
        ("", "utf-8"),
    ],
)
def test_a_page_is_decoded_as_it_declares_unless_that_is_wrong(
    read_bytes: ReadBytes, declared: str, encoding: str
) -> None:
    text = "Маяк на мысе Ворона снова зажгли в четверг вечером."
    (article,) = read_bytes("a.html", f"{declared}<p>{text}</p>".encode(encoding))
    assert isinstance(article, Article)
    assert article.text == text


def test_latin_1_means_what_browsers_take_it_for(read_bytes: ReadBytes) -> None:
    (article,) = read_bytes("a.html", b"<meta charset=iso-8859-1><p>\x93Perch\xe9 \x80 5?\x94</p>")
    assert isinstance(article, Article)
    assert article.text == "“Perché € 5?”"


def test_a_page_that_declares_utf8_is_told_from_another_by_its_letters(read_bytes: ReadBytes) -> None:
    english = "The keepers of the lighthouse wrote their own timetable. " * 20
    pages = {
        f"Perché, it’s lit. {english}".encode("cp1252"): "Perché, it’s lit.",
        "Маяк\0 снова".encode() + b"\xff": "Маяк снова�",
    }
    for page, text in pages.items():
        (article,) = read_bytes("a.html", b"<meta charset=utf-8><p>" + page)
        assert isinstance(article, Article)
        assert article.text.startswith(text)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("<html></html>", EMPTY),
        ("<body><div id=root></div><noscript>Enable JavaScript.</noscript><script src=a.js></script></body>", EMPTY),
        ("<frameset><frame src=a></frameset>", EMPTY),
        ("<!--", "has no markup that can be made out"),
        ("<p>…</p>", "has no words"),
        ("<div>" * 10_000 + TEXT, "is nested more than 200 elements deep; save its text instead"),
        ("<b><i>" * 10_000 + TEXT, "is nested more than 200 elements deep; save its text instead"),
        ("<p>a</p>" * 100_001, "has more than 100,000 elements of markup; save its text instead"),
        ("<p b='>' " + " ".join(f"a{n}" for n in range(500_000)) + ">a",
         "has <p> with more than 200 attributes; save its text instead"),
        ("<table><tr>" + "<td><table><tr><td>a</table>" * 2000,
         "has a table of more than 1,000 columns; save its text instead"),
        ("<p>" + "a" * 20_000_000, "is larger than 20 MB"),
    ],
    ids=["nothing", "space", "shell", "script", "frames", "comment", "no words", "deep", "deep inline", "many",
         "attributes", "cells", "large"],
)  # fmt: skip
def test_a_page_that_gives_no_article_is_skipped_with_the_reason(
    read_bytes: ReadBytes, content: str, reason: str
) -> None:
    assert read_bytes("a.html", content.encode()) == [Skipped(source="a.html", reason=reason)]


@pytest.mark.parametrize(
    "hostile",
    [
        '<script type="application/ld+json">' + '{"@type":"NewsArticle","author":[' * 20_000 + "</script>",
        "<meta name=author content='" + "By Ada Neri, " * 50_000 + "'>",
        "<table>" + "<tr><td colspan=100000 rowspan=100000>" * 900 + "</table>",
        "<p>&#0;&#xd800;&#x110000;&#1;&bogus;</p>",
        "<link rel=canonical href=//[>" * 1000,
        "<" * 100_000,
    ],
    ids=["deep data", "long author", "wide cells", "impossible characters", "broken links", "open"],
)
def test_hostile_markup_around_a_text_leaves_it_readable(read_one: ReadOne, hostile: str) -> None:
    article = read_one(
        "a.html", f"<body><article><p>{TEXT}</p><p>{TEXT[::-1]}</p></article><div>{hostile}</div></body>"
    )
    assert article.text.startswith(f"{TEXT}\n\n{TEXT[::-1]}")


def test_a_page_of_twenty_megabytes_is_read(read_one: ReadOne) -> None:
    paragraphs = "\n\n".join(f"{number}. {TEXT * 100}" for number in range(2300))
    text = read_one("a.html", "<article><p>" + paragraphs.replace("\n\n", "</p><p>") + "</p></article>").text
    assert text == paragraphs
