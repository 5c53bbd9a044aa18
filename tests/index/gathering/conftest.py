"""A site on loopback whose pages are gathered, and time that passes only when somebody waits."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.gathering import Clock, Manners, Sources, Terms, WebSource, add, gather_all
from tests.index.fetching.site import Site, site_on_loopback

BEGIN = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with site_on_loopback() as site:
        yield site


class Time:
    """Stands still unless somebody waits, or a test lets it pass."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.waited: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.passed += seconds

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=int(self.passed))

    def monotonic(self) -> float:
        return self.passed


@pytest.fixture
def time() -> Time:
    return Time()


class Gatherer:
    """A library's sources, gathered as the command does it."""

    def __init__(self, library: Path, time: Time) -> None:
        self.sources, self.time = Sources(library), time
        self.terms = Terms(
            allow_private=True,
            manners=Manners(pause=0.0, backoff=0.0),
            clock=Clock(monotonic=time.monotonic, wait=time.wait, utc=time.now),
        )

    def add(self, address: str, **how: object) -> WebSource:
        return add(self.sources, address, terms=self.terms, **how).source

    def gather(self) -> WebSource:
        """All of them; the last."""
        *_, last = gather_all(self.sources, self.sources.all(), terms=self.terms)
        return last

    def files(self, name: str = "127.0.0.1") -> dict[str, str]:
        """What lies in a source's folder, by name without the digits at its end."""
        folder = self.sources.folder / name
        return {
            path.name.rpartition("-")[0]: path.read_text(encoding="utf-8-sig")
            for path in sorted(folder.iterdir())
            if not path.name.startswith(".")
        }


@pytest.fixture
def gatherer(tmp_path: Path, time: Time) -> Gatherer:
    return Gatherer(tmp_path / "library", time)


def counts(source: WebSource) -> dict[str, int]:
    """What came of it that isn't nothing."""
    last = source.last
    assert last is not None
    names = ("new", "changed", "unchanged", "gone", "failed", "left")
    return {name: getattr(last, name) for name in names if getattr(last, name)}


def page(title: str, text: str = "Nobody knows how it began, but everybody was there when it ended.") -> bytes:
    """A page that is an article."""
    return (
        f"<!doctype html><html lang=en><title>{title}</title><body><article><h1>{title}</h1><p>{text}</p></article>"
    ).encode()


def rss(*items: str) -> bytes:
    """A feed of these items."""
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'.encode()
    )


def item(link: str, title: str = "Title", text: str = "") -> str:
    """One of a feed."""
    return f"<item><title>{title}</title><link>{link}</link><description>{text}</description></item>"


def sitemap(*urls: str, modified: str = "") -> bytes:
    """A sitemap of these addresses."""
    stamp = f"<lastmod>{modified}</lastmod>" if modified else ""
    listed = "".join(f"<url><loc>{url}</loc>{stamp}</url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()


Conditional = Callable[[str, bytes, str], str]


@pytest.fixture
def tagged(site: Site) -> Conditional:
    """Put a page there that has an ETag and is sent only where it is not known by it; its address."""

    def put(path: str, body: bytes, etag: str) -> str:
        def answer(visit: object) -> None:
            known = visit.headers.get("If-None-Match") == etag
            visit.answer(b"" if known else body, status=304 if known else 200, ETag=etag)

        site.routes[path] = answer
        return site.url + path

    return put
