"""A page by its address, however hostile the address, the network or the server."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message

import httpx

from index.fetching.addresses import Resolve
from index.fetching.asking import AGENT, Asking, Reply, host_of
from index.fetching.keeping import SUFFIXES, kept, name_for
from index.fetching.robots import allows
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
        if not allows(asked[robots], page.raw_path.decode("ascii"), agent=AGENT):
            raise NotFetched(f"{page.host} asks programs not to fetch this page (robots.txt); send its text as a file.")

    place, reply = _followed(ask, place, limits, most=limits.size, before=heed_robots)
    if reply.status != httpx.codes.OK:
        raise NotFetched(_refusal(reply.status, place.host))
    return _fetched(str(place), reply)


def _place(url: str) -> httpx.URL:
    """An address that may be asked, without its fragment; raises NotFetched."""
    try:
        place = httpx.URL(url).copy_with(fragment=None)
        port = place.port
    except (httpx.InvalidURL, ValueError) as error:
        raise NotFetched("This is no web address: look at it again.") from error
    if place.scheme not in ("http", "https"):
        raise NotFetched("The address has to begin with https:// or http://.")
    if place.userinfo:
        raise NotFetched("The address holds a name or a password: leave them out.")
    if len(url) > _LONGEST_ADDRESS or not place.host or (port is not None and not 0 < port < 65536):
        raise NotFetched("This is no web address: look at it again.")
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
            raise NotFetched(f"{place.host} leads on to something that is no web address.") from error
    raise NotFetched(f"The address leads on more than {limits.redirects} times without coming to a page.")


def _robots(ask: Asking, robots: httpx.URL, limits: Limits) -> str:
    """The rules of a host: none where they can't be had; raises NotFetched where the host is in trouble."""
    try:
        _, reply = _followed(ask, robots, limits, most=_LARGEST_ROBOTS, before=lambda _: None)
    except NotFetched:
        return ""
    if reply.status in _SERVER_TROUBLE:
        raise NotFetched(f"{robots.host} has trouble of its own ({reply.status}); try again later.")
    return reply.body.decode("utf-8", "replace")


def _refusal(status: int, host: str) -> str:
    if status in _NO_SUCH_PAGE:
        return f"{host} has no such page ({status}): look at the address again."
    if status in _CLOSED:
        return f"{host} shows this page not to everybody ({status}); send its text as a file instead."
    if status in _SERVER_TROUBLE or status == httpx.codes.TOO_MANY_REQUESTS:
        return f"{host} has trouble of its own ({status}); try again later."
    return f"{host} answered with {status} and no page."


def _fetched(url: str, reply: Reply) -> Fetched:
    header = Message()
    header["Content-Type"] = reply.headers.get("content-type", "application/octet-stream")
    media_type, charset = header.get_content_type(), header.get_content_charset()
    if media_type == "application/pdf":
        raise NotFetched("This is a PDF, which cannot be read yet: send its text as a file instead.")
    if media_type not in SUFFIXES:
        raise NotFetched(
            f"This is no page of text but {media_type[:60]}: pages, Markdown and plain text can be fetched."
        )
    try:
        content = kept(url, reply.body, media_type=media_type, charset=charset)
    except Unreadable as error:
        raise NotFetched(f"The page {error}.") from error
    return Fetched(url=url, name=name_for(url, SUFFIXES[media_type]), content=content, media_type=media_type)
