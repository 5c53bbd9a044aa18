"""Files into articles: one file here a format, joined in one table."""

import gzip
import stat
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from index.article import Article
from index.readers.files import Skipped, SourceFile, discover_files
from index.readers.html import read_html
from index.readers.jsonl import read_jsonl
from index.readers.making import Unreadable
from index.readers.markdown import read_markdown
from index.readers.plain import read_plain

__all__ = ["READERS", "Skipped", "SourceFile", "discover", "read"]

Reader = Callable[[SourceFile], Iterator[Article | Skipped]]

READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
}
"""By suffix; a new format is a file beside these and a row here."""


def discover(source: Path) -> Iterator[SourceFile | Skipped]:
    """The readable files of a file or folder; raises SourceMissing."""
    return discover_files(source, suffixes=tuple(READERS))


def read(file: SourceFile) -> Iterator[Article | Skipped]:
    """All that `file` holds; whatever can't be read is Skipped with the reason, nothing is raised."""
    reader = next(reader for suffix, reader in READERS.items() if file.path.name.lower().endswith(suffix))
    try:
        if not stat.S_ISREG(file.path.stat().st_mode):
            raise Unreadable("is no ordinary file")
        yield from reader(file)
    except Unreadable as error:
        yield Skipped(source=file.name, reason=str(error))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Skipped(source=file.name, reason="is damaged: what comes after is missing")
    except OSError as error:
        yield Skipped(source=file.name, reason=f"cannot be read ({error.strerror or error})")
