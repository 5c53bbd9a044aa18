"""What word processors' files say about themselves, where pandoc leaves it aside."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from html import unescape

from index.readers.inside import DAMAGED
from index.readers.making import day, one_line

_PLACES = ("docProps/core.xml", "meta.xml")
"""In a DOCX, in an ODT."""
_MOST = 200_000
"""Bytes that are looked at."""
_FIELDS = {
    "title": ("dc:title",),
    "author": ("meta:initial-creator", "dc:creator"),
    "made": ("dcterms:created", "meta:creation-date", "dc:date"),
}
_RTF_TEXT = r"{\\%s\s((?:[^\\{}]|\\'[0-9a-f]{2}|\\u-?\d+\\'3f)*)}"
_RTF_DAY = re.compile(rb"{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """Each is None where the file doesn't say it."""

    title: str | None = None
    author: str | None = None
    published: date | None = None


def about_packed(data: bytes) -> About:
    """Of a DOCX or ODT; raises BadZipFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as members:
            place = next((name for name in members.namelist() if name in _PLACES), None)
            if place is None:
                return About()
            with members.open(place) as member:
                text = member.read(_MOST).decode("utf-8", "replace")
    except zipfile.BadZipFile:
        raise
    except (*DAMAGED, OSError):  # pandoc may still make it out
        return About()
    found = {name: next(filter(None, (_field(text, tag) for tag in tags)), None) for name, tags in _FIELDS.items()}
    return About(title=found["title"], author=found["author"], published=day((found["made"] or "")[:10]))


def about_rtf(data: bytes) -> About:
    """Of an RTF whose letters have numbers."""
    text = data[:_MOST].decode("latin-1")
    made = _RTF_DAY.search(data[:_MOST])
    year, month, of_month = map(int, made.groups()) if made else (0, 0, 0)
    return About(
        title=_rtf_field(text, "title"),
        author=_rtf_field(text, "author"),
        published=day(f"{year}-{month:02}-{of_month:02}"),
    )


def _field(text: str, tag: str) -> str | None:
    found = re.search(rf"<{tag}\b[^<>]*>([^<]*)</{tag}>", text)
    return (one_line(unescape(found[1])) or None) if found else None


def _rtf_field(text: str, name: str) -> str | None:
    found = re.search(_RTF_TEXT % name, text)
    said = re.sub(r"\\u(-?\d{1,6})\\'3f", lambda number: chr(int(number[1]) % 0x10000), found[1]) if found else ""
    return one_line(said) or None
