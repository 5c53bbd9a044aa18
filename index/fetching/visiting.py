"""Visits to addresses: redirects followed, each hop checked, robots.txt honoured, unchanged pages not sent again."""

import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime

import httpx

from index.fetching.addresses import Resolve
from index.fetching.asking import AGENT, SINGLE_PAGE, Asking, Errand, Reply, host_of
from index.fetching.robots import pause_of
from index.fetching.terms import Limits, NotFetched

_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_ADDRESS = 2000
_LONGEST_SIGN = 1000
"""Characters of an ETag that are sent back; honest ones have far fewer."""
_LARGEST_ROBOTS = 500_000
"""Bytes, as RFC 9309 asks for."""
_NO_SUCH_PAGE = (404, 410)
_CLOSED = (401, 402, 403, 451)
_SERVER_TROUBLE = range(500, 600)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """How a page was when it was last there, by the site's own signs."""

    place: str
    """After redirects."""
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """What was found at an address."""

    place: str
    """After redirects."""
    unchanged: bool
    """It is as it was known to be; nothing was sent."""
    headers: Mapping[str, str]
    """By name in lower case."""
    body: bytes

    @property
    def media_type(self) -> tuple[str, str | None]:
        """As the server said it, and the encoding, where that can be made out."""
        header = Message()
        header["Content-Type"] = self.headers.get("content-type", "application/octet-stream")
        try:
            return header.get_content_type(), header.get_content_charset()
        except (TypeError, ValueError):  # the standard library's own, at parameters in odd pieces
            return header["Content-Type"].partition(";")[0].strip().lower(), None

    @property
    def known(self) -> Known:
        """What lets the next visit find out whether anything has changed."""
        etag, modified = (self.headers.get(name, "") for name in ("etag", "last-modified"))
        return Known(place=self.place, etag=_sign(etag), modified=_sign(modified))


class Visitor:
    """Asks for one address after the other, and remembers what each site's robots.txt says."""

    def __init__(
        self,
        *,
        private: str | None = None,
        limits: Limits | None = None,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
        errand: Errand = SINGLE_PAGE,
    ) -> None:
        """The host of the address `private` may be a private one; nothing leads to another private host."""
        self._limits, self._resolve, self._errand = limits or Limits(), resolve, errand
        self._private = host_of(place_of(private)) if private else None
        self._tls = tls or httpx.create_ssl_context(trust_env=False)
        self._robots: dict[httpx.URL, str] = {}

    def __call__(self, url: str, *, known: Known | None = None, limits: Limits | None = None) -> Visit:
        """What is at `url`; raises NotFetched. Blocks; never asks twice.

        Where it is as it is `known` to be, the site needn't send it. `limits` go before those of the visitor.
        """
        place, limits = place_of(url), limits or self._limits
        ask = Asking(limits, may_be_private=self._private, resolve=self._resolve, tls=self._tls, errand=self._errand)

        def heed_robots(page: httpx.URL) -> None:
            ask.check(page)
            robots = _robots_of(page)
            if robots not in self._robots:
                self._robots[robots] = _rules(ask, robots, limits)
            if not ask.may(self._robots[robots], page):
                raise NotFetched("fetch-robots", host=page.host)

        place, reply = _followed(ask, place, limits, most=limits.size, before=heed_robots, known=known)
        unchanged = reply.status == httpx.codes.NOT_MODIFIED and known is not None and known.place == str(place)
        if reply.status != httpx.codes.OK and not unchanged:
            raise NotFetched(_refusal(reply.status), wait=_wait(reply), host=place.host, status=reply.status)
        return Visit(place=str(place), unchanged=unchanged, headers=reply.headers, body=reply.body)

    def pause(self, url: str) -> float:
        """Seconds that the site of `url` asks for between two visits, as far as its robots.txt is known already."""
        with suppress(NotFetched):
            return pause_of(self._robots.get(_robots_of(place_of(url)), ""), agent=AGENT)
        return 0.0


def place_of(url: str) -> httpx.URL:
    """An address that may be asked, without its fragment; raises NotFetched."""
    url = url.strip()
    try:
        place = httpx.URL(url).copy_with(fragment=None)
        port = place.port
    except (httpx.InvalidURL, ValueError) as error:
        raise NotFetched("fetch-no-address") from error
    if place.scheme not in ("http", "https"):
        raise NotFetched("fetch-not-web")
    if place.userinfo:
        raise NotFetched("fetch-password")
    if len(url) > _LONGEST_ADDRESS or not place.host or (port is not None and not 0 < port < 65536):
        raise NotFetched("fetch-no-address")
    return place.copy_with(host=place.host.rstrip(".")) if place.host.endswith(".") else place


def _followed(
    ask: Asking,
    place: httpx.URL,
    limits: Limits,
    *,
    most: int,
    before: Callable[[httpx.URL], None],
    known: Known | None = None,
) -> tuple[httpx.URL, Reply]:
    """Where redirects end, and what is there; `before` sees each place before it is asked."""
    for _ in range(limits.redirects + 1):
        before(place)
        reply = ask(place, most=most, conditions=_conditions(known) if known and known.place == str(place) else ())
        location = reply.headers.get("location")
        if reply.status not in _REDIRECTS or location is None:
            return place, reply
        try:
            place = place_of(str(place.join(location)))
        except (httpx.InvalidURL, ValueError) as error:
            raise NotFetched("fetch-leads-nowhere", host=place.host) from error
    raise NotFetched("fetch-leads-on")


def _conditions(known: Known) -> list[tuple[bytes, bytes]]:
    signs = ((b"If-None-Match", known.etag), (b"If-Modified-Since", known.modified))
    return [(name, sign.encode("ascii")) for name, sign in signs if sign]


def _sign(text: str) -> str | None:
    """What may be sent back as it came; None where that is not sure."""
    return text if text and text.isascii() and text.isprintable() and len(text) <= _LONGEST_SIGN else None


def _robots_of(page: httpx.URL) -> httpx.URL:
    return page.copy_with(raw_path=b"/robots.txt", fragment=None)


def _rules(ask: Asking, robots: httpx.URL, limits: Limits) -> str:
    """The rules of a host: none where they can't be had; raises NotFetched where the host is in trouble."""
    try:
        _, reply = _followed(ask, robots, limits, most=_LARGEST_ROBOTS, before=lambda _: None)
    except NotFetched:
        return ""
    if reply.status in _SERVER_TROUBLE:
        raise NotFetched("fetch-trouble", wait=_wait(reply), host=robots.host, status=reply.status)
    return reply.body.decode("utf-8", "replace")


def _refusal(status: int) -> str:
    if status in _NO_SUCH_PAGE:
        return "fetch-no-page"
    if status in _CLOSED:
        return "fetch-closed"
    trouble = status in _SERVER_TROUBLE or status == httpx.codes.TOO_MANY_REQUESTS
    return "fetch-trouble" if trouble else "fetch-odd"


def _wait(reply: Reply) -> float | None:
    """Seconds, where a site says when it wants to be asked again."""
    said = reply.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    with suppress(ValueError, TypeError, OverflowError):
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    return None
