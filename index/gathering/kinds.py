"""What is at an address: a page, a feed or a sitemap, told by what it holds and not by what it is called."""

import re
import zlib
from dataclasses import dataclass
from urllib.parse import urljoin

from index.fetching import Visit
from index.fetching.keeping import SUFFIXES, media_type_of
from index.gathering.terms import LISTING_LIMITS, Kind, NotGathered
from index.readers.charsets import page_text
from index.readers.making import Unreadable, web_address
from index.readers.markup import page_tree
from index.readers.saved import DOCUMENTS

_LOOKED_AT = 8192
"""Bytes."""
_TAG = re.compile(r"<([\w:.-]{1,60})")
_BEFORE = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))
"""What may stand before the first element, and where each ends."""
_MOST_BEFORE = 100
_ROOTS: dict[str, Kind] = {"rss": "feed", "feed": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap"}
_GZIP = b"\x1f\x8b"
_GZIP_HEADER = 31
"""zlib's number for what begins with gzip's."""
_FEED_LINKS = (
    "//link[contains(concat(' ', normalize-space(@rel), ' '), ' alternate ')]"
    "[@type='application/rss+xml' or @type='application/atom+xml']/@href"
)
_MOST_FEEDS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Recognised:
    """What an address holds."""

    kind: Kind
    feeds: tuple[str, ...] = ()
    """Addresses of feeds that a page names."""


def recognised(visit: Visit) -> Recognised:
    """What was found there; raises NotGathered where it is no source."""
    media_type, charset = visit.media_type
    body = unpacked(visit.body)
    kind = _ROOTS.get(_root(body[:_LOOKED_AT], charset))
    if kind:
        return Recognised(kind=kind)
    media_type = media_type_of(visit.place, visit.body, said=media_type)
    if media_type not in SUFFIXES or body is not visit.body:
        raise NotGathered(
            f"{visit.place} is neither a page nor a feed nor a sitemap, but {media_type[:60]}: look at the address "
            "again, or save what it holds among your articles."
        )
    return Recognised(kind="page", feeds=() if media_type in DOCUMENTS else _feeds(visit, charset))


def unpacked(body: bytes) -> bytes:
    """`body`, taken out of gzip where it is packed; raises NotGathered where that breaks or is too much."""
    if not body.startswith(_GZIP):
        return body
    unpacking = zlib.decompressobj(_GZIP_HEADER)
    try:
        plain = unpacking.decompress(body, LISTING_LIMITS.size + 1)
    except zlib.error as error:
        raise NotGathered("What was sent is packed and damaged; try again later.") from error
    if len(plain) > LISTING_LIMITS.size:
        raise NotGathered(f"What was sent unpacks to more than {LISTING_LIMITS.size // 1_000_000} MB.")
    if not unpacking.eof:
        raise NotGathered("What was sent is packed and breaks off; try again later.")
    return plain


def _root(start: bytes, charset: str | None) -> str:
    """The name of the first element, without its prefix, in lower case."""
    try:
        text = page_text(start, charset=charset).lstrip("\ufeff")
    except Unreadable:
        return ""
    for _ in range(_MOST_BEFORE):
        text = text.lstrip()
        end = next((end for begin, end in _BEFORE if text.startswith(begin)), None)
        if end is None:
            break
        if text[:200].partition(">")[0].find("[") > 0:  # names that the file defines for itself
            text = text.partition("]")[2]
        text = text.partition(end)[2]
    found = _TAG.match(text)
    return found[1].rpartition(":")[2].lower() if found else ""


def _feeds(visit: Visit, charset: str | None) -> tuple[str, ...]:
    try:
        named = page_tree(page_text(visit.body, charset=charset)).xpath(_FEED_LINKS)
    except Unreadable:
        return ()
    found: list[str] = []
    for link in named[:_MOST_FEEDS]:
        try:
            address = web_address(urljoin(visit.place, link.strip()))
        except ValueError:
            continue
        found += [address] if address else []
    return tuple(dict.fromkeys(found))
