"""Pages, feeds and sitemaps become files of articles, and only what has changed is fetched again."""

import gzip

from tests.index.fetching.site import Site
from tests.index.gathering.conftest import Conditional, Gatherer, counts, item, page, rss, sitemap
from tests.index.readers.pdfs import pdf_of

DAY = 86_400.0


def test_a_page_is_kept_as_a_file_with_its_address_on_top(site: Site, gatherer: Gatherer) -> None:
    source = gatherer.add(site.page("/hours.html", page("Opening hours")))
    assert (source.name, source.kind, source.last) == ("127.0.0.1", "page", None)
    assert counts(gatherer.gather()) == {"new": 1}
    (name, text), *others = gatherer.files().items()
    assert (name, others) == ("127.0.0.1-hours", [])
    assert text.startswith(f"<!-- saved from url=({len(source.address):04}){source.address} -->\n<!doctype html>")


def test_a_page_that_says_something_else_is_changed_and_one_that_only_looks_different_is_not(
    site: Site, gatherer: Gatherer
) -> None:
    gatherer.add(site.page("/a", page("A")))
    gatherer.gather()
    before = gatherer.files()
    site.page("/a", page("A").replace(b"<body>", b"<body data-visit=7>"))
    assert counts(gatherer.gather()) == {"unchanged": 1}
    assert gatherer.files() == before
    site.page("/a", page("A", "It began with a letter, and everybody knows who wrote it."))
    assert counts(gatherer.gather()) == {"changed": 1}
    assert "It began with a letter" in gatherer.files()["127.0.0.1-a"]


def test_the_entries_of_a_feed_are_fetched_whole_from_their_links(site: Site, gatherer: Gatherer) -> None:
    for name in ("one", "two"):
        site.page(f"/{name}", page(name, f"The whole story of number {name}, as it stands on its own page."))
    source = gatherer.add(site.page("/feed.xml", rss(item("/one", text="Short."), item(f"{site.url}/two#top"))))
    assert source.kind == "feed"
    assert counts(gatherer.gather()) == {"new": 2}
    assert list(gatherer.files()) == ["127.0.0.1-one", "127.0.0.1-two"]
    assert "The whole story of number one" in gatherer.files()["127.0.0.1-one"]


def test_an_entry_that_is_as_it_was_is_not_asked_for_again(site: Site, gatherer: Gatherer) -> None:
    site.page("/one", page("One"))
    site.page("/two", page("Two"))
    gatherer.add(site.page("/feed", rss(item("/one", "One"))))
    gatherer.gather()
    site.page("/feed", rss(item("/two", "Two"), item("/one", "One")))
    site.seen.clear()
    assert counts(gatherer.gather()) == {"new": 1, "unchanged": 1}
    assert site.seen == ["/robots.txt", "/feed", "/two"]
    site.page("/feed", rss(item("/two", "Two"), item("/one", "One, corrected")))
    site.seen.clear()
    assert counts(gatherer.gather()) == {"unchanged": 2}
    assert site.seen == ["/robots.txt", "/feed", "/one"]


def test_documents_are_gathered_like_pages(site: Site, gatherer: Gatherer) -> None:
    minutes = pdf_of([[(72, 700, 10, "The lamp was lit on Thursday.")]])
    source = gatherer.add(site.page("/minutes.pdf", minutes, Content_Type="application/pdf"))
    assert source.kind == "page"
    site.page("/feed", rss(item("/minutes.pdf")))
    gatherer.add(f"{site.url}/feed")
    assert [counts(gathered) for gathered in (gatherer.gather(), gatherer.gather())] == [{"new": 1}, {"unchanged": 1}]
    assert list(gatherer.files()) == ["127.0.0.1-minutes"]


def test_after_a_week_every_page_is_asked_for_again(site: Site, gatherer: Gatherer) -> None:
    site.page("/one", page("One"))
    gatherer.add(site.page("/feed", rss(item("/one"))))
    gatherer.gather()
    site.page("/one", page("One", "This was corrected without a word in the feed, as it happens."))
    gatherer.time.passed += 7 * DAY
    assert counts(gatherer.gather()) == {"changed": 1}


def test_a_feed_and_pages_that_are_as_they_were_are_not_sent_again(
    site: Site, gatherer: Gatherer, tagged: Conditional
) -> None:
    one = tagged("/one", page("One"), '"1"')
    gatherer.add(tagged("/feed", rss(item(one)), 'W/"f"'))
    gatherer.gather()
    gatherer.time.passed += 8 * DAY
    site.headers.clear()
    assert counts(gatherer.gather()) == {"unchanged": 1}
    assert [headers.get("If-None-Match") for headers in site.headers] == [None, 'W/"f"', '"1"']


def test_the_time_of_the_last_change_is_sent_back_as_it_came(site: Site, gatherer: Gatherer) -> None:
    stamp = "Tue, 24 Nov 2026 10:00:00 GMT"
    gatherer.add(site.page("/a", page("A"), Last_Modified=stamp))
    gatherer.gather()
    gatherer.gather()
    assert site.headers[-1]["If-Modified-Since"] == stamp


def test_where_a_page_cannot_be_had_the_entrys_own_text_is_taken_until_it_can(site: Site, gatherer: Gatherer) -> None:
    own = "&lt;p&gt;What the feed itself holds of this story is rather short, but better than nothing.&lt;/p&gt;"
    site.page("/one", b"", status=403)
    gatherer.add(site.page("/feed", rss(item("/one", "A &amp;amp; B", own))))
    assert counts(gatherer.gather()) == {"new": 1}
    text = gatherer.files()["127.0.0.1-one"]
    assert "<h1>A &amp; B</h1>\n<p>What the feed itself holds" in text
    assert f"){site.url}/one -->" in text
    site.page("/one", page("One", "The whole story at last, as it should have been from the beginning."))
    assert counts(gatherer.gather()) == {"changed": 1}
    assert "The whole story at last" in gatherer.files()["127.0.0.1-one"]
    site.page("/one", b"", status=403)
    site.page("/feed", rss(item("/one", "A &amp;amp; B, again", own)))
    assert counts(gatherer.gather()) == {"failed": 1}
    assert "The whole story at last" in gatherer.files()["127.0.0.1-one"]


def test_an_entry_without_a_link_is_its_own_text(site: Site, gatherer: Gatherer) -> None:
    notes = (
        "<item><guid isPermaLink='false'>7</guid><title>Note</title><description>Just a note that stands nowhere else "
        "but in this feed.</description></item><item><title>Neither link nor text</title></item>"
    )
    gatherer.add(site.page("/feed", rss(notes)))
    assert counts(gatherer.gather()) == {"new": 1}
    assert counts(gatherer.gather()) == {"unchanged": 1}
    (text,) = gatherer.files().values()
    assert "Just a note that stands nowhere else" in text
    assert set(site.seen) == {"/robots.txt", "/feed"}


def test_atom_says_who_wrote_it_and_when(site: Site, gatherer: Gatherer) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="it"><title>f</title><entry><id>urn:1</id>'
        "<title>Il faro</title><updated>2026-11-01T00:00:00Z</updated><author><name>Ada Lino</name></author>"
        '<content type="html">&lt;p&gt;Il faro di Punta Corvo è stato riacceso giovedì sera.&lt;/p&gt;</content>'
        "</entry></feed>"
    )
    gatherer.add(site.page("/atom", atom.encode(), Content_Type="application/atom+xml; charset=utf-8"))
    assert counts(gatherer.gather()) == {"new": 1}
    (text,) = gatherer.files().values()
    assert '<html lang="it"><head><title>Il faro</title><meta name="author" content="Ada Lino">' in text
    assert '<meta property="article:published_time" content="2026-11-01">' in text


def test_a_sitemap_names_its_pages_and_when_they_changed(site: Site, gatherer: Gatherer) -> None:
    urls = [site.page(f"/{name}", page(name)) for name in ("one", "two")]
    source = gatherer.add(site.page("/sitemap.xml", sitemap(*urls, modified="2026-11-01")))
    assert source.kind == "sitemap"
    assert counts(gatherer.gather()) == {"new": 2}
    site.seen.clear()
    assert counts(gatherer.gather()) == {"unchanged": 2}
    assert site.seen == ["/robots.txt", "/sitemap.xml"]
    site.page("/sitemap.xml", sitemap(*urls, modified="2026-11-02"))
    gatherer.gather()
    assert site.seen[2:] == ["/robots.txt", "/sitemap.xml", "/one", "/two"]


def test_sitemaps_of_sitemaps_are_followed_packed_ones_too(site: Site, gatherer: Gatherer) -> None:
    one, two = (site.page(f"/{name}", page(name)) for name in ("one", "two"))
    first = site.page("/1.xml.gz", gzip.compress(sitemap(one)), Content_Type="application/gzip")
    second = site.page("/2.xml", sitemap(two, one))
    index = f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in (first, second))}</sitemapindex>"
    packed = gzip.compress(index.encode())
    assert gatherer.add(site.page("/sitemap.xml.gz", packed, Content_Type="application/gzip")).kind == "sitemap"
    assert counts(gatherer.gather()) == {"new": 2}
    assert list(gatherer.files()) == ["127.0.0.1-one", "127.0.0.1-two"]


def test_a_sitemap_that_cannot_be_had_keeps_none_of_the_others_back(site: Site, gatherer: Gatherer) -> None:
    one, two = (site.page(f"/{name}", page(name)) for name in ("one", "two"))
    dead = site.page("/1.xml", sitemap(one))
    named = (dead, site.page("/2.xml", sitemap(two)))
    index = f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in named)}</sitemapindex>"
    gatherer.add(site.page("/sitemap.xml", index.encode()))
    assert counts(gatherer.gather()) == {"new": 2}
    site.routes.pop("/1.xml")
    site.seen.clear()
    gathered = gatherer.gather()
    assert counts(gathered) == {"unchanged": 1, "failed": 1}
    assert gathered.last
    assert [trouble.where for trouble in gathered.last.troubles] == [dead]
    assert "/one" not in site.seen
    assert list(gatherer.files()) == ["127.0.0.1-one", "127.0.0.1-two"]
    site.routes.pop("/2.xml")
    assert "has no such page" in gatherer.gather().failure


def test_a_sitemap_that_changes_is_seen_though_the_one_that_names_it_is_as_it_was(
    site: Site, gatherer: Gatherer, tagged: Conditional
) -> None:
    one, two = (site.page(f"/{name}", page(name)) for name in ("one", "two"))
    named = site.page("/1.xml", sitemap(one))
    index = f"<sitemapindex><sitemap><loc>{named}</loc></sitemap></sitemapindex>"
    gatherer.add(tagged("/sitemap.xml", index.encode(), '"s"'))
    assert counts(gatherer.gather()) == {"new": 1}
    site.page("/1.xml", sitemap(one, two))
    assert counts(gatherer.gather()) == {"new": 1, "unchanged": 1}


def test_of_a_long_sitemap_the_pages_that_changed_last_are_kept(site: Site, gatherer: Gatherer) -> None:
    dated = {"one": "2026-01-01", "two": "2026-03-01", "three": "2026-02-01"}
    for name in dated:
        site.page(f"/{name}", page(name))
    listed = "".join(f"<url><loc>{site.url}/{name}</loc><lastmod>{day}</lastmod></url>" for name, day in dated.items())
    gatherer.add(site.page("/sitemap.xml", f"<urlset>{listed}</urlset>".encode()), most=2)
    assert counts(gatherer.gather()) == {"new": 2}
    assert list(gatherer.files()) == ["127.0.0.1-three", "127.0.0.1-two"]


def test_entries_that_a_feed_names_no_more_stay_as_long_as_there_is_room(site: Site, gatherer: Gatherer) -> None:
    for number in range(4):
        site.page(f"/{number}", page(f"Number {number}"))
    for number in range(3):
        source = site.page("/feed", rss(item(f"/{number}")))
        if number == 0:
            gatherer.add(source, most=3)
        gatherer.gather()
        gatherer.time.passed += DAY
    assert list(gatherer.files()) == ["127.0.0.1-0", "127.0.0.1-1", "127.0.0.1-2"]
    site.page("/feed", rss(item("/3")))
    assert counts(gatherer.gather()) == {"new": 1, "unchanged": 3, "gone": 1}
    assert list(gatherer.files()) == ["127.0.0.1-1", "127.0.0.1-2", "127.0.0.1-3"]


def test_a_page_that_redirects_is_kept_once_under_the_address_it_leads_to(site: Site, gatherer: Gatherer) -> None:
    site.page("/new", page("New"))
    site.leads("/old", "/new")
    gatherer.add(site.page("/feed", rss(item("/old"), item("/new"))))
    gatherer.gather()
    assert list(gatherer.files()) == ["127.0.0.1-new"]
    site.page("/old", b"", status=404)
    site.page("/feed", rss(item("/old", "x"), item("/new", "x")))
    assert counts(gatherer.gather()) == {"unchanged": 1, "gone": 1}
    assert list(gatherer.files()) == ["127.0.0.1-new"]
