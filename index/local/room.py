"""Whether a disk was in the way of what went wrong, and what is said then."""

import errno
import sqlite3
from pathlib import Path

from index.errors import NoRoom

_OF_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
_OF_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
_KIND = 0xFF
"""Of an error of SQLite; the rest of its number says more."""


def no_room(error: BaseException | None, folder: Path) -> NoRoom | None:
    """What a full disk, or one that can't be written to, made go wrong in a library's folder; None for all else."""
    if isinstance(error, sqlite3.OperationalError):
        why = str(error) if error.sqlite_errorcode & _KIND in _OF_SQLITE else None
    else:
        why = error.strerror if isinstance(error, OSError) and error.errno in _OF_FILES else None
    if why is None:
        return None
    return NoRoom(f"{folder} can't be written to ({why}): make room there. What was published before still answers.")
