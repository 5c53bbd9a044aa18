"""MIME, in which mails and saved pages are written: what it takes to parse it without harm."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from index.readers.making import Unreadable, read_bytes

NO_FORM = "has a form that could not be made out; save its text instead"
_LARGEST = 50_000_000
"""Bytes, what is attached included."""
_MOST_PARTS = 1000
_MADE_OUT = (
    "from", "subject", "date", "received", "content-type", "content-disposition", "content-transfer-encoding",
    "content-location", "snapshot-content-location",
)  # fmt: skip
_LONGEST_HEADER = 10_000


def message_of(path: Path) -> EmailMessage:
    """The parsed message of a file; raises Unreadable and OSError."""
    data = read_bytes(path, most=_LARGEST)
    if not data.strip():
        raise Unreadable("is empty")
    if data.lower().count(b"content-type:") > _MOST_PARTS:
        raise Unreadable(f"has more than {_MOST_PARTS:,} parts")
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        _need_short_headers(message)
    except Unreadable:
        raise
    except Exception as error:  # the standard library meets messages here that nobody foresaw
        raise Unreadable(NO_FORM) from error
    return message


def _need_short_headers(message: EmailMessage) -> None:
    """The standard library takes quadratic time to make them out."""
    for part in message.walk():
        for name, value in part.raw_items():
            if len(value) > _LONGEST_HEADER and name.lower() in _MADE_OUT:
                raise Unreadable(f"has a header, {name}, of more than {_LONGEST_HEADER:,} letters")
