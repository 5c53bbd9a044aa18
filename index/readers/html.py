"""Web pages: their text without what surrounds it, and what they say about themselves."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from index.article import Article
from index.readers.charsets import page_text
from index.readers.files import Skipped, SourceFile
from index.readers.making import Unreadable, day, make_article, read_bytes, web_address

_SAVED_FROM = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype[^>]*>\s*)?<!-- saved from url=\(\d+\)(\S+) -->", re.IGNORECASE
)
"""What browsers write on top of a page that they save."""
_CANONICAL = "//link[contains(concat(' ', normalize-space(@rel), ' '), ' canonical ')]/@href"
_SHARED_AS = "//meta[@property='og:url']/@content"
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
"""A day that the page names as its own, none that merely stands somewhere in it."""


def read_html(file: SourceFile) -> Iterator[Article | Skipped]:
    """One article; the title as the page gives it, else the file's name."""
    text = page_text(read_bytes(file.path))
    try:
        yield _article(text, file)
    except Unreadable:
        raise
    except Exception as error:  # trafilatura meets markup here that nobody foresaw
        raise Unreadable("has markup that could not be made out; save its text instead") from error


def saved_from(url: str) -> str:
    """A comment for the top of a kept page that names its address, as browsers write it."""
    url = url.replace("--", "%2D%2D")
    return f"<!-- saved from url=({len(url):04}){url} -->"


def _article(text: str, file: SourceFile) -> Article:
    from trafilatura import bare_extraction, extract_metadata

    from index.readers.flow import chosen, flowing
    from index.readers.markup import keep_visible, page_tree

    tree = page_tree(text)
    about = extract_metadata(tree, date_config=_DATES)
    language, address = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"), _address(text, tree)
    keep_visible(tree)
    seen = flowing(tree)
    page = bare_extraction(tree, include_comments=False)
    if not page or isinstance(page, dict) or not (body := chosen(seen, flowing(page.body))):
        raise Unreadable("shows no text of its own (pages that a script fills come out empty); save its text instead")
    return make_article(
        body,
        source=file.name,
        title=about.title or file.called,
        author=about.author,
        published=day(about.date),
        url=address,
        language=language,
        tags=[*(about.tags or ()), *(about.categories or ())],
    )


def _address(text: str, tree: Any) -> str | None:
    """Where the page says that it belongs, else where it was saved from."""
    saved = _SAVED_FROM.match(text)
    base = saved[1] if saved else tree.xpath("string(//base/@href)")
    for given in (*tree.xpath(_CANONICAL), *tree.xpath(_SHARED_AS)):
        if address := web_address(_joined(base, given)):
            return address
    return web_address(saved[1]) if saved else None


def _joined(base: str, address: str) -> str | None:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return None
