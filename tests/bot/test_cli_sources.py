"""Sources as somebody at the terminal adds, lists, gathers and removes them, against a site on loopback."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import gathering, wiring
from bot.cli import app
from bot.cli_settings import BUSY
from bot.settings import Settings
from index.gathering import Manners
from index.local.library import LocalLibrary
from tests.bot.hashed import embedder
from tests.index.fetching.site import HEAD, Site, site_on_loopback
from tests.index.gathering.conftest import item, page, rss

MOMENT = r"20\d\d-\d\d-\d\d \d\d:\d\d"


@pytest.fixture
def site() -> Iterator[Site]:
    with site_on_loopback() as site:
        yield site


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder with one article, no other settings, a quick embedder, and sites that needn't be spared."""
    for name in os.environ:
        if name.lower() in Settings.model_fields:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "boat.txt").write_text("The boat\n\nThe boat leaves at six.")
    monkeypatch.setenv("CITABOT_ARTICLES", "articles")
    monkeypatch.setenv("CITABOT_PRIVATE_PAGES", "true")
    monkeypatch.setattr(gathering, "MANNERS", Manners(pause=0.0, backoff=0.0))
    monkeypatch.setattr(wiring, "embedder_of", lambda *_: embedder())


@pytest.fixture
def feed(site: Site) -> str:
    """The address of a feed of two pages."""
    for name in ("Bread", "Milk"):
        site.page(
            f"/{name.lower()}", page(name, f"Everything that there is to know about the price of {name.lower()}.")
        )
    return site.page("/feed.xml", rss(item("/bread", "Bread"), item("/milk", "Milk")))


def citabot(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def titles() -> list[str]:
    return sorted(article.title for article in LocalLibrary(Path("library")).articles())


def test_what_is_added_is_fetched_and_indexed_beside_the_articles(feed: str) -> None:
    added = citabot("sources", "add", feed, "--every", "6h", "--name", "prices")
    assert (added.exit_code, added.stdout) == (
        0, "Added prices: a feed, gathered every 6h by the running bot. Fetch it now: citabot index\n",
    )  # fmt: skip
    assert citabot("sources", "list").stdout == (
        f"prices · feed · {feed} · every 6h · 0 pages\n  not gathered yet: citabot index\n"
    )
    assert citabot("index").stdout.startswith("3 added, 0 changed, 0 removed, 0 unchanged, 0 skipped in ")
    assert titles() == ["Bread", "Milk", "The boat"]
    first, last = citabot("sources", "list").stdout.splitlines()
    assert first == f"prices · feed · {feed} · every 6h · 2 pages"
    assert re.fullmatch(rf"  {MOMENT}: 2 new, 0 changed, 0 unchanged, 0 gone, 0 failed in \d+\.\d s", last)


def test_what_cannot_be_fetched_is_told_and_stays_in_the_library(site: Site, feed: str) -> None:
    citabot("sources", "add", feed)
    citabot("index")
    site.page("/feed.xml", b"", status=503)
    told = citabot("index").stdout.splitlines()
    assert told[0].startswith("0 added, 0 changed, 0 removed, 3 unchanged, 1 skipped in ")
    assert told[1:] == [
        "  skipped 127.0.0.1: 127.0.0.1 has trouble of its own (503); try again later. Its pages stay as they are."
    ]
    _, last = citabot("sources", "list").stdout.splitlines()
    assert re.fullmatch(rf"  {MOMENT}: failed, 2 pages kept as before\. 127\.0\.0\.1 has trouble .*", last)


def test_a_check_names_the_sources_that_failed_the_last_time(site: Site, feed: str) -> None:
    citabot("sources", "add", feed, "--name", "prices")
    citabot("sources", "add", site.page("/hours", page("Hours")), "--name", "hours")
    citabot("index")
    assert citabot("check").stdout.splitlines()[2:] == ["sources    fine (2)"]
    site.page("/hours", b"", status=503)
    citabot("sources", "gather")
    assert citabot("check").stdout.splitlines()[2:] == [
        "sources    hours failed: 127.0.0.1 has trouble of its own (503); try again later."
    ]


def test_a_source_that_is_removed_leaves_with_its_pages(feed: str) -> None:
    citabot("sources", "add", feed)
    assert citabot("sources", "remove", feed).stdout == "Removed 127.0.0.1.\n"
    citabot("sources", "add", feed)
    citabot("index")
    assert citabot("sources", "remove", "127.0.0.1").stdout == (
        "Removed 127.0.0.1. Its 2 pages leave the library when citabot index runs.\n"
    )
    assert citabot("index").stdout.startswith("0 added, 0 changed, 2 removed, 1 unchanged, ")
    assert citabot("sources", "list").stdout.startswith("No sources are added yet: citabot sources add ADDRESS")


def test_a_source_whose_settings_are_damaged_is_named_and_can_be_mended_or_removed(feed: str) -> None:
    citabot("sources", "add", feed, "--name", "prices")
    citabot("index")
    settings = Path("library", "gathered", "prices", ".source.json")
    settings.write_text("{")
    for told in (citabot("sources", "list").stdout, "".join(citabot("check").stdout.splitlines()[2:])):
        assert "prices" in told
        assert told.rstrip().endswith("Add it again: citabot sources add ADDRESS --name prices")
    assert titles() == ["Bread", "Milk", "The boat"]
    citabot("sources", "add", feed, "--name", "prices")
    assert citabot("check").stdout.splitlines()[2:] == ["sources    fine (1)"]
    settings.write_text("{")
    assert citabot("sources", "remove", "prices").stdout.startswith("Removed prices. Its 2 pages leave the library")


def test_files_that_are_named_are_indexed_without_fetching_and_what_was_fetched_stays(site: Site, feed: str) -> None:
    citabot("sources", "add", feed)
    citabot("index")
    site.seen.clear()
    for arguments in (["articles"], ["--no-gather"], ["--dry-run"]):
        assert citabot("index", *arguments).exit_code == 0
    assert site.seen == []
    assert titles() == ["Bread", "Milk", "The boat"]


def test_the_address_of_a_page_is_no_file_and_the_way_to_have_it_is_told() -> None:
    result = citabot("index", "https://example.org/feed.xml")
    assert (result.exit_code, result.stderr) == (
        2,
        "https://example.org/feed.xml is fetched as often as you like once it is added: "
        "citabot sources add https://example.org/feed.xml\n",
    )


def test_sources_are_gathered_without_indexing_those_that_are_due_or_named(site: Site, feed: str) -> None:
    citabot("sources", "add", feed, "--name", "prices")
    citabot("sources", "add", site.page("/hours", page("Hours")), "--every", "never", "--name", "hours")
    prices, last = citabot("sources", "gather", "--due").stdout.splitlines()
    assert (prices, ": 2 new, 0 changed" in last) == ("prices", True)
    assert citabot("sources", "gather", "--due").stdout == "There was nothing to gather.\n"
    assert citabot("sources", "gather", "hours").stdout.startswith("hours\n")
    assert not (Path("library") / "catalog.sqlite").exists()


def test_scripts_are_told_in_json(feed: str) -> None:
    citabot("sources", "add", feed, "--pages", 1)
    (listed,) = map(json.loads, citabot("sources", "list", "--json").stdout.splitlines())
    assert listed == {
        "name": "127.0.0.1", "address": feed, "kind": "feed", "every": 86400.0, "most": 1, "last": None, "pages": 0,
    }  # fmt: skip
    *steps, gathered = map(json.loads, citabot("sources", "gather", "--json").stdout.splitlines())
    assert steps[-1] == {"step": "gathering", "done": 1, "total": 1}
    assert gathered["last"] | {"began": "", "seconds": 0} == {
        "began": "", "seconds": 0, "new": 1, "changed": 0, "unchanged": 0, "gone": 0, "failed": 0, "left": 0,
        "failure": "", "cause": None, "troubles": [],
    }  # fmt: skip


def test_a_page_that_names_a_feed_is_added_and_the_feed_suggested(site: Site) -> None:
    head = b'<html><head><title>Prices</title><link rel=alternate type="application/rss+xml" href="/feed.xml">'
    told = citabot("sources", "add", site.page("/", head + page("Prices")), "--every", "never").stdout
    assert told == (
        "Added 127.0.0.1: a page, gathered when citabot index runs. Fetch it now: citabot index\n"
        f"  The page names a feed, should you want all its entries: citabot sources add {site.url}/feed.xml\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "example.org"], "The address has to begin with https:// or http://."),
        (["add", "{feed}", "--every", "soon"], "soon is no schedule: write 30m, 6h, 1d, 2w or never; 5m is the sh"),
        (["add", "{feed}", "--every", "1m"], "1m is no schedule: write 30m, 6h, 1d, 2w or never; 5m is the shortest."),
        (["add", "{feed}", "--name", "../x"], "A source's name is made of up to 60 letters, digits, dots and hyphens"),
        (["add", "{feed}", "--name", "Taken"], "There is a source called Taken already: choose another name."),
        (["add", "{site}/none"], "127.0.0.1 has no such page (404): look at the address again."),
        (["add", "{site}/taken"], "{site}/taken is a source already, called taken."),
        (["remove", "nothing"], "No source is called nothing: citabot sources list names them all."),
        (["gather", "nothing"], "No source is called nothing: citabot sources list names them all."),
    ],
)
def test_what_cannot_be_is_one_line_that_says_how_to_mend_it(
    site: Site, feed: str, arguments: list[str], said: str
) -> None:
    citabot("sources", "add", site.page("/taken", page("Taken")), "--name", "taken")
    result = citabot("sources", *(each.format(feed=feed, site=site.url) for each in arguments))
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(said.format(site=site.url))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["gather"], "There was nothing to gather.\n"), (["remove", "x"], "No source is called x: ")],
)
@pytest.mark.parametrize("there", [True, False])
def test_where_there_is_no_source_no_folder_is_made_and_nothing_is_left_in_one(
    tmp_path: Path, arguments: list[str], said: str, there: bool
) -> None:
    mistyped = tmp_path / "libary"
    if there:
        mistyped.mkdir()
    assert citabot("sources", *arguments, "--library", mistyped).output.startswith(said)
    assert list(tmp_path.rglob("libary*/*")) == []
    assert mistyped.exists() == there


def test_private_sites_are_fetched_only_where_the_settings_say_so(feed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITABOT_PRIVATE_PAGES", "false")
    result = citabot("sources", "add", feed)
    assert (result.exit_code, result.stderr.startswith("127.0.0.1 is no public site")) == (2, True)


def test_beside_another_gathering_the_articles_are_indexed_as_they_are(feed: str) -> None:
    citabot("sources", "add", feed)
    with gathering.sources_in(Settings(_env_file=None)).locked():
        told = citabot("index").stdout
        assert citabot("sources", "remove", feed).exit_code == BUSY
    assert "  skipped sources: are being gathered already; what that brings is taken up by the next" in told
    assert titles() == ["The boat"]


def test_a_gathering_that_is_killed_leaves_whole_files_and_the_next_one_goes_on(site: Site) -> None:
    site.page("/bread", page("Bread"))
    site.routes["/milk"] = lambda visit: visit.drip(HEAD + b"\r\n<html>", b"x")
    citabot("sources", "add", site.page("/feed", rss(item("/bread", "Bread"), item("/milk", "Milk"))))
    with subprocess.Popen([sys.executable, "-m", "bot", "sources", "gather"], stderr=subprocess.DEVNULL) as process:
        while "/milk" not in site.seen:
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()
    site.page("/milk", page("Milk"))
    assert ": 1 new, 0 changed, 1 unchanged, 0 gone, 0 failed in " in citabot("sources", "gather").stdout
    citabot("index", "--no-gather")
    assert titles() == ["Bread", "Milk", "The boat"]
