"""A page comes by its address, ready to be kept, and with a reason where it doesn't come."""

from collections.abc import Callable

import pytest

from index.fetching import Fetched, NotFetched, fetch
from tests.index.fetching.site import PAGE, Site

WhyNot = Callable[..., str]
NO_ADDRESS = "This is no web address: look at it again."


def test_a_page_comes_with_its_address_and_a_name_to_keep_it_under(site: Site) -> None:
    url = site.page("/notizie/il-faro.html", Content_Type="text/html; charset=utf-8")
    found = fetch(url, allow_private=True)
    top = f"<!-- saved from url=({len(url):04}){url} -->\n"
    assert found == Fetched(
        url=url, name=found.name, content=b"\xef\xbb\xbf" + top.encode() + PAGE, media_type="text/html"
    )
    assert found.name.startswith("127.0.0.1-notizie-il-faro-")
    assert found.name.endswith(".html")


def test_a_site_is_told_who_asks_and_nothing_else(site: Site) -> None:
    fetch(site.page("/a"), allow_private=True)
    assert site.seen == ["/robots.txt", "/a"]
    assert site.headers[1] == {
        "Host": f"127.0.0.1:{site.port}",
        "User-Agent": "Citabot (fetches single pages that somebody asked for)",
        "Accept": "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, application/pdf;q=0.8, */*;q=0.1",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }


def test_what_stands_behind_a_hash_is_not_sent(site: Site) -> None:
    assert fetch(site.page("/a?b=1") + "#sez", allow_private=True).url == f"{site.url}/a?b=1"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_the_page_that_is_kept(site: Site, status: int) -> None:
    page = site.page("/vecchio/b")
    start = site.leads("/vecchio/a", "b#qui", status=status)
    found = fetch(start, allow_private=True)
    assert (found.url, found.name) == (page, fetch(page, allow_private=True).name)


def test_five_redirects_are_followed_and_no_sixth(site: Site, why_not: WhyNot) -> None:
    for number in range(6):
        site.leads(f"/{number}", f"/{number + 1}")
    site.page("/6")
    assert fetch(f"{site.url}/1", allow_private=True).url == f"{site.url}/6"
    assert why_not(f"{site.url}/0", allow_private=True) == ("The address leads on and on without coming to a page.")


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("ftp://example.org/a", "The address has to begin with https:// or http://."),
        ("file:///etc/passwd", "The address has to begin with https:// or http://."),
        ("//ada:segreto@example.org/", "The address holds a name or a password: leave them out."),
        ("http://[::1", "127.0.0.1 leads on to something that is no web address."),
    ],
)
def test_a_redirect_must_be_to_an_address_that_could_be_sent(site: Site, why_not: WhyNot, to: str, reason: str) -> None:
    assert why_not(site.leads("/a", to), allow_private=True) == reason


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("example.org/a", "The address has to begin with https:// or http://."),
        ("javascript:alert(1)", "The address has to begin with https:// or http://."),
        ("https://ada:segreto@example.org/", "The address holds a name or a password: leave them out."),
        ("https://", NO_ADDRESS),
        ("https://example.org:99999/", NO_ADDRESS),
        ("https://example.org:porta/", NO_ADDRESS),
        ("https://example.org/\x00", NO_ADDRESS),
        ("https://[::1/", NO_ADDRESS),
        ("http://0177.0.0.1/", NO_ADDRESS),
        ("https://example.org/" + "a" * 2000, NO_ADDRESS),
        ("https://" + "a" * 70 + "/", f"There is no site {'a' * 70}: look at the address again."),
    ],
)
def test_what_is_no_web_address_is_said_to_be_none(why_not: WhyNot, url: str, reason: str) -> None:
    assert why_not(url) == reason


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "127.0.0.1 has no such page (404): look at the address again."),
        (403, "127.0.0.1 shows this page not to everybody (403); send its text as a file instead."),
        (503, "127.0.0.1 has trouble of its own (503); try again later."),
        (429, "127.0.0.1 has trouble of its own (429); try again later."),
        (204, "127.0.0.1 answered with 204 and no page."),
        (302, "127.0.0.1 answered with 302 and no page."),
    ],
)
def test_a_site_that_shows_no_page_is_reported(site: Site, why_not: WhyNot, status: int, reason: str) -> None:
    assert why_not(site.page("/a", b"", status=status), allow_private=True) == reason


@pytest.mark.parametrize(
    ("media_type", "reason"),
    [
        ("image/png", "This is no page of text but image/png: pages, PDFs, Word files and plain text can be fetched."),
        ("???", "This is no page of text but text/plain"),
    ],
)
def test_only_pages_of_text_are_taken(site: Site, why_not: WhyNot, media_type: str, reason: str) -> None:
    if media_type == "???":  # a type that is none is taken for plain text, as browsers do
        assert fetch(site.page("/a", Content_Type=media_type), allow_private=True).media_type == "text/plain"
    else:
        assert why_not(site.page("/a", Content_Type=media_type), allow_private=True) == reason


@pytest.mark.parametrize("pieces", ["charset*=a; charset*0=b", f"charset*{'9' * 5000}=a"])
def test_a_type_in_odd_pieces_is_taken_without_them(site: Site, pieces: str) -> None:
    page = fetch(site.page("/a", Content_Type=f"Text/HTML; {pieces}"), allow_private=True)
    assert page.media_type == "text/html"


def test_a_page_that_is_no_text_is_reported(site: Site, why_not: WhyNot) -> None:
    url = site.page("/a", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Content_Type="text/plain")
    assert (
        why_not(url, allow_private=True)
        == "What the page holds cannot be read as text: send its text as a file instead."
    )


def test_proxies_of_the_environment_are_left_alone(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(site.page("/a"), allow_private=True).url == f"{site.url}/a"


def test_not_fetched_is_an_error_of_indexing() -> None:
    assert NotFetched.__mro__[1].__name__ == "IndexingError"
