"""Whatever happens to a site, the articles that were had of it stay, and it is treated with patience."""

from dataclasses import replace

import pytest

from index.fetching import Fetched, page_of
from index.fetching import Visit as Answered
from index.gathering import Bounds, Manners
from tests.index.fetching.site import Site, Visit
from tests.index.gathering.conftest import Gatherer, counts, item, page, rss, sitemap

DAY = 86_400.0


def feed_of(site: Site, gatherer: Gatherer, count: int) -> list[str]:
    """A feed of so many pages, gathered once; their addresses."""
    urls = [site.page(f"/{number}", page(f"Number {number}")) for number in range(count)]
    gatherer.add(site.page("/feed", rss(*map(item, urls))))
    assert counts(gatherer.gather()) == {"new": count}
    return urls


def asked_again(gatherer: Gatherer) -> dict[str, int]:
    """After a week, when every page is asked for."""
    gatherer.time.passed += 7 * DAY
    return counts(gatherer.gather())


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_the_site_says_is_gone_goes(site: Site, gatherer: Gatherer, status: int) -> None:
    feed_of(site, gatherer, 2)
    site.page("/0", b"", status=status)
    assert asked_again(gatherer) == {"unchanged": 1, "gone": 1}
    assert list(gatherer.files()) == ["127.0.0.1-1"]
    assert counts(gatherer.gather()) == {"unchanged": 1}


@pytest.mark.parametrize("status", [403, 500, 503])
def test_pages_that_cannot_be_had_stay_as_they_were(site: Site, gatherer: Gatherer, status: int) -> None:
    urls = feed_of(site, gatherer, 2)
    before = gatherer.files()
    for number in range(2):
        site.page(f"/{number}", b"", status=status)
    assert asked_again(gatherer) == {"failed": 2}
    assert gatherer.files() == before
    (source,) = gatherer.sources.all()
    assert [trouble.where for trouble in source.last.troubles] == urls
    assert f"({status})" in source.last.troubles[0].why


@pytest.mark.parametrize("body", [b"", b"<html><body><script>show()</script></body></html>", b"\x89PNG\0\0"])
def test_a_page_that_comes_without_its_text_takes_no_place_of_a_better_one(
    site: Site, gatherer: Gatherer, body: bytes
) -> None:
    feed_of(site, gatherer, 1)
    before = gatherer.files()
    site.page("/0", body)
    assert asked_again(gatherer) == {"failed": 1}
    assert gatherer.files() == before


def test_a_feed_in_trouble_leaves_everything_as_it_was(site: Site, gatherer: Gatherer) -> None:
    feed_of(site, gatherer, 2)
    before = gatherer.files()
    for broken, why in (
        ({"status": 503}, "127.0.0.1 has trouble of its own (503); try again later."),
        ({"status": 404}, "127.0.0.1 has no such page (404): look at the address again."),
        ({"body": page("Back soon")}, f"{site.url}/feed is no feed any more but a page: "),
    ):
        site.page("/feed", **{"body": b"", **broken})
        last = gatherer.gather().last
        assert (last.failure.startswith(why), last.unchanged, last.found_anything) == (True, 2, False)
        assert gatherer.files() == before
    site.page("/feed", rss(item("/0"), item("/1")))
    assert gatherer.gather().last.failure == ""


def test_an_empty_feed_or_sitemap_empties_nothing(site: Site, gatherer: Gatherer) -> None:
    feed_of(site, gatherer, 2)
    site.page("/feed", rss())
    assert counts(gatherer.gather()) == {"unchanged": 2}
    assert len(gatherer.files()) == 2


def test_where_most_pages_are_gone_at_once_they_stay_for_a_day(site: Site, gatherer: Gatherer) -> None:
    feed_of(site, gatherer, 12)
    for number in range(11):
        site.page(f"/{number}", b"", status=404)
    assert asked_again(gatherer) == {"unchanged": 1, "failed": 11}
    (source,) = gatherer.sources.all()
    assert source.last.troubles[0].why.startswith("The site says that most of its pages are gone; they stay here")
    assert len(gatherer.files()) == 12
    site.page("/0", page("Number 0"))
    gatherer.time.passed += DAY / 2
    assert counts(gatherer.gather()) == {"unchanged": 2, "failed": 10}
    gatherer.time.passed += DAY / 2
    assert counts(gatherer.gather()) == {"unchanged": 2, "gone": 10}
    assert len(gatherer.files()) == 2


def test_where_a_site_shows_one_notice_in_place_of_several_pages_they_stay(site: Site, gatherer: Gatherer) -> None:
    feed_of(site, gatherer, 4)
    before = gatherer.files()
    site.page("/login", page("Please sign in", "Sign in to go on reading, or come back when you have an account."))
    site.leads("/0", "/login")
    site.leads("/1", "/login")
    site.page("/2", page("Please sign in", "Sign in to go on reading, or come back when you have an account."))
    site.page("/3", page("Number 3", "This one has really changed, and says something that no other says."))
    assert asked_again(gatherer) == {"changed": 1, "failed": 3}
    after = gatherer.files()
    assert {name for name in before if before[name] != after[name]} == {"127.0.0.1-3"}
    assert (after.keys(), sorted(gatherer.sources.folder.glob("*/.before"))) == (before.keys(), [])
    for number in range(3):
        site.page(f"/{number}", page(f"Number {number}"))
    assert asked_again(gatherer) == {"unchanged": 4}


def test_a_page_with_two_addresses_is_given_back_once(site: Site, gatherer: Gatherer) -> None:
    site.page("/0", page("Number 0"))
    urls = [site.leads("/a", "/0"), site.leads("/b", "/0"), f"{site.url}/0"]
    gatherer.add(site.page("/feed", rss(*map(item, urls))))
    gatherer.gather()
    before = gatherer.files()
    site.page("/0", page("Back soon", "We are working on it, and will be back before you have missed us."))
    assert asked_again(gatherer) == {"failed": 3}
    assert gatherer.files() == before


def test_what_passes_is_tried_again_with_growing_pauses(site: Site, gatherer: Gatherer) -> None:
    left = [503, 503]

    def answer(visit: Visit) -> None:
        visit.answer(b"", status=left.pop()) if left else visit.answer(page("Back"))

    gatherer.add(site.page("/a", page("A")))
    site.routes["/a"] = answer
    gatherer.terms = replace(gatherer.terms, manners=Manners(pause=0.0, backoff=2.0))
    assert counts(gatherer.gather()) == {"new": 1}
    assert gatherer.time.waited == [2.0, 4.0]


@pytest.mark.parametrize(("asked", "waited"), [("7", [7.0]), ("100000", []), ("nonsense", [0.0])])
def test_a_site_that_says_when_to_come_back_is_left_alone_until_then_or_the_next_time(
    site: Site, gatherer: Gatherer, asked: str, waited: list[float]
) -> None:
    urls = [site.page(f"/{number}", page(f"Number {number}")) for number in range(2)]
    gatherer.add(site.page("/feed", rss(*map(item, urls))))
    refused = [True]

    def answer(visit: Visit) -> None:
        if refused and refused.pop():
            visit.answer(b"", status=429, Retry_After=asked)
        else:
            visit.answer(page("Number 0"))

    site.routes["/0"] = answer
    last = gatherer.gather()
    assert gatherer.time.waited == waited
    assert counts(last) == ({"new": 2} if waited else {"failed": 2})
    assert site.seen.count("/1") == (1 if waited else 0)


def test_a_site_that_fails_again_and_again_is_left_for_the_next_time(site: Site, gatherer: Gatherer) -> None:
    urls = [f"{site.url}/{number}" for number in range(6)]
    for number in range(6):
        site.page(f"/{number}", b"", status=500)
    gatherer.add(site.page("/feed", rss(*map(item, urls))))
    assert counts(gatherer.gather()) == {"failed": 6}
    assert [site.seen.count(f"/{number}") for number in range(6)] == [3, 3, 3, 0, 0, 0]
    for number in range(6):
        site.page(f"/{number}", page(f"Number {number}"))
    assert counts(gatherer.gather()) == {"new": 6}


def test_there_is_a_pause_between_two_visits_to_a_site(site: Site, gatherer: Gatherer) -> None:
    urls = [site.page(f"/{number}", page(f"Number {number}")) for number in range(3)]
    gatherer.add(site.page("/feed", rss(*map(item, urls))))
    gatherer.terms = replace(gatherer.terms, manners=Manners(pause=1.5))
    gatherer.gather()
    assert gatherer.time.waited == [1.5] * 3


@pytest.mark.parametrize(("asked", "pause"), [("5", 5.0), ("0.2", 1.0), ("86400", 30.0), ("a while", 1.0)])
def test_a_longer_pause_is_made_where_robots_txt_asks_for_one_within_reason(
    site: Site, gatherer: Gatherer, asked: str, pause: float
) -> None:
    site.page("/robots.txt", f"User-agent: *\nCrawl-delay: {asked}\n".encode(), Content_Type="text/plain")
    gatherer.add(site.page("/feed", rss(item(site.page("/0", page("0"))))))
    gatherer.terms = replace(gatherer.terms, manners=Manners())
    gatherer.gather()
    assert gatherer.time.waited == [pause]


def test_pages_that_robots_txt_closes_are_not_asked_for(site: Site, gatherer: Gatherer) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /closed/\n", Content_Type="text/plain")
    urls = [site.page(path, page(path)) for path in ("/closed/a", "/open/a")]
    gatherer.add(site.page("/sitemap.xml", sitemap(*urls)))
    assert counts(gatherer.gather()) == {"new": 1, "failed": 1}
    assert "/closed/a" not in site.seen
    assert site.seen.count("/robots.txt") == 2  # when it was added, and once for all pages


def test_what_there_is_no_time_or_room_for_comes_the_next_time(site: Site, gatherer: Gatherer) -> None:
    urls = [site.page(f"/{number}", page(f"Number {number}")) for number in range(4)]
    gatherer.add(site.page("/feed", rss(*map(item, urls)), ETag='"f"'))
    patient = gatherer.terms
    gatherer.terms = replace(patient, bounds=Bounds(size=2 * len(page("Number 0"))))
    assert counts(gatherer.gather()) == {"new": 2, "left": 2}
    gatherer.terms = replace(patient, manners=Manners(pause=10.0), bounds=Bounds(seconds=5.0))
    assert counts(gatherer.gather()) == {"unchanged": 2, "new": 1, "left": 1}
    gatherer.terms = patient
    assert counts(gatherer.gather()) == {"unchanged": 3, "new": 1}


def test_what_nobody_foresaw_fails_one_source_and_the_others_are_gathered(
    site: Site, gatherer: Gatherer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    urls = [site.page(f"/{number}", page(f"Number {number}")) for number in range(3)]
    gatherer.add(site.page("/feed", rss(*map(item, urls[:2])), ETag='"f"'), name="a", every=3600.0)
    gatherer.gather()
    before = gatherer.files("a")
    gatherer.add(site.page("/2"), name="b")

    def odd(visit: Answered) -> Fetched:
        if visit.place.endswith("/1"):
            raise LookupError("a page that is not there")
        return page_of(visit)

    site.page("/0", page("Number 0", "Something else is said here now."))
    site.page("/1", page("Number 1", "And here."))
    gatherer.time.passed += 7 * DAY
    monkeypatch.setattr("index.gathering.taking.page_of", odd)
    assert counts(gatherer.gather()) == {"new": 1}
    first, _ = gatherer.sources.all()
    assert first.last.failure == "It has something that nobody foresaw (LookupError)."
    assert (counts(first), first.is_due(gatherer.time.now())) == ({"changed": 1, "unchanged": 1}, False)
    assert {name for name, text in gatherer.files("a").items() if text != before[name]} == {"127.0.0.1-0"}
    assert f"{site.url}/feed could not be gathered\nTraceback" in caplog.text
    assert "LookupError: a page that is not there" in caplog.text
    monkeypatch.undo()
    gatherer.gather()
    first, _ = gatherer.sources.all()
    assert (counts(first), first.failure) == ({"changed": 1, "unchanged": 1}, "")
