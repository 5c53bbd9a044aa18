"""How a page is kept: a file whose name a reader knows, and whose text names the page's address."""

import hashlib
import json
import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from index.readers.charsets import page_text
from index.readers.html import saved_from
from index.readers.making import one_line
from index.readers.office import RTF_MARK
from index.readers.pdf import PDF_MARK, PDF_SEARCHED
from index.readers.saved import DOCUMENTS, as_saved

_SAVED = ".mhtml"
"""What has no place for an address of its own is kept in a file that has."""
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/plain": ".md",
    **dict.fromkeys(DOCUMENTS, _SAVED),
}
"""By media type."""
_BYTES = (
    "application/octet-stream", "binary/octet-stream", "application/force-download", "application/zip",
    "application/x-zip-compressed", "application/msword",
)  # fmt: skip
"""What documents are called that a server doesn't know."""
_NOTHING = b"\xef\xbb\xbf\0 \t\r\n"
_LONGEST_NAME = 50
_ENDING = re.compile(r"\.(?:x?html?|md|markdown|txt|pdf|docx|odt|rtf|epub)$", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"(?:[^\w.]|(?<!\w)\.|\.(?!\w))+")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?![ \t]*\n)(?P<fields>(?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_ADDRESS = re.compile(r"^(?:url|link)[ \t]*:", re.MULTILINE)


def media_type_of(url: str, body: bytes, *, said: str) -> str:
    """What a page is: many servers call documents nothing but bytes, or text."""
    start = body[:PDF_SEARCHED]
    if start.lstrip(_NOTHING).startswith(PDF_MARK) or (said in _BYTES and PDF_MARK in start):
        return "application/pdf"
    if start.startswith(RTF_MARK):
        return "application/rtf"
    ending = PurePosixPath(urlsplit(url).path).suffix.lower()
    named = next((media_type for media_type, suffix in DOCUMENTS.items() if suffix == ending), said)
    return named if said in _BYTES else said


def name_for(url: str, suffix: str) -> str:
    """The same for the same address, another for any other: what people recognise, and a few digits of its hash."""
    parts = urlsplit(url)
    shown = f"{(parts.hostname or '').removeprefix('www.')} {unquote(parts.path)}"
    plain = _NOT_IN_NAMES.sub("-", _ENDING.sub("", shown)).strip("-.")
    digits = hashlib.blake2b(url.encode(), digest_size=4).hexdigest()
    return f"{plain[:_LONGEST_NAME].rstrip('-.')}-{digits}{suffix}"


def kept(url: str, body: bytes, *, media_type: str, charset: str | None) -> bytes:
    """The page in UTF-8, its address on top: in a comment, in Markdown as front matter; raises Unreadable.

    Documents are saved as they came, beside their address.
    """
    if media_type in DOCUMENTS:
        return as_saved(url, body, media_type)
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
