"""The files that sources consist of, and how each is known to be as it was."""

import hashlib
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.readers import Skipped, SourceFile, discover, other_than_bytes

GATHERED = "gathered"
"""The folder of a library where pages lie that were fetched."""
_ENORMOUS = 1_000_000_000
"""Bytes; a larger file is taken for unchanged by its size and time."""


def files_of(sources: Sequence[Path]) -> Iterator[SourceFile | Skipped]:
    """Each file once, however often it is named; raises SourceMissing."""
    seen: set[Path] = set()
    for source in sources:
        for found in discover(source):
            if isinstance(found, Skipped):
                yield found
            elif found.path not in seen:
                seen.add(found.path)
                yield found


def digest_of(file: SourceFile) -> str:
    """Of the file's bytes and name, and of what else its articles hang on.

    Of its size and time where it is enormous, of its name where it can't be read.
    """
    digest = hashlib.blake2b(file.name.encode(), digest_size=16)
    try:
        digest.update(other_than_bytes(file.path))
        state = file.path.stat()
        if state.st_size > _ENORMOUS or not stat.S_ISREG(state.st_mode):
            digest.update(f"{state.st_size} {state.st_mtime_ns}".encode())
        else:
            with file.path.open("rb") as opened:
                while block := opened.read(1 << 20):
                    digest.update(block)
    except OSError as error:
        digest.update(str(error.errno).encode())
    return digest.hexdigest()
