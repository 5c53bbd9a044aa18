"""Files into articles: one file here a format, joined in one table."""

import gzip
import logging
import stat
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from index.article import Article
from index.readers import pandoc, pdf
from index.readers.files import Skipped, SkippedForNow, SourceFile, discover_files, unread
from index.readers.html import read_html
from index.readers.jsonl import read_jsonl
from index.readers.mail import read_mail
from index.readers.making import Unreadable
from index.readers.mapping import mapping_of
from index.readers.markdown import read_markdown
from index.readers.objects import read_objects
from index.readers.office import read_fb2, read_marked_up, read_packed, read_rtf
from index.readers.pdf import read_pdf
from index.readers.plain import read_plain
from index.readers.saved import read_saved
from index.readers.table import read_table
from index.readers.zipped import read_zip

__all__ = ["READERS", "Skipped", "SkippedForNow", "SourceFile", "discover", "other_than_bytes", "read"]

_log = logging.getLogger(__name__)
Reader = Callable[[SourceFile], Iterator[Article | Skipped]]

READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".mhtml": lambda file: read_saved(file, read),
    ".mht": lambda file: read_saved(file, read),
    ".pdf": read_pdf,
    ".docx": read_packed,
    ".odt": read_packed,
    ".rtf": read_rtf,
    ".epub": read_packed,
    ".fb2": read_fb2,
    ".rst": read_marked_up,
    ".org": read_marked_up,
    ".tex": read_marked_up,
    ".ipynb": read_marked_up,
    ".eml": lambda file: read_mail(file, read, _is_readable),
    ".csv": read_table,
    ".tsv": read_table,
    ".json": read_objects,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".zip": lambda file: read_zip(file, read),
}
"""By suffix; a new format is a file beside these and a row here."""
_HOLDING = (".eml", ".mhtml", ".mht", ".zip")
"""Files that may hold any other."""
_OPTIONAL = {
    pdf.is_there: (".pdf", *_HOLDING),
    pandoc.is_there: (
        ".docx",
        ".odt",
        ".rtf",
        ".epub",
        ".fb2",
        ".rst",
        ".org",
        ".tex",
        ".ipynb",
        *_HOLDING,
    ),
}
"""What may not be installed, and the files that are read otherwise without it."""
UNFORESEEN = "has a form that nobody foresaw"
"""How the reason begins where a reader broke down."""


def discover(source: Path) -> Iterator[SourceFile | Skipped]:
    """The readable files of a file or folder; raises SourceMissing."""
    return discover_files(source, suffixes=tuple(READERS))


def read(file: SourceFile) -> Iterator[Article | Skipped]:
    """All that `file` holds; whatever can't be read is Skipped with the reason, nothing but MemoryError is raised."""
    reader = next((reader for suffix, reader in READERS.items() if file.path.name.lower().endswith(suffix)), None)
    if reader is None:
        yield Skipped(source=file.name, reason=f"has no reader (there are: {', '.join(READERS)})")
        return
    try:
        if not stat.S_ISREG(file.path.stat().st_mode):
            raise Unreadable("is no ordinary file")
        yield from reader(file)
    except Unreadable as error:
        yield Skipped(source=file.name, reason=str(error))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Skipped(source=file.name, reason="is damaged: what comes after is missing")
    except OSError as error:
        yield unread(file.name, "cannot be read", error)
    except MemoryError:
        raise
    except Exception as error:  # whatever it is, the other files must be read
        _log.exception("%s could not be read", file.name)
        reason = f"{UNFORESEEN} ({type(error).__name__}); save its text instead"
        yield Skipped(source=file.name, reason=reason)


def other_than_bytes(path: Path) -> bytes:
    """What a file's articles hang on beside its bytes: a mapping, and what is not installed; mostly nothing."""
    lacking = [
        is_there.__module__
        for is_there, kinds in _OPTIONAL.items()
        if path.name.lower().endswith(kinds) and not is_there()
    ]
    mapping = mapping_of(path)
    return " ".join(lacking).encode() + (mapping.read_bytes() if mapping else b"")


def _is_readable(name: str) -> bool:
    return name.lower().endswith(tuple(READERS))
