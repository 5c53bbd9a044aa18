"""A visitor remembers what a site said, is sent only what has changed, and is told when to come back."""

import time
from email.utils import formatdate

import pytest

from index.fetching import Known, Limits, NotFetched, Visitor
from tests.index.fetching.site import PAGE, Site, Visit


def visitor(site: Site) -> Visitor:
    return Visitor(private=site.url)


def with_signs(site: Site, **headers: str) -> str:
    """A page that is not sent where it is known by its ETag; its address."""

    def answer(visit: Visit) -> None:
        known = visit.headers.get("If-None-Match") == headers.get("ETag")
        visit.answer(b"" if known else PAGE, status=304 if known else 200, **headers)

    site.routes["/a"] = answer
    return f"{site.url}/a"


def test_what_is_as_it_is_known_to_be_is_not_sent(site: Site) -> None:
    visit, url = visitor(site), with_signs(site, ETag='"1"', Last_Modified="Tue, 24 Nov 2026 10:00:00 GMT")
    first = visit(url)
    assert (first.unchanged, first.body) == (False, PAGE)
    assert first.known == Known(place=url, etag='"1"', modified="Tue, 24 Nov 2026 10:00:00 GMT")
    second = visit(url, known=first.known)
    assert (second.unchanged, second.body) == (True, b"")
    assert site.headers[-1]["If-Modified-Since"] == "Tue, 24 Nov 2026 10:00:00 GMT"
    assert site.seen == ["/robots.txt", "/a", "/a"]


def test_signs_are_sent_only_to_the_place_that_gave_them(site: Site) -> None:
    visit, url = visitor(site), with_signs(site, ETag='"1"')
    known = visit(site.leads("/old", "/a")).known
    assert known.place == url
    assert visit(f"{site.url}/old", known=known).unchanged
    with_headers = [(path, "If-None-Match" in headers) for path, headers in zip(site.seen, site.headers, strict=True)]
    assert with_headers[3:] == [("/old", False), ("/a", True)]


def test_a_site_that_says_unchanged_unasked_shows_no_page(site: Site) -> None:
    url = site.page("/a", b"", status=304)
    for known in (None, Known(place=f"{site.url}/b", etag='"1"')):
        with pytest.raises(NotFetched, match=r"^127\.0\.0\.1 answered with 304 and no page\.$"):
            visitor(site)(url, known=known)


@pytest.mark.parametrize("sign", ["", "é", "x" * 1001, "a\x01b"])
def test_signs_that_could_not_be_sent_back_as_they_came_are_none(site: Site, sign: str) -> None:
    site.routes["/a"] = lambda visit: visit.answer(PAGE, ETag=sign)
    assert visitor(site)(f"{site.url}/a").known.etag is None


@pytest.mark.parametrize(
    ("said", "wait"), [("120", 120.0), ("0", 0.0), ("soon", None), ("-5", None), ("9" * 40, 999_999_999.0)]
)
def test_a_site_says_when_it_wants_to_be_asked_again(site: Site, said: str, wait: float | None) -> None:
    with pytest.raises(NotFetched) as caught:
        visitor(site)(site.page("/a", b"", status=503, Retry_After=said))
    assert (caught.value.wait, caught.value.is_passing, caught.value.is_gone) == (wait, True, False)


def test_or_names_the_moment(site: Site) -> None:
    moment = formatdate(time.time() + 3600, usegmt=True)
    with pytest.raises(NotFetched) as caught:
        visitor(site)(site.page("/robots.txt", b"", status=503, Retry_After=moment))
    assert caught.value.wait is not None
    assert 3500 < caught.value.wait <= 3600


@pytest.mark.parametrize(
    ("status", "passing", "gone"), [(404, False, True), (410, False, True), (403, False, False), (429, True, False)]
)
def test_why_nothing_came_says_whether_another_try_makes_sense(
    site: Site, status: int, passing: bool, gone: bool
) -> None:
    with pytest.raises(NotFetched) as caught:
        visitor(site)(site.page("/a", b"", status=status))
    assert (caught.value.is_passing, caught.value.is_gone) == (passing, gone)


def test_robots_txt_is_asked_for_once_and_names_the_pause_between_visits(site: Site) -> None:
    rules = b"User-agent: *\nCrawl-delay: 9\n\nUser-agent: Citabot\nCrawl-delay: 2.5\nDisallow: /closed\n"
    site.page("/robots.txt", rules, Content_Type="text/plain")
    visit, url = visitor(site), site.page("/a")
    assert visit.pause(url) == 0
    for _ in range(3):
        visit(url)
    assert (visit.pause(url), visit.pause("https://example.org/"), visit.pause("nonsense")) == (2.5, 0, 0)
    assert site.seen == ["/robots.txt", "/a", "/a", "/a"]


def test_one_visit_may_have_other_limits_than_the_others(site: Site) -> None:
    url = site.page("/a", b"x" * 2000)
    visit = Visitor(private=site.url, limits=Limits(size=1000))
    with pytest.raises(NotFetched, match=r"^The page is larger than "):
        visit(url)
    assert len(visit(url, limits=Limits(size=3000)).body) == 2000
