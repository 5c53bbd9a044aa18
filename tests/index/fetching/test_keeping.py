"""What was fetched is kept so that it reads as an article with its address."""

from pathlib import Path

import pytest

from bot.arriving import Arriving
from index.article import Article
from index.fetching import Fetched, fetch
from index.fetching.keeping import name_for
from index.readers import SourceFile, read
from tests.index.fetching.site import PAGE, Site
from tests.index.readers.pdfs import pdf_of
from tests.index.readers.test_golden import GOLDEN

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def article_of(found: Fetched, folder: Path) -> Article:
    path = folder / found.name
    path.write_bytes(found.content)
    (article,) = read(SourceFile(path=path, name=found.name))
    assert isinstance(article, Article), article
    return article


def test_a_page_without_an_address_of_its_own_has_the_one_it_was_fetched_from(site: Site, tmp_path: Path) -> None:
    article = article_of(fetch(site.page("/a--b?c=1&d=%2D"), allow_private=True), tmp_path)
    assert article.url == f"{site.url}/a%2D%2Db?c=1&d=%2D"
    assert article.text == "Il faro\n\nIl faro di Punta Corvo è stato riacceso giovedì sera."
    assert (article.title, article.language) == ("Il faro", "it")


def test_a_page_that_names_its_address_keeps_it(site: Site, tmp_path: Path) -> None:
    for link, url in (("https://example.org/faro", "https://example.org/faro"), ("/faro", f"{site.url}/faro")):
        body = PAGE.replace(b"<body>", f"<link rel=canonical href={link}><body>".encode())
        assert article_of(fetch(site.page("/a", body), allow_private=True), tmp_path).url == url


def test_the_encoding_that_the_server_names_goes_before_the_pages_own(site: Site, tmp_path: Path) -> None:
    body = "<meta charset=utf-8><title>Маяк</title><p>Маяк на мысе Ворона снова зажгли.</p>".encode("cp1251")
    found = fetch(site.page("/a", body, Content_Type='text/html; charset="windows-1251"'), allow_private=True)
    assert article_of(found, tmp_path).text == "Маяк на мысе Ворона снова зажгли."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_goes_before_what_the_server_says(site: Site, tmp_path: Path, encoding: str) -> None:
    body = PAGE.decode().encode(encoding)
    found = fetch(site.page("/a", body, Content_Type="text/html; charset=koi8-r"), allow_private=True)
    assert article_of(found, tmp_path).text.endswith("Corvo è stato riacceso giovedì sera.")


@pytest.mark.parametrize(
    ("path", "media_type", "body", "title", "text"),
    [
        ("/a.txt", "text/plain", "\n \nIl faro: «sì»\n\nÈ spento.\n", "Il faro: «sì»", "Il faro: «sì»\n\nÈ spento."),
        ("/a.txt", "text/plain", "---\nIl faro", "---", "---\nIl faro"),
        ("/a.md", "text/plain", "Intro\r\n\r\n# Il faro\r\n", "Il faro", "Intro\n\n# Il faro"),
        ("/a", "text/markdown", "# Il faro\n\nÈ spento.", "Il faro", "# Il faro\n\nÈ spento."),
        ("/a.md", "text/markdown", "---\ntitle: Il faro\n---\nÈ spento.", "Il faro", "È spento."),
        (
            "/a.md",
            "text/markdown",
            "---\n\nNota: sì.\n\n---\n# Il faro",
            "Il faro",
            "---\n\nNota: sì.\n\n---\n# Il faro",
        ),
    ],
)
def test_text_and_markdown_are_kept_with_their_address_on_top(
    site: Site, tmp_path: Path, path: str, media_type: str, body: str, title: str, text: str
) -> None:
    url = site.page(path, body.encode(), Content_Type=media_type)
    article = article_of(fetch(url, allow_private=True), tmp_path)
    assert (article.url, article.title, article.text) == (url, title, text)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/a", "application/pdf"),
        ("/a?download", "application/octet-stream"),
        ("/a.html", "text/html; charset=utf-8"),  # whatever a server calls it
    ],
)
def test_a_pdf_is_kept_as_it_came_with_its_address_and_its_pages(
    site: Site, tmp_path: Path, path: str, said: str
) -> None:
    pdf = pdf_of([[(72, 700, 10, "The lamp was lit.")], [(72, 700, 10, "Two hundred came.")]], {"Title": "The lamp"})
    found = fetch(site.page(path, pdf, Content_Type=said), allow_private=True)
    article = article_of(found, tmp_path)
    assert (article.url, article.title, article.source) == (found.url, "The lamp", found.name)
    assert article.text == "The lamp was lit.\n\nTwo hundred came."
    assert article.page_at(len(article.text) - 1) == (2, 2)


@pytest.mark.parametrize("said", ["text/html", "text/plain", "text/markdown"])
def test_a_page_about_pdfs_is_a_page(site: Site, tmp_path: Path, said: str) -> None:
    body = b"<p>Every PDF begins with %PDF-1.7 and a comment, and ends with its trailer."
    found = fetch(site.page("/about.pdf", body, Content_Type=said), allow_private=True)
    assert "begins with %PDF-1.7" in article_of(found, tmp_path).text
    assert found.media_type == said


@pytest.mark.parametrize("said", ["text/plain", "application/msword", "application/rtf"])
def test_rtf_is_known_by_what_it_is(site: Site, tmp_path: Path, said: str) -> None:
    body = (GOLDEN / "mayak.rtf").read_bytes()
    (file,) = read(SourceFile(path=GOLDEN / "mayak.rtf", name="mayak.rtf"))
    article = article_of(fetch(site.page("/mayak", body, Content_Type=said), allow_private=True), tmp_path)
    assert isinstance(file, Article)
    assert article.text == file.text


def test_a_large_document_that_is_fetched_is_taken_by_the_bot(site: Site, tmp_path: Path) -> None:
    pdf = pdf_of([[(72, 700, 10, "The lamp was lit.")]]) + b"\n%" + b"x" * 19_000_000
    found = fetch(site.page("/a.pdf", pdf, Content_Type="application/pdf"), allow_private=True)
    assert len(found.content) > 25_000_000
    (article,) = Arriving(tmp_path).look_at(found.name, found.content).articles
    assert (article.text, article.url) == ("The lamp was lit.", found.url)


@pytest.mark.parametrize("said", ["application/octet-stream", "application/x-zip-compressed", DOCX])
def test_a_word_processors_file_is_kept_with_its_address(site: Site, tmp_path: Path, said: str) -> None:
    body = (GOLDEN / "biblioteca.docx").read_bytes()
    url = site.page("/una%20biblioteca.docx?v=2", body, Content_Type=said)
    article = article_of(fetch(url, allow_private=True), tmp_path)
    (file,) = read(SourceFile(path=GOLDEN / "biblioteca.docx", name="biblioteca.docx"))
    assert isinstance(file, Article)
    assert (article.url, article.text, article.author) == (url, file.text, file.author)


def test_a_document_without_a_title_is_called_as_in_its_address(site: Site, tmp_path: Path) -> None:
    pdf = pdf_of([[(72, 700, 10, "The lamp was lit.")]])
    url = site.page("/files/..%2f..%2fthe-lamp.pdf", pdf, Content_Type="application/pdf")
    assert article_of(fetch(url, allow_private=True), tmp_path).title == "the lamp"


def test_markdown_that_names_its_address_is_kept_as_it_is(site: Site) -> None:
    body = b"---\ntitle: Il faro\nurl: https://example.org/faro\n---\n\nIl faro."
    assert fetch(site.page("/a", body, Content_Type="text/markdown"), allow_private=True).content == body


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/", "example.org-f350f3cd.html"),
        ("https://example.org/2024/il-faro.html?p=2", "example.org-2024-il-faro-c7791b62.html"),
        (
            "https://example.org/%D0%BC%D0%B0%D1%8F%D0%BA/../..%2f..%2fetc/passwd",
            "example.org-маяк-etc-passwd-55965f08.html",
        ),
        ("https://example.org/" + "a" * 500, "example.org-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-b9e145ef.html"),
    ],
)
def test_a_name_is_made_of_the_address(url: str, name: str) -> None:
    assert name_for(url, ".html") == name


def test_other_addresses_have_other_names() -> None:
    urls = [f"https://example.org/{path}" for path in ("a/b", "a-b", "a?b", "a/b?", "A/b", "a" * 60, "a" * 61)]
    assert len({name_for(url, ".html") for url in urls}) == len(urls)


def test_the_bot_takes_it_as_it_takes_a_file_that_was_sent(site: Site, tmp_path: Path) -> None:
    found = fetch(site.page("/notizie/perch%C3%A9/il%20faro"), allow_private=True)
    arriving = Arriving(tmp_path)
    name = arriving.check(found.name, len(found.content))
    assert name == found.name
    (article,) = arriving.look_at(name, found.content).articles
    assert article.url == found.url
