"""How a page is kept: a file whose name a reader knows, and whose text names the page's address."""

import hashlib
import json
import re
from urllib.parse import unquote, urlsplit

from index.readers.charsets import page_text
from index.readers.html import saved_from
from index.readers.making import one_line

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".md",  # plain text has no place for an address
}
"""By media type."""
_LONGEST_NAME = 50
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>(?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_ADDRESS = re.compile(r"^(?:url|link)[ \t]*:", re.MULTILINE)


def name_for(url: str, suffix: str) -> str:
    """The same for the same address, another for any other: what people recognise, and a few digits of its hash."""
    parts = urlsplit(url)
    shown = f"{(parts.hostname or '').removeprefix('www.')} {unquote(parts.path)}"
    plain = re.sub(r"(?:[^\w.]|(?<!\w)\.|\.(?!\w))+", "-", re.sub(r"\.(?:x?html?|md|markdown|txt)$", "", shown)).strip(
        "-."
    )
    digits = hashlib.blake2b(url.encode(), digest_size=4).hexdigest()
    return f"{plain[:_LONGEST_NAME].rstrip('-.')}-{digits}{suffix}"


def kept(url: str, body: bytes, *, media_type: str, charset: str | None) -> bytes:
    """The page in UTF-8, its address on top: in a comment, in Markdown as front matter; raises Unreadable."""
    text = page_text(body, charset=charset).replace("\r\n", "\n")
    if SUFFIXES[media_type] == ".html":
        return f"{saved_from(url)}\n{text}".encode("utf-8-sig")
    titled = media_type == "text/plain" and not urlsplit(url).path.lower().endswith((".md", ".markdown"))
    return _with_address(text.lstrip("\ufeff \t\n"), url, titled=titled).encode()


def _with_address(text: str, url: str, *, titled: bool) -> str:
    front = _FRONT_MATTER.match(text)
    address = f"url: {json.dumps(url)}\n"
    if front and not titled:
        return text if _ADDRESS.search(front["fields"]) else text.replace("\n", "\n" + address, 1)
    title = json.dumps(one_line(text.partition("\n")[0]), ensure_ascii=False)
    fields = address + (f"title: {title}\n" if titled else "")
    return f"---\n{fields}---\n\n{text}"
