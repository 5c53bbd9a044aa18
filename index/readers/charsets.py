"""Bytes into text by the encoding that a page or a mail declares, as browsers go about it."""

import codecs
import re

from index.readers.making import decoded

_DECLARED = re.compile(rb"<(?:meta\b[^>]*?|\?xml\b[^>]*?en)c(?:harset|oding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LOOKED_AT = 4096
"""Bytes in which a page has to say its encoding; browsers read 1,024."""
_KNOWN = re.compile(
    r"utf-(?:7|8|16(?:-[bl]e)?)|cp\d+|iso8859-\d+|iso2022_\w+|koi8-\w|gb\w+|hz|big5\w*|euc_\w+|shift_jis\w*|mac-\w+|tis-620"
)
"""Names of codecs that the web uses: `unicode_escape` and the like are no encodings of pages."""
_MEANT = {
    "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
"""What browsers take a declared encoding for."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def page_text(data: bytes, *, charset: str | None = None) -> str:
    """By byte order mark, else `charset` (what the server said), else the page's own word, else by what is likeliest.

    Raises Unreadable where none of it makes text.
    """
    found = _DECLARED.search(data[:_LOOKED_AT])
    own = found[1].decode("ascii") if found else ""
    if own.lower().startswith("utf-16"):  # then nobody could have found it
        own = "utf-8"
    return text_in(data, charset=charset if _codec(charset) else own)


def text_in(data: bytes, *, charset: str | None) -> str:
    """By byte order mark, else `charset`, else by what is likeliest; raises Unreadable."""
    codec = None if data.startswith(_MARKS) else _codec(charset)
    if codec == "utf-8":
        return decoded(data.replace(b"\0", b""))
    if codec:
        text = data.decode(codec, "replace")
        if text.count("\ufffd") * 100 <= len(text):  # more is another encoding than the declared one
            return text
    return decoded(data)


def _codec(label: str | None) -> str | None:
    try:
        name = codecs.lookup((label or "").strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    return name if _KNOWN.fullmatch(name) else None
