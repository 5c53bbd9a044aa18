"""Files that were sent to the bot: looked at first, kept in the library's folder once an admin says so."""

import re
import secrets
import shutil
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.article import Article
from index.readers import READERS, Skipped, SourceFile, read
from index.readers.files import QUESTIONS
from index.readers.jsonl import TOO_LONG

LARGEST = 20 * 1024 * 1024
"""Bytes that a bot may download."""
SENT = "sent"
"""The folder of a library where articles are kept that were sent to the bot."""
_ARRIVING = "arriving"
_DAY = 86_400.0
_LONGEST_NAME = 200
"""Bytes; file systems take 255."""
_SHOWN = 5
_MOST, _MOST_BYTES = 10_000, 200_000_000
"""How many articles are counted, and how much of a packed file is unpacked to count them."""


class NotTaken(Exception):
    """Why a file isn't taken: `message` is the id of the bot's text, `values` belong into it."""

    def __init__(self, message: str, **values: str | int) -> None:
        super().__init__(message)
        self.message, self.values = message, values


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A file that waits for a yes or a no."""

    token: str
    name: str
    articles: tuple[Article, ...]
    """The first five."""
    count: int
    """How many there are in all, or were counted."""
    more: bool
    """Whether there are more than were counted."""
    skipped: tuple[Skipped, ...]
    """The first five things in it that can't be read."""
    unread: int
    """How many of these there are in all, or were counted."""
    replaces: bool
    """Whether a file of that name was sent before."""


class Arriving:
    """The folder of what waits, and the one of what was taken."""

    def __init__(self, library: Path) -> None:
        self._arriving, self._sent = library / _ARRIVING, library / SENT

    def check(self, name: str | None, size: int | None) -> str:
        """The name to keep a file under; raises NotTaken for a kind that nothing reads, and for too large a one."""
        kept = kept_name(name or "")
        if not kept.lower().endswith(tuple(READERS)):
            raise NotTaken("file-unreadable", kinds=", ".join(READERS))
        if (size or 0) > LARGEST:
            raise NotTaken("file-too-large", most=LARGEST // 2**20)
        return kept

    def look_at(self, name: str, content: bytes) -> Arrival:
        """Keep it apart and read it; raises NotTaken where it holds no article."""
        token = secrets.token_hex(6)
        folder = self._arriving / token
        folder.mkdir(parents=True)
        (folder / name).write_bytes(content)
        arrival = self._read(folder / name, token)
        if not arrival.articles:
            shutil.rmtree(folder)
            reason = arrival.skipped[0].reason if arrival.skipped else TOO_LONG if arrival.more else "—"
            raise NotTaken("file-empty", reason=reason)
        return arrival

    def _read(self, path: Path, token: str) -> Arrival:
        """Only the first articles are kept in memory, and not all are counted: a small file may unpack into many."""
        articles: list[Article] = []
        skipped: list[Skipped] = []
        count = unread = 0
        more = False
        for found in read(SourceFile(path=path, name=path.name, most=_MOST_BYTES)):
            more = count + unread == _MOST or (isinstance(found, Skipped) and found.reason == TOO_LONG)
            if more:
                break
            if isinstance(found, Skipped):
                skipped = [*skipped, found][:_SHOWN]
                unread += 1
            else:
                articles = [*articles, found][:_SHOWN]
                count += 1
        return Arrival(
            token=token, name=path.name, articles=tuple(articles), count=count, more=more, skipped=tuple(skipped),
            unread=unread, replaces=(self._sent / path.name).exists(),
        )  # fmt: skip

    def take(self, token: str, *, replacing: bool = False) -> str | Arrival | None:
        """Move it to what is indexed; its name, also where it was taken before, or None where it waits no more.

        Where it would take the place of a file, and not by intent, it goes on waiting as the Arrival that it is now.
        An empty file stays in its place for a day, to know it by: nothing that is empty ever waits.
        """
        waiting = self._waiting(token)
        if waiting is None:
            return None
        if waiting.stat().st_size > 0:
            if not replacing and (self._sent / waiting.name).exists():
                return self._read(waiting, token)
            self._sent.mkdir(parents=True, exist_ok=True)
            waiting.replace(self._sent / waiting.name)
            waiting.touch()
        return waiting.name

    def discard(self, token: str) -> None:
        """As if it had never come."""
        if waiting := self._waiting(token):
            shutil.rmtree(waiting.parent, ignore_errors=True)

    def tidy(self) -> None:
        """Drop what nobody decided about for a day."""
        for folder in self._arriving.glob("*"):
            with suppress(FileNotFoundError):
                if time.time() - folder.stat().st_mtime > _DAY:
                    shutil.rmtree(folder, ignore_errors=True)

    def _waiting(self, token: str) -> Path | None:
        return next(iter(self._arriving.glob(f"{token}/*")), None) if re.fullmatch("[0-9a-f]{12}", token) else None


def kept_name(name: str) -> str:
    """A name that stays in its folder, is no longer than file systems take, and that the indexer won't pass over."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = re.sub(r"[^\w. ()-]", "_", last).strip(". ")
    while len(plain.encode()) > _LONGEST_NAME:
        plain = plain[1:].lstrip(". ")
    return f"sent-{plain}" if plain in QUESTIONS else plain
