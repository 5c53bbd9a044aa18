"""A library into one file, while readers and indexers are at work on it."""

import glob
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.errors import LibraryMissing, NoRoom, NotOverwritten
from index.local import calibration, catalog
from index.local.held import meta
from index.local.portable import Manifest, pack
from index.stepwise import steps_done

_AT_WORK = "at-work.lock"
"""Held as long as a file is being written in the folder that it is in."""
_NOT_LOCKED = (OSError, NotImplementedError)
"""What locking raises where somebody holds the lock (filelock's Timeout is an OSError), or the disk knows no locks."""


def export_library(folder: Path, path: Path, *, replace: bool = False) -> Manifest:
    """One published generation of the library in `folder`, whole or not at all; nothing about who asked or did what.

    Raises LibraryMissing, NotOverwritten, and NoRoom where it can't be written.
    """
    if path.is_dir():
        raise NotOverwritten(f"{path} is a folder: name a file in it.")
    if path.parent.resolve().is_relative_to(folder.resolve()):
        raise NotOverwritten(f"{path} lies in the library's own folder: name a file elsewhere.")
    if path.exists() and not (replace and path.is_file()):
        raise NotOverwritten(f"{path} is there already: name another file, or say that it is to be replaced: --replace")
    if not path.parent.is_dir():
        raise NoRoom(f"There is no folder {path.parent}: make it first, or name a file elsewhere.")
    if not (folder / catalog.FILE).is_file():
        raise LibraryMissing(f"There is no library in {folder} yet: run citabot index")
    try:
        return _export(folder, path)
    except OSError as error:
        if Path(error.filename or path).is_relative_to(folder):
            raise NoRoom(f"{folder} can't be written to ({error.strerror}): let Citabot write there.") from error
        raise NoRoom(f"{path} can't be written ({error.strerror}); it needs room for the library twice.") from error
    except sqlite3.OperationalError as error:
        raise NoRoom(f"{path} can't be written ({error}); it needs room for the library twice.") from error


def _export(folder: Path, path: Path) -> Manifest:
    with _unfinished(folder, path) as made:
        copied, measured, packed = (made / part for part in (catalog.FILE, calibration.FILE, "packed"))
        with closing(catalog.connect(folder)) as connection:
            if not catalog.published_generation(connection):
                raise LibraryMissing(f"Nothing has been indexed in {folder} yet: run citabot index")
            connection.execute("VACUUM INTO ?", (str(copied),))
        about = _about(copied)
        parts = {catalog.FILE: copied}
        if fields := calibration.load_calibration(folder, about["fingerprint"], generation=about["generation"]):
            calibration.save_calibration(measured.parent, about["fingerprint"], fields)
            parts[calibration.FILE] = measured
        manifest = pack(packed, parts, **about)
        with packed.open("rb+") as file:
            os.fsync(file.fileno())
        packed.replace(path)
    return manifest


@contextmanager
def _unfinished(folder: Path, path: Path) -> Iterator[Path]:
    """A folder beside the file, held until the end of the block; those that nobody holds any more are cleared away.

    One after the other, so that nobody looks at a folder that was made and is not held yet. On a disk that knows no
    locks nothing is cleared away.
    """
    beside = f"{path.name}.unfinished-"
    with ExitStack() as held:
        with FileLock(folder / "exporting.lock"):
            for left in path.parent.glob(f"{glob.escape(beside)}*/{_AT_WORK}"):
                with suppress(*_NOT_LOCKED), FileLock(left, timeout=0):
                    shutil.rmtree(left.parent, ignore_errors=True)
            made = Path(held.enter_context(tempfile.TemporaryDirectory(prefix=beside, dir=path.parent)))
            with suppress(*_NOT_LOCKED):
                held.enter_context(FileLock(made / _AT_WORK))
        yield made


def _about(copied: Path) -> dict[str, Any]:
    """What the manifest says; the record of who indexed when is taken out, and overwritten with zeros."""
    with closing(sqlite3.connect(copied, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("DELETE FROM runs")
        connection.execute("DELETE FROM sqlite_sequence WHERE name = 'runs'")
        (articles,) = connection.execute("SELECT count(*) FROM titles").fetchone()
        (passages,) = connection.execute("SELECT count(*) FROM passages").fetchone()
        return {
            "catalog_format": steps_done(connection),
            "fingerprint": meta(connection, "fingerprint") or "",
            "generation": catalog.published_generation(connection),
            "articles": articles,
            "passages": passages,
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "by": f"citabot {version('citabot')}",
        }
