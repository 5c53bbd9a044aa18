"""Sources are kept beside their pages, and changed by one process at a time."""

import gzip
import json
from datetime import UTC, datetime

import pytest

from index.errors import NoRoom
from index.gathering import GatheringBusy, NotGathered, SourceUnknown, gather_all
from index.readers import SourceFile, discover
from tests.index.fetching.site import Site
from tests.index.gathering.conftest import Gatherer, counts, item, page, rss


def two_sources(site: Site, gatherer: Gatherer) -> None:
    for name in ("one", "two"):
        gatherer.add(site.page(f"/{name}", page(name)), name=name)


def test_two_do_not_gather_at_once(site: Site, gatherer: Gatherer) -> None:
    two_sources(site, gatherer)
    with gatherer.sources.locked(), pytest.raises(GatheringBusy, match=r"^Sources are being gathered right now"):
        gatherer.gather()


def test_what_was_removed_before_its_turn_came_does_not_come_back(site: Site, gatherer: Gatherer) -> None:
    two_sources(site, gatherer)
    one, two = gatherer.sources.all()
    gathering = gather_all(gatherer.sources, [one, two], terms=gatherer.terms)
    gatherer.sources.remove(one.name)
    assert [source.name for source in gathering] == ["two"]
    assert [source.name for source in gatherer.sources.all()] == ["two"]


def test_a_page_that_is_its_own_source_fails_as_a_source_and_stays(site: Site, gatherer: Gatherer) -> None:
    address = site.page("/hours", page("Hours"))
    gatherer.add(address)
    gatherer.gather()
    before = gatherer.files()
    site.page("/hours", b"", status=503)
    last = gatherer.gather().last
    assert (last.failure, last.failed, last.unchanged, last.troubles) == (
        "127.0.0.1 has trouble of its own (503); try again later.", 0, 1, (),
    )  # fmt: skip
    assert gatherer.files() == before


@pytest.mark.parametrize("content", ["{", "[" * 5000, '{"x": {}}', '{"x": {"known": {}}}'])
def test_a_record_that_was_damaged_costs_another_visit_and_no_article(
    site: Site, gatherer: Gatherer, content: str
) -> None:
    urls = [site.page(f"/{number}", page(f"Number {number}")) for number in range(2)]
    gatherer.add(site.page("/feed", rss(*map(item, urls))))
    assert counts(gatherer.gather()) == {"new": 2}
    before = gatherer.files()
    (gatherer.sources.folder / "127.0.0.1" / ".pages.json").write_text(content)
    gatherer.gather()
    assert gatherer.files() == before
    (gatherer.sources.folder / "127.0.0.1" / ".source.json").write_text("[]")
    assert (gatherer.sources.all(), gatherer.sources.damaged()) == ([], ["127.0.0.1"])
    assert gatherer.files() == before
    gatherer.add(f"{site.url}/feed", name="127.0.0.1")
    assert counts(gatherer.gather()) == {"unchanged": 2}
    assert (gatherer.files(), gatherer.sources.damaged()) == (before, [])


@pytest.mark.parametrize(
    "content",
    [
        "", "null", "5", '"x"', "[]", "{}", "[" * 5000, '{"every": "1d"}', '{"every": 1e300}', '{"every": -1}',
        '{"kind": "mail"}', '{"most": null}', '{"known": "x"}', '{"last": {"began": "2026-11-24T12:00:00"}}',
        '{"last": {"began": 7e99}}', '{"last": {"troubles": ["x"]}}',
    ],
)  # fmt: skip
def test_whatever_stands_in_settings_the_other_sources_are_gathered(
    site: Site, gatherer: Gatherer, content: str
) -> None:
    two_sources(site, gatherer)
    gatherer.gather()
    file = gatherer.sources.folder / "one" / ".source.json"
    if content.startswith("{") and content != "{}":  # all else as it was
        whole = json.loads(file.read_text())
        for key, value in json.loads(content).items():
            whole[key] = whole[key] | value if isinstance(value, dict) else value
        content = json.dumps(whole)
    file.write_text(content)
    assert [source.name for source in gatherer.sources.all()] == ["two"]
    assert gatherer.sources.damaged() == ["one"]
    assert [source.is_due(datetime.now(UTC)) for source in gatherer.sources.all()] == [False]
    with pytest.raises(SourceUnknown, match="citabot sources add ADDRESS --name one"):
        gatherer.sources.find("one")
    assert counts(gatherer.gather()) == {"unchanged": 1}


def test_pages_whose_settings_are_gone_can_be_removed_and_files_beside_them_are_no_source(
    site: Site, gatherer: Gatherer
) -> None:
    two_sources(site, gatherer)
    gatherer.gather()
    (gatherer.sources.folder / "one" / ".source.json").unlink()
    (gatherer.sources.folder / "notes.txt").write_text("Notes")
    assert gatherer.sources.damaged() == ["one"]
    gatherer.sources.remove("one")
    assert gatherer.sources.damaged() == []


def test_a_removal_that_was_killed_leaves_neither_source_nor_article(
    site: Site, gatherer: Gatherer, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_sources(site, gatherer)
    gatherer.gather()
    with monkeypatch.context() as killed:
        killed.setattr("shutil.rmtree", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            gatherer.sources.remove("one")
    assert [source.name for source in gatherer.sources.all()] == ["two"]
    found = [file.name for file in discover(gatherer.sources.folder) if isinstance(file, SourceFile)]
    assert [name.partition("/")[0] for name in found] == ["two"]
    gatherer.gather()
    assert [path.name for path in gatherer.sources.folder.iterdir()] == ["two"]


def test_where_nothing_can_be_written_it_is_said_what_to_do(site: Site, gatherer: Gatherer) -> None:
    gatherer.sources.folder.parent.mkdir()
    gatherer.sources.folder.write_text("no folder")
    with pytest.raises(NoRoom, match=r"^Sources can't be kept in .*gathered \(.+\): make room, or let Citabot"):
        gatherer.add(site.page("/a", page("A")))


@pytest.mark.parametrize(
    ("body", "media_type", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png", "is neither a page nor a feed nor a sitemap, but image/png: "),
        (b"<opml><body/></opml>", "text/xml", "is neither a page nor a feed nor a sitemap, but text/xml: "),
        (gzip.compress(b"a,b\n"), "application/gzip", "is neither a page nor a feed nor a sitemap, but application/"),
    ],
)
def test_what_is_no_source_is_not_added(
    site: Site, gatherer: Gatherer, body: bytes, media_type: str, reason: str
) -> None:
    with pytest.raises(NotGathered, match=f"^{site.url}/a {reason}"):
        gatherer.add(site.page("/a", body, Content_Type=media_type))
    assert gatherer.sources.all() == []
