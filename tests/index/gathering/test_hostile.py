"""Feeds and sitemaps that mean harm do none: no file is read, no private host asked, no time or memory lost."""

import gzip
from collections.abc import Sequence

import pytest

from index.fetching import Visit
from index.gathering import NotGathered
from index.gathering.feed import entries_of
from index.gathering.kinds import recognised
from index.gathering.sitemap import places_in
from tests.index.fetching.site import Site
from tests.index.gathering.conftest import Gatherer, counts, item, page, rss, sitemap

LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lollollollol">{LAUGHS}]>'
THEFT = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def visit(body: bytes, *, media_type: str = "application/xml") -> Visit:
    return Visit(place="https://example.org/feed", unchanged=False, headers={"content-type": media_type}, body=body)


@pytest.mark.parametrize("top", [BOMB, THEFT], ids=["billion laughs", "a file of the machine"])
def test_what_a_feed_defines_for_itself_is_not_put_in(site: Site, gatherer: Gatherer, top: str) -> None:
    name = "j" if top is BOMB else "a"
    site.page("/one", page("One"))
    feed = f"{top}<rss version='2.0'><channel>{item('/one', f'&{name};', f'&{name};')}</channel></rss>"
    assert gatherer.add(site.page("/feed", feed.encode())).kind == "feed"
    assert counts(gatherer.gather()) == {"new": 1}
    (entry,) = entries_of(visit(feed.encode()))
    assert (entry.url, entry.title) == ("https://example.org/one", "&j;" if top is BOMB else "")
    assert "root:" not in entry.content


@pytest.mark.parametrize("top", [BOMB, THEFT], ids=["billion laughs", "a file of the machine"])
def test_what_a_sitemap_defines_for_itself_is_not_put_in(top: str) -> None:
    name = "j" if top is BOMB else "a"
    body = f"{top}<urlset><url><loc>https://example.org/&{name};</loc></url></urlset>".encode()
    assert recognised(visit(body)).kind == "sitemap"
    try:
        places = [place.url for place in places_in(body)]
    except NotGathered:
        places = []
    assert places in ([], ["https://example.org/"])


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.org/a", "http://[::1", "\x00", ""],
)
def test_links_that_lead_to_no_page_are_none(site: Site, gatherer: Gatherer, link: str) -> None:
    site.page("/one", page("One"))
    gatherer.add(site.page("/feed", rss(item(link.replace("\x00", "&#x1f;")), item("/one"))))
    assert counts(gatherer.gather()) == {"new": 1}
    assert list(gatherer.files()) == ["127.0.0.1-one"]


def test_no_other_private_host_is_asked_whoever_names_it(site: Site, gatherer: Gatherer) -> None:
    site.page("/secret", page("Secret"))
    secret = f"http://localhost:{site.port}/secret"
    gatherer.add(site.page("/feed", rss(item(secret), item(site.leads("/way", secret)))))
    gatherer.add(site.page("/sitemap", sitemap(secret)), name="map")
    gatherer.gather()
    feed, listed = gatherer.sources.all()
    for source, failed in ((feed, 2), (listed, 1)):
        assert counts(source) == {"failed": failed}
        assert source.last.troubles[0].why.startswith("localhost is no public site")
    assert "/secret" not in site.seen


def test_a_source_itself_must_be_public_unless_private_ones_are_allowed(site: Site, gatherer: Gatherer) -> None:
    from index.fetching import NotFetched
    from index.gathering import Terms, add

    with pytest.raises(NotFetched, match=r"^127\.0\.0\.1 is no public site"):
        add(gatherer.sources, site.page("/feed", rss()), terms=Terms())
    assert site.seen == []


def test_a_sitemap_that_names_itself_comes_to_an_end(site: Site, gatherer: Gatherer) -> None:
    one = site.page("/one", page("One"))
    loop = f"<sitemapindex><sitemap><loc>{site.url}/map</loc></sitemap><url><loc>{one}</loc></url></sitemapindex>"
    gatherer.add(site.page("/map", loop.encode()))
    assert counts(gatherer.gather()) == {"new": 1}
    assert site.seen.count("/map") == 1 + 3


def test_thousands_of_entries_are_read_and_so_many_taken_as_were_wanted(site: Site, gatherer: Gatherer) -> None:
    entries = [item(f"/{number}", f"Number {number}") for number in range(5000)]
    site.page("/0", page("Number 0"))
    gatherer.add(site.page("/feed", rss(*entries)), most=2)
    assert counts(gatherer.gather()) == {"new": 1, "failed": 1}
    assert {"/0", "/1"} == {path for path in site.seen if path not in ("/robots.txt", "/feed")}


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>" + b"<item><title>" * 50_000,
        b"<rss><channel><item><title>" + b"<a " * 100_000,
        b"<rss><channel><item>" + b"<x>" * 100_000,
        b"<rss>" + b"&" * 300_000,
        b"<rss>",
    ],
)
def test_a_feed_of_wild_markup_holds_nothing_and_takes_no_one_down(body: bytes) -> None:
    assert [entry for entry in entries_of(visit(body)) if entry.url] == []


def test_a_feed_that_takes_too_long_to_read_is_left() -> None:
    with pytest.raises(NotGathered, match=r"^The feed is damaged, or far too large to be read; try again later\.$"):
        entries_of(visit(rss(*map(item, ["/a"] * 200_000))), seconds=1)


def test_a_feed_that_is_too_large_is_not_read() -> None:
    with pytest.raises(NotGathered, match=r"^The feed is larger than 20 MB"):
        entries_of(visit(b"<rss>" + b" " * 20_000_000))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (gzip.compress(bytes(60_000_000)), r"^What was sent unpacks to more than 50 MB\.$"),
        (gzip.compress(b"<urlset/>")[:-6], r"^What was sent is packed and breaks off; try again later\.$"),
        (b"\x1f\x8b\x08nonsense", r"^What was sent is packed and damaged; try again later\.$"),
    ],
)
def test_a_packed_sitemap_that_is_none_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(NotGathered, match=reason):
        recognised(visit(body, media_type="application/gzip"))


def test_a_damaged_sitemap_leaves_what_was_had(site: Site, gatherer: Gatherer) -> None:
    one = site.page("/one", page("One"))
    gatherer.add(site.page("/map", sitemap(one)))
    gatherer.gather()
    site.page("/map", sitemap(one)[:-20])
    assert gatherer.gather().last.failure.startswith("The sitemap is damaged")
    assert list(gatherer.files()) == ["127.0.0.1-one"]


@pytest.mark.parametrize(
    ("said", "kept"), [("utf-8", "utf-8"), ("utf-8", "iso-8859-1"), ("utf-16", "utf-16"), ("iso-8859-1", "cp1252")]
)
def test_a_feed_in_whatever_encoding_is_read(said: str, kept: str) -> None:
    feed = f'<?xml version="1.0" encoding="{said}"?><rss version="2.0"><channel>{item("/a", "perché")}</channel></rss>'
    body = feed.encode(kept)
    assert recognised(visit(body, media_type="application/rss+xml")).kind == "feed"
    assert [entry.title for entry in entries_of(visit(body, media_type="application/rss+xml"))] == ["perché"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("before", ["", "a", "aa"])
def test_a_feed_is_one_whatever_letter_stands_where_looking_ends(encoding: str, before: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding == "gb18030" else ""
    feed = f"{declared}<rss><channel>{item('/a', before + '灯塔矗立在海边的岩石上👩' * 800)}</channel></rss>"
    assert recognised(visit(feed.encode(encoding), media_type="application/rss+xml")).kind == "feed"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (['<?xml version="1.0"?>', "<!-- a > b -->", "<rss>"], "feed"),
        (["\ufeff \n", "<RDF:rdf xmlns:RDF='x'>"], "feed"),
        (["<!DOCTYPE rss [<!ENTITY a 'x>y'>]>", "<rss>"], "feed"),
        (["<ns0:urlset xmlns:ns0='x'>"], "sitemap"),
        (["<!doctype html>", "<html><body><rss>"], "page"),
        (["<!" * 5000], "page"),
        (["<!--" * 2000, "<rss>"], "page"),
        (["# Markdown about <rss>"], "page"),
    ],
)
def test_what_it_is_shows_in_its_first_element(start: Sequence[str], kind: str) -> None:
    assert recognised(visit("".join(start).encode(), media_type="text/html")).kind == kind


def test_a_page_names_its_feeds() -> None:
    head = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" hreflang="it" '
        'href="/it"><link rel="alternate" type="application/atom+xml" href="javascript:x"></head><body>x</body></html>'
    )
    assert recognised(visit(head.encode(), media_type="text/html")).feeds == ("https://example.org/feed",)
