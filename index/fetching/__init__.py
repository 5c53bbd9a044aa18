"""A page by its address, however hostile the address, the network or the server."""

import ssl
from dataclasses import dataclass

from index.fetching.addresses import Resolve
from index.fetching.keeping import SUFFIXES, kept, media_type_of, name_for
from index.fetching.terms import Limits, NotFetched
from index.fetching.visiting import Known, Visit, Visitor
from index.readers.making import Unreadable

__all__ = ["Fetched", "Known", "Limits", "NotFetched", "Visit", "Visitor", "fetch", "page_of"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """A page, ready to be kept as a file of articles."""

    url: str
    """After redirects."""
    name: str
    """Of the file to keep it in: always the same for the same `url`, with a suffix that a reader knows."""
    content: bytes
    """What the page is read from, its address included."""
    media_type: str
    """As the server said it, or as it is."""


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
    visit = Visitor(private=url if allow_private else None, limits=limits, resolve=resolve, tls=tls)
    return page_of(visit(url))


def page_of(visit: Visit) -> Fetched:
    """What came, as a page to be kept; raises NotFetched where it is none."""
    url, (media_type, charset) = visit.place, visit.media_type
    media_type = media_type_of(url, visit.body, said=media_type)
    if media_type not in SUFFIXES:
        raise NotFetched("fetch-no-text", kind=media_type[:60])
    try:
        content = kept(url, visit.body, media_type=media_type, charset=charset)
    except Unreadable as error:
        raise NotFetched("fetch-unreadable") from error
    return Fetched(url=url, name=name_for(url, SUFFIXES[media_type]), content=content, media_type=media_type)
