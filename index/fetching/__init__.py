"""A page by its address, however hostile the address, the network or the server."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message

import httpx

from index.fetching.addresses import Resolve
from index.fetching.asking import Asking, Reply, host_of
from index.fetching.keeping import SUFFIXES, kept, name_for
from index.fetching.terms import Limits, NotFetched
from index.readers.making import Unreadable

__all__ = ["Fetched", "Limits", "NotFetched", "fetch"]

_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_ADDRESS = 2000
_LARGEST_ROBOTS = 500_000
"""Bytes, as RFC 9309 asks for."""
_NO_SUCH_PAGE = (404, 410)
_CLOSED = (401, 402, 403, 451)
_SERVER_TROUBLE = range(500, 600)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """A page, ready to be kept as a file of articles."""

    url: str
    """After redirects."""
    name: str
    """Of the file to keep it in: always the same for the same `url`, with a suffix that a reader knows."""
    content: bytes
    """In UTF-8; what the page is read from, its address included."""
    media_type: str
    """As the server said it."""


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    limits: Limits | None = None,
    resolve: Resolve | None = None,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """What is at `url`, redirects followed and robots.txt honoured; raises NotFetched. Blocks; never asks twice.

    `allow_private` lets the host that `url` names be a private one; no redirect leads to another private host.
    """
    limits, place = limits or Limits(), _place(url.strip())
    ask = Asking(limits, may_be_private=host_of(place) if allow_private else None, resolve=resolve, tls=tls)
    asked: dict[httpx.URL, str] = {}

    def heed_robots(page: httpx.URL) -> None:
        ask.check(page)
        robots = page.copy_with(raw_path=b"/robots.txt", fragment=None)
        if robots not in asked:
            asked[robots] = _robots(ask, robots, limits)
        if not ask.may(asked[robots], page):
            raise NotFetched("fetch-robots", host=page.host)

    place, reply = _followed(ask, place, limits, most=limits.size, before=heed_robots)
    if reply.status != httpx.codes.OK:
        raise NotFetched(_refusal(reply.status), host=place.host, status=reply.status)
    return _fetched(str(place), reply)


def _place(url: str) -> httpx.URL:
    """An address that may be asked, without its fragment; raises NotFetched."""
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
    ask: Asking, place: httpx.URL, limits: Limits, *, most: int, before: Callable[[httpx.URL], None]
) -> tuple[httpx.URL, Reply]:
    """Where redirects end, and what is there; `before` sees each place before it is asked."""
    for _ in range(limits.redirects + 1):
        before(place)
        reply = ask(place, most=most)
        location = reply.headers.get("location")
        if reply.status not in _REDIRECTS or location is None:
            return place, reply
        try:
            place = _place(str(place.join(location)))
        except (httpx.InvalidURL, ValueError) as error:
            raise NotFetched("fetch-leads-nowhere", host=place.host) from error
    raise NotFetched("fetch-leads-on")


def _robots(ask: Asking, robots: httpx.URL, limits: Limits) -> str:
    """The rules of a host: none where they can't be had; raises NotFetched where the host is in trouble."""
    try:
        _, reply = _followed(ask, robots, limits, most=_LARGEST_ROBOTS, before=lambda _: None)
    except NotFetched:
        return ""
    if reply.status in _SERVER_TROUBLE:
        raise NotFetched("fetch-trouble", host=robots.host, status=reply.status)
    return reply.body.decode("utf-8", "replace")


def _refusal(status: int) -> str:
    if status in _NO_SUCH_PAGE:
        return "fetch-no-page"
    if status in _CLOSED:
        return "fetch-closed"
    trouble = status in _SERVER_TROUBLE or status == httpx.codes.TOO_MANY_REQUESTS
    return "fetch-trouble" if trouble else "fetch-odd"


def _fetched(url: str, reply: Reply) -> Fetched:
    header = Message()
    header["Content-Type"] = reply.headers.get("content-type", "application/octet-stream")
    media_type, charset = header.get_content_type(), header.get_content_charset()
    if media_type == "application/pdf":
        raise NotFetched("fetch-pdf")
    if media_type not in SUFFIXES:
        raise NotFetched("fetch-no-text", kind=media_type[:60])
    try:
        content = kept(url, reply.body, media_type=media_type, charset=charset)
    except Unreadable as error:
        raise NotFetched("fetch-unreadable") from error
    return Fetched(url=url, name=name_for(url, SUFFIXES[media_type]), content=content, media_type=media_type)
