"""Saved pages: MHTML, as browsers write it, a page or another document in one file with its address (RFC 2557)."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from index.article import Article
from index.readers.charsets import page_text
from index.readers.files import Skipped, SourceFile
from index.readers.html import saved_from
from index.readers.inside import DEEPEST, Read, place_for
from index.readers.making import Unreadable, web_address
from index.readers.mime import NO_FORM, as_written, message_of

DOCUMENTS: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
}
"""The suffix of what is no page, by media type."""
_PAGES = ("text/html", "application/xhtml+xml")


def read_saved(file: SourceFile, read: Read) -> Iterator[Article | Skipped]:
    """What `read` finds in the page or document that was saved; its address is the article's, if it names none."""
    if file.depth >= DEEPEST:
        raise Unreadable("is a saved page within archives: unpack one of them")
    message = message_of(file.path)
    try:
        root = _root(message)
        address = _address(message, root)
        suffix, content = _content(root, address)
    except Unreadable:
        raise
    except Exception as error:  # the standard library meets messages here that nobody foresaw
        raise Unreadable(NO_FORM) from error
    with tempfile.TemporaryDirectory(prefix="citabot-") as folder:
        title = _called(address) or file.called
        path = place_for(Path(folder), f"{title}{suffix}")
        path.write_bytes(content)
        for found in read(SourceFile(path=path, name=file.name, most=file.most, depth=file.depth + 1, title=title)):
            yield replace(found, url=found.url or address) if isinstance(found, Article) else found


def as_saved(url: str, body: bytes, media_type: str) -> bytes:
    """A document and its address, to be read by `read_saved`."""
    message = EmailMessage()
    message.set_content(body, *media_type.split("/"))
    message["Content-Location"] = url
    return message.as_bytes()


def _root(message: EmailMessage) -> EmailMessage:
    """The part that the others belong to: the one that is named, else the first one that can be read."""
    parts = [part for part in message.walk() if part.get_content_type() in (*_PAGES, *DOCUMENTS)]
    start = str(message.get_param("start") or "").strip("<> ")
    if not parts:
        raise Unreadable("is no saved page")
    return next((part for part in parts if start and as_written(part, "content-id").strip("<>") == start), parts[0])


def _address(message: EmailMessage, root: EmailMessage) -> str | None:
    """Where it was saved from."""
    said = [(message, "snapshot-content-location"), (root, "content-location"), (message, "content-location")]
    return next(filter(None, (web_address(as_written(part, name)) for part, name in said)), None)


def _called(address: str | None) -> str:
    """The last name in an address, without its ending: the title, where there is no other."""
    name = PurePosixPath(unquote(urlsplit(address or "").path))
    return name.stem if name.suffix.lower() in (*DOCUMENTS.values(), ".html", ".htm") else name.name


def _content(root: EmailMessage, address: str | None) -> tuple[str, bytes]:
    """The suffix that its reader goes by, and the bytes."""
    payload, media_type = root.get_payload(decode=True), root.get_content_type()
    body = payload if isinstance(payload, bytes) else b""
    if media_type in DOCUMENTS:
        return DOCUMENTS[media_type], body
    text = page_text(body, charset=root.get_content_charset())
    return ".html", f"{saved_from(address)}\n{text}".encode("utf-8-sig") if address else text.encode("utf-8-sig")
