"""What a site asks programs to leave alone is left alone."""

from collections.abc import Callable

import httpx
import pytest

from index.fetching import Limits, NotFetched, fetch
from index.fetching.asking import Asking
from index.fetching.robots import allows
from tests.index.fetching.site import HEAD, Site, site_on_loopback

WhyNot = Callable[..., str]
REFUSED = "127.0.0.1 asks programs not to fetch this page (robots.txt); send its text as a file."


def site_with(site: Site, robots: str) -> None:
    site.page("/robots.txt", robots.encode(), Content_Type="text/plain")
    site.page("/privato/a")


def test_a_page_that_robots_txt_closes_is_not_asked_for(site: Site, why_not: WhyNot) -> None:
    site_with(site, "User-agent: *\nDisallow: /privato/\n")
    assert why_not(f"{site.url}/privato/a", allow_private=True) == REFUSED
    assert site.seen == ["/robots.txt"]


def test_a_page_that_it_leaves_open_is_fetched(site: Site) -> None:
    site_with(site, "User-agent: *\nDisallow: /privato/b\n")
    assert fetch(f"{site.url}/privato/a", allow_private=True).url == f"{site.url}/privato/a"


def test_where_a_redirect_leads_is_looked_up_too_and_each_site_asked_once(site: Site, why_not: WhyNot) -> None:
    site_with(site, "User-agent: citabot\nDisallow: /privato/\n")
    site.leads("/a", "/b")
    assert why_not(site.leads("/b", "/privato/a"), allow_private=True) == REFUSED
    assert site.seen == ["/robots.txt", "/b"]


def test_another_site_has_a_robots_txt_of_its_own(site: Site, why_not: WhyNot) -> None:
    with site_on_loopback() as other:
        site_with(other, "User-agent: *\nDisallow: /\n")
        assert why_not(site.leads("/a", f"{other.url}/privato/a"), allow_private=True) == REFUSED
        assert (site.seen, other.seen) == (["/robots.txt", "/a"], ["/robots.txt"])


def test_a_site_in_trouble_is_left_in_peace(site: Site, why_not: WhyNot) -> None:
    site.page("/robots.txt", b"", status=503)
    reason = "127.0.0.1 has trouble of its own (503); try again later."
    assert why_not(site.page("/a"), allow_private=True) == reason
    assert site.seen == ["/robots.txt"]


@pytest.mark.parametrize("status", [401, 404, 410, 429])
def test_rules_that_are_not_shown_close_nothing(site: Site, status: int) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /", status=status)
    assert fetch(site.page("/a"), allow_private=True).url == f"{site.url}/a"


def test_rules_that_cannot_be_fetched_close_nothing(site: Site) -> None:
    site.page("/a")
    for answer in (b"", HEAD + b"Content-Length: 9\r\n\r\n"):
        site.routes["/robots.txt"] = lambda visit, answer=answer: visit.wfile.write(answer)
        assert fetch(f"{site.url}/a", allow_private=True).url == f"{site.url}/a"


def test_redirects_of_robots_txt_are_followed_but_not_into_the_private_network(site: Site, why_not: WhyNot) -> None:
    site_with(site, "")
    site.page("/regole", b"User-agent: *\nDisallow: /privato/")
    site.leads("/robots.txt", "/regole")
    assert why_not(f"{site.url}/privato/a", allow_private=True) == REFUSED
    site.leads("/robots.txt", f"http://localhost:{site.port}/regole")
    site.seen.clear()
    assert fetch(f"{site.url}/privato/a", allow_private=True).url == f"{site.url}/privato/a"
    assert site.seen == ["/robots.txt", "/privato/a"]


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("\ufeffUSER-AGENT : *\r\nDISALLOW : / # all\r\n", "/a", False),
        ("Disallow: /", "/a", True),
        ("User-agent: Citabot\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", True),
        ("User-agent: *\nDisallow: /b\n\nUser-agent: CITABOT/1.0\nDisallow: /a", "/a", False),
        ("User-agent: other\nUser-agent: citabot\nCrawl-delay: 9\nDisallow: /a", "/a", False),
        ("User-agent: citabot\nDisallow: /a\nUser-agent: other\nDisallow: /b", "/b", True),
        ("User-agent: citabot\nDisallow: /a\n\nUser-agent: citabot\nDisallow: /b", "/b", False),
        ("User-agent: citabotic\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*?print=", "/a/b?print=1", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a*b*a$", "/aba", False),
        ("User-agent: *\nDisallow: /ab*ba$", "/aba", True),
        ("User-agent: *\nDisallow: /caff%C3%A8", "/caff%c3%a8/x", False),
        ("User-agent: *\nDisallow: /caffè", "/caff%C3%A8/x", False),
        ("<html>\n<p>Not: found</p>", "/a", True),
    ],
)
def test_the_longest_rule_for_us_decides(robots: str, path: str, allowed: bool) -> None:
    assert allows(robots, path, agent="Citabot") is allowed


def test_a_rule_of_many_stars_is_matched_as_fast_as_any() -> None:
    assert allows("User-agent: *\nDisallow: /" + "*a" * 50_000 + "$", "/" + "a" * 20_000 + "b", agent="Citabot")


@pytest.mark.parametrize(("before", "allowed"), [(9_999, False), (10_000, True)])
def test_ten_thousand_rules_are_heeded_and_no_more(before: int, allowed: bool) -> None:
    robots = "User-agent: *\n" + "Allow: /b\n" * before + "Disallow: /a\n"
    assert allows(robots, "/a", agent="Citabot") is allowed


def test_rules_are_matched_no_longer_than_there_is_time() -> None:
    asking = Asking(Limits(seconds=0.0), may_be_private=None, resolve=None, tls=None)
    with pytest.raises(NotFetched, match=r"^127\.0\.0\.1 took too long; try again later\.$"):
        asking.may("User-agent: *\nAllow: /\n", httpx.URL("http://127.0.0.1/a"))
