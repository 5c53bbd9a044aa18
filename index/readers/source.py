"""What a reader is given, and what it gives back besides articles."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.article import Article
from index.errors import IndexingError


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """A file that may hold articles, and the name that people know it by (`Article.source`)."""

    path: Path
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Skipped:
    """What could not be read, and why, in words that follow the name: `notes.txt is empty`."""

    source: str
    """The file's name, with `:LINE` for one line of it."""
    reason: str


Reader = Callable[[SourceFile], Iterator[Article | Skipped]]
"""Reads one format. May raise Unreadable or OSError, which `index.readers.read` reports."""


class Unreadable(IndexingError):
    """Why a file or a line holds no article. Stays inside the readers: it becomes a Skipped."""


def require_regular(path: Path, *, at_most: int | None = None) -> None:
    """Raise Unreadable for whatever must not be opened: folders, FIFOs, devices, files over `at_most` bytes."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("is not a regular file")
    if at_most is not None and status.st_size > at_most:
        raise Unreadable(f"is larger than {in_megabytes(at_most)}")


def in_megabytes(size: int) -> str:
    """`20 MB` for 20 million bytes; smaller sizes in bytes."""
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size} bytes"


def failure(error: OSError) -> str:
    """An operating system's error as a reason: `cannot be read: permission denied`."""
    return f"cannot be read: {(error.strerror or type(error).__name__).lower()}"
