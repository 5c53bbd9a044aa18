"""Articles out of what the readers found: bytes decoded, characters settled, fields checked."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import charset_normalizer

from index.analysis import as_compared
from index.article import Article, content_digest
from index.installing import install_command
from index.language import UNKNOWN, detect

LARGEST = 20_000_000
"""Bytes of a file that holds one article."""
NOT_INSTALLED = f"needs a part of Citabot that is not installed: {install_command('documents')}"
"""The reason where an extra is missing."""
_LONGEST_TITLE = 300
_MOST_TAGS = 50
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SOUND = 4
"""Bytes beyond the first of their character, for each place that is damaged: by chance there are fewer."""
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c]")
"""The vertical tab and the form feed among them."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_JOINERS = "\u200c\u200d"
"""They keep words of Persian and emoji together."""
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_NOT_IN_ADDRESSES = re.compile(r"[\s\x00-\x1f\x7f\ud800-\udfff]")


class Unreadable(Exception):
    """Why a file or a line is no article, in words that follow its name."""


def read_bytes(path: Path, *, most: int = LARGEST) -> bytes:
    """All of a file, by default of one that holds one article; raises Unreadable and OSError."""
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unreadable(f"is larger than {most // 1_000_000} MB")
    return data


def need_size(path: Path, most: int) -> None:
    """Raises Unreadable where a file is larger than so many bytes, and OSError."""
    if path.stat().st_size > most:
        raise Unreadable(f"is larger than {most // 1_000_000} MB")


def read_text(path: Path) -> str:
    """The text of a file in whatever encoding; raises Unreadable and OSError."""
    return decoded(read_bytes(path))


def marked(data: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def decoded(data: bytes) -> str:
    """By byte order mark, as UTF-8, else by what is likeliest; raises Unreadable. What is damaged becomes `�`."""
    encoding = marked(data)
    if b"\0" in data and not encoding:
        raise Unreadable("looks binary")
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        text = data.decode(encoding or "utf-8", "replace")
        return text if text.count("\ufffd") * _SOUND <= len(data) - len(text) else _guessed(data)


def _guessed(data: bytes) -> str:
    if sum(byte < 32 and byte not in b"\t\n\r\f" for byte in data[:4096]) > len(data[:4096]) // 50:
        raise Unreadable("looks binary")
    western = data.decode("cp1252", "replace")
    accented = sum(character > "\x7f" and character.isalpha() for character in western)
    if accented < sum(map(str.isalpha, western)) / 5 and "\ufffd" not in western:
        return western
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise Unreadable("is in no encoding that could be told; save it as UTF-8")
    return str(best)


def settled(text: str) -> str:
    r"""Line ends as `\n`, without controls and lone surrogates, which no message could carry."""
    text = _LINE_ENDS.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text)).strip("\ufeff \t\n")


def one_line(text: str) -> str:
    """A title or a name: one line, nothing invisible, not endless."""
    visible = "".join(
        " " if c.isspace() else c for c in settled(text) if unicodedata.category(c) != "Cf" or c in _JOINERS
    )
    line = " ".join(visible.split()).strip(f" {_JOINERS}")
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1].rstrip() + "…"


def make_article(
    text: str,
    *,
    source: str,
    title: str,
    given_id: str | None = None,
    author: str | None = None,
    published: date | None = None,
    url: str | None = None,
    language: str | None = None,
    pages: tuple[int, ...] = (),
    tags: Iterable[str] = (),
) -> Article:
    """An article with what is missing worked out; raises Unreadable where there is no text.

    `pages` count the characters of a text that is settled already. The folder that it lies in is a tag too.
    """
    text = settled(text)
    if not any(character.isalnum() for character in text):
        raise Unreadable("is empty" if not text else "has no words")
    title, author = one_line(title) or source, one_line(author or "") or None
    language = (language or "").strip().replace("_", "-").split("-")[0].lower()
    if language == UNKNOWN or not re.fullmatch("[a-z]{2,3}", language):
        language = detect(text)
    fallback = content_digest(source, title, text)[:16]
    return Article(
        id=one_line(given_id or "") or fallback, title=title, text=text, language=language, source=source,
        author=author, published=published, url=web_address(url), pages=pages,
        tags=_tags(tags, source),
    )  # fmt: skip


def _tags(given: Iterable[str], source: str) -> tuple[str, ...]:
    """One line each, none twice, not endless; that of the folder comes last."""
    folder, slash, _ = source.partition("/")
    lines = filter(None, map(one_line, islice((*given, *([folder] if slash else ())), _MOST_TAGS)))
    return tuple({as_compared(tag): tag.lstrip("#") for tag in reversed(list(lines)) if as_compared(tag)}.values())[
        ::-1
    ]


def web_address(url: str | None) -> str | None:
    """`url` if it is one that a reader may be sent to."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    good = parts.scheme in ("http", "https") and parts.hostname and not _NOT_IN_ADDRESSES.search(url or "")
    return parts.geturl() if good else None


def day(value: object) -> date | None:
    """A date out of a date, a time or ISO 8601 text; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(value.strip()).date() if isinstance(value, str) else None
    except ValueError:
        return None
