"""A page that a browser saved in one file reads as the page that it was; what comes in its form and is none says so."""

from email.message import EmailMessage

import pytest

from index.article import Article
from index.readers import Skipped
from index.readers.saved import as_saved
from tests.index.readers.conftest import ReadBytes
from tests.index.readers.pdfs import pdf_of

PDF = pdf_of([[(72, 700, 10, "The lamp was lit.")]])
LONG = "has headers, such as Content-Type, of more than 10,000 letters"
PAGE = "<title>Il faro</title><p>Il faro di Punta Corvo è stato riacceso."


def page(html: str = PAGE, **headers: str) -> bytes:
    made = EmailMessage()
    made.set_content(html, subtype="html")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    return made.as_bytes()


def test_a_page_has_the_address_that_it_was_saved_from(read_bytes: ReadBytes) -> None:
    for header in ("Content_Location", "Snapshot_Content_Location"):
        (article,) = read_bytes("a.mht", page(**{header: "https://example.org/faro"}))
        assert isinstance(article, Article), article
        assert (article.url, article.source) == ("https://example.org/faro", "a.mht")
        assert article.text == "Il faro di Punta Corvo è stato riacceso."


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "cid:frame-1@mhtml.blink", "http://["]
)
def test_nobody_is_sent_to_what_is_no_web_address(read_bytes: ReadBytes, address: str) -> None:
    (article,) = read_bytes("a.mhtml", page(Content_Location=address))
    assert isinstance(article, Article), article
    assert article.url is None


def test_the_part_that_is_named_as_the_first_one_is_read(read_bytes: ReadBytes) -> None:
    made = EmailMessage()
    made.set_content("<p>Menu.", subtype="html", cid="<menu@x>")
    made.add_related(PAGE, subtype="html", cid="<page@x>")
    made.set_param("start", "<page@x>")
    (article,) = read_bytes("a.mhtml", made.as_bytes())
    assert isinstance(article, Article), article
    assert article.title == "Il faro"


@pytest.mark.parametrize(("start", "id_"), [("<page@x>", "<page@x>"), ("page@x", "<page@x>"), ("<page@x>", "page@x")])
def test_the_part_that_is_named_is_found_with_and_without_its_brackets(
    read_bytes: ReadBytes, start: str, id_: str
) -> None:
    made = EmailMessage()
    made.set_content("<p>Menu.", subtype="html", cid="<menu@x>")
    made.add_related(PAGE, subtype="html", cid=id_)
    made.set_param("start", start)
    (article,) = read_bytes("a.mhtml", made.as_bytes())
    assert isinstance(article, Article), article
    assert article.title == "Il faro"


def test_a_document_is_called_as_in_its_address_unless_it_has_a_title(read_bytes: ReadBytes) -> None:
    for address, title in (("https://example.org/pdf/2301.00001", "2301.00001"), ("https://example.org/a.PDF", "a")):
        (article,) = read_bytes("x.mhtml", as_saved(address, PDF, "application/pdf"))
        assert isinstance(article, Article), article
        assert (article.title, article.url) == (title, address)


def test_an_address_that_is_none_hides_no_good_one(read_bytes: ReadBytes) -> None:
    both = {"Snapshot_Content_Location": "cid:frame-1@x", "Content_Location": "https://example.org/faro"}
    (article,) = read_bytes("a.mht", b"\xef\xbb\xbf\r\n" + page(**both))
    assert isinstance(article, Article), article
    assert article.url == "https://example.org/faro"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is no saved page"),
        (b"Subject: Ciao\n\nVieni?", "is no saved page"),
        (as_saved("https://example.org/a", b"PK\3\4", "application/epub+zip"), "is damaged: it cannot be unpacked"),
        (as_saved("https://example.org/a", PDF[:60], "application/pdf"), "is damaged: no PDF that could be opened"),
        (b"Content-Type: text/html; x=" + b"y" * 20_000, LONG),
        ((b"Content-Type: text/html; x=" + b"y" * 5000 + b"\n\n--a\n") * 5, LONG),
        (b"Content-Type: multipart/related; boundary=x\n\n" + b"--x\n\n" * 10_001, "has more than 1,000 parts"),
        (b"X: y\n" * 10_001, "has more than 10,000 headers"),
        (b"Content-Type: x/y\n\n" * 1001, "has more than 1,000 parts"),
    ],
)  # fmt: skip
def test_what_is_no_saved_page_says_so(read_bytes: ReadBytes, content: bytes, reason: str) -> None:
    assert read_bytes("a.mhtml", content) == [Skipped(source="a.mhtml", reason=reason)]


def test_every_byte_of_a_document_is_kept(read_bytes: ReadBytes) -> None:
    every = bytes(range(256)) * 40
    (article,) = read_bytes("a.mhtml", as_saved("https://example.org/a.pdf", PDF + b"\n%" + every, "application/pdf"))
    assert isinstance(article, Article), article
    assert (article.title, article.text, article.url) == ("a", "The lamp was lit.", "https://example.org/a.pdf")
