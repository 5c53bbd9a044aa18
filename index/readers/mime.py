"""MIME, in which mails and saved pages are written: what it takes to parse it without harm."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

from index.readers.making import Unreadable, read_bytes

NO_FORM = "has a form that could not be made out; save its text instead"
_LARGEST = 50_000_000
"""Bytes, what is attached included."""
_MOST_PARTS = 1000
_MOST_BOUNDARIES, _MOST_HEADERS = 10_000, 10_000
"""Lines that may begin a part, and those before the first part."""
_MADE_OUT = ("from", "subject", "date", "received", "content-type", "content-disposition", "content-transfer-encoding")
_LONGEST_HEADER = 10_000
_WRITTEN = re.compile(
    rb"^(" + "|".join(_MADE_OUT).encode() + rb"):([^\n]*(?:\n[ \t][^\n]*)*)", re.IGNORECASE | re.MULTILINE
)


def message_of(path: Path) -> EmailMessage:
    """The parsed message of a file; raises Unreadable and OSError."""
    data = read_bytes(path, most=_LARGEST).lstrip(b"\xef\xbb\xbf\r\n")
    if not data.strip():
        raise Unreadable("is empty")
    _need_bounds(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    try:
        return email.message_from_bytes(data, policy=email.policy.default)
    except Exception as error:  # the standard library meets messages here that nobody foresaw
        raise Unreadable(NO_FORM) from error


def _need_bounds(data: bytes) -> None:
    """Raises Unreadable before anything is parsed: the standard library takes quadratic time to make headers out."""
    if data.lower().count(b"content-type:") > _MOST_PARTS or data.count(b"\n--") > _MOST_BOUNDARIES:
        raise Unreadable(f"has more than {_MOST_PARTS:,} parts")
    if data.partition(b"\n\n")[0].count(b"\n") > _MOST_HEADERS:
        raise Unreadable(f"has more than {_MOST_HEADERS:,} headers")
    spent = 0
    for name, value in _WRITTEN.findall(data):
        spent += len(value) ** 2
        if spent > _LONGEST_HEADER**2:
            raise Unreadable(f"has headers, such as {name.decode()}, of more than {_LONGEST_HEADER:,} letters")


def as_written(part: EmailMessage, name: str) -> str:
    """A header of one word, such as an address, without the white space that folding brings; empty without one."""
    found = next((value for header, value in part.raw_items() if header.lower() == name), "")
    return "".join(str(found).split())
