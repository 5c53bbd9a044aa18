"""Whatever a server does, a fetch ends in time and takes no more room than it may."""

import gzip
import socket
import ssl
from collections.abc import Callable, Iterator

import pytest
import trustme

from index.fetching import Limits, fetch
from tests.index.fetching.site import HEAD, PAGE, Site, Visit, free_port, site_on_loopback

WhyNot = Callable[..., str]
HASTY = Limits(seconds=0.5, seconds_a_read=0.25)
SMALL = Limits(size=100_000)
TOO_SLOW = "127.0.0.1 took too long; try again later."
TOO_LARGE = "The page is larger than 0.1 MB; send its text as a file instead."
DAMAGED = "What 127.0.0.1 sent is damaged or breaks off; try again later."
UNREACHABLE = "127.0.0.1 cannot be reached; try again later."


def answers(site: Site, answer: Callable[[Visit], object]) -> str:
    site.routes["/a"] = lambda visit: (answer(visit), None)[1]
    return f"{site.url}/a"


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (HEAD + b"\r\n", b""),
        (HEAD + b"\r\n", b"."),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n", b""),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
    ids=["silent", "endless headers", "no body", "slow body", "slow gzip", "slow chunks"],
)
def test_a_server_that_takes_its_time_is_left(site: Site, why_not: WhyNot, start: bytes, drop: bytes) -> None:
    url = answers(site, lambda visit: visit.drip(start, drop))
    assert why_not(url, allow_private=True, limits=HASTY) == TOO_SLOW


def test_a_slow_robots_txt_takes_its_share_of_the_time(site: Site, why_not: WhyNot) -> None:
    site.routes["/robots.txt"] = lambda visit: visit.drip(HEAD + b"\r\n", b" ")
    assert why_not(site.page("/a"), allow_private=True, limits=HASTY) == TOO_SLOW
    assert site.seen == ["/robots.txt"]


@pytest.mark.parametrize("top", [b"\r\n", b"Transfer-Encoding: chunked\r\n\r\n"], ids=["plain", "chunks"])
def test_a_body_without_an_end_is_left_where_it_is_too_large(site: Site, why_not: WhyNot, top: bytes) -> None:
    block = b"a" * 65_536
    piece = b"10000\r\n" + block + b"\r\n" if b"chunked" in top else block
    url = answers(site, lambda visit: [visit.wfile.write(each) for each in (HEAD + top, *[piece] * 1000)])
    assert why_not(url, allow_private=True, limits=SMALL) == TOO_LARGE


def test_a_page_that_says_that_it_is_too_large_is_not_waited_for(site: Site, why_not: WhyNot) -> None:
    url = answers(site, lambda visit: visit.drip(HEAD + b"Content-Length: 100001\r\n\r\n", b""))
    assert why_not(url, allow_private=True, limits=SMALL) == TOO_LARGE


def test_a_packed_page_is_unpacked(site: Site) -> None:
    plain = fetch(site.page("/a"), allow_private=True)
    assert fetch(site.page("/a", gzip.compress(PAGE), Content_Encoding="gzip"), allow_private=True) == plain


def test_a_packed_page_counts_as_large_as_it_unpacks(site: Site, why_not: WhyNot) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < SMALL.size
    url = site.page("/a", bomb, Content_Encoding="gzip")
    assert why_not(url, allow_private=True, limits=SMALL) == TOO_LARGE


@pytest.mark.parametrize("body", [gzip.compress(PAGE)[:-9], PAGE, b""], ids=["cut", "not packed", "nothing"])
def test_a_packed_page_that_is_damaged_is_reported(site: Site, why_not: WhyNot, body: bytes) -> None:
    assert why_not(site.page("/a", body, Content_Encoding="gzip"), allow_private=True) == DAMAGED


def test_a_page_that_is_packed_otherwise_is_reported(site: Site, why_not: WhyNot) -> None:
    assert why_not(site.page("/a", Content_Encoding="br"), allow_private=True) == (
        "127.0.0.1 packs its pages in a way (br) that is not read here."
    )


@pytest.mark.parametrize(
    "reply",
    [
        HEAD + b"Content-Length: 9\r\n\r\nabc",
        HEAD + b"Content-Length: -1\r\n\r\nabc",
        HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: y\r\n" * 100_000,
        b"220 mail.example.org ESMTP\r\n",
        b"",
    ],
    ids=[
        "too short",
        "negative",
        "two lengths",
        "cut chunk",
        "no chunk",
        "endless headers",
        "another protocol",
        "none",
    ],
)
def test_a_reply_that_is_wrong_or_breaks_off_is_reported(site: Site, why_not: WhyNot, reply: bytes) -> None:
    assert why_not(answers(site, lambda visit: visit.wfile.write(reply)), allow_private=True) == DAMAGED


def test_a_port_where_nobody_listens_is_reported(why_not: WhyNot) -> None:
    assert why_not(f"http://127.0.0.1:{free_port()}/", allow_private=True) == UNREACHABLE


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[Site]:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("faro.test").configure_cert(tls)
    with site_on_loopback(tls) as site:
        site.page("/a")
        yield site


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    return tls


def test_a_certificate_must_be_for_the_name_that_was_asked_for(
    secure: Site, authority: trustme.CA, why_not: WhyNot
) -> None:
    def how() -> dict[str, object]:
        return {"allow_private": True, "resolve": lambda _: ["127.0.0.1"], "tls": trusting(authority)}

    assert fetch(f"https://faro.test:{secure.port}/a", **how()).url == f"https://faro.test:{secure.port}/a"
    assert secure.headers[-1]["Host"] == f"faro.test:{secure.port}"
    assert why_not(f"https://altro.test:{secure.port}/a", **how()) == (
        "altro.test cannot prove that it is altro.test (its certificate is no good)."
    )


def test_a_certificate_of_an_unknown_authority_is_refused(secure: Site, why_not: WhyNot) -> None:
    reason = "127.0.0.1 cannot prove that it is 127.0.0.1 (its certificate is no good)."
    assert why_not(f"{secure.url}/a", allow_private=True) == reason
    assert secure.seen == []


def test_a_site_that_never_finishes_its_handshake_is_left(why_not: WhyNot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"https://127.0.0.1:{deaf.getsockname()[1]}/"
        assert why_not(url, allow_private=True, limits=HASTY) == TOO_SLOW
