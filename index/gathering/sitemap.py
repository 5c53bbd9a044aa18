"""What a sitemap names: pages, or other sitemaps."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from index.gathering.terms import NotGathered
from index.readers.making import web_address

_MOST = 200_000
"""Addresses of one sitemap; the protocol allows for 50,000."""
_LONGEST_STAMP = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An address that a sitemap names."""

    url: str
    modified: str
    """As it stands there, in a form that sorts by time; empty where it doesn't say."""
    is_sitemap: bool


def places_in(data: bytes) -> Iterator[Place]:
    """Each web address in its order, whatever else stands there left out; raises NotGathered for what is no XML.

    Nothing that the file defines is put in the place of its names, and nothing is fetched for it.
    """
    found = 0
    try:
        parsing = etree.iterparse(
            BytesIO(data), events=("end",), tag=("{*}url", "{*}sitemap"), resolve_entities=False, load_dtd=False,
            no_network=True, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for _, element in parsing:
            url = web_address(element.findtext("{*}loc"))
            modified = (element.findtext("{*}lastmod") or "").strip()[:_LONGEST_STAMP]
            is_sitemap = etree.QName(element).localname == "sitemap"
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            found += 1
            if url:
                yield Place(url=url, modified=modified, is_sitemap=is_sitemap)
            if found == _MOST:
                return
    except etree.LxmlError as error:
        raise NotGathered("The sitemap is damaged: it is no XML that can be made out; try again later.") from error
