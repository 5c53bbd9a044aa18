"""Folders of files that are derived from the catalog: whole or not at all, stamped, and checked when opened."""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_STAMP, _INCOMING = "stamp.json", "incoming-"
_PIECE, _PIECES = 1 << 14, 1 << 10
"""Bytes, and how many such pieces of a file are read to check it: all of a small one, 16 MB of a large one."""


@contextmanager
def unfinished(library: Path, generation: int, fingerprint: str, *, shared: Iterable[Path] = ()) -> Iterator[Path]:
    """A folder to write into, where no reader looks; stamped when the block ends.

    It begins with other names for the files that it shares with another folder, which may go before or after it.
    """
    folder = _made(library, "vectors.unfinished-")
    try:
        for path in shared:
            (folder / path.name).hardlink_to(path)
        yield folder
        stamp = _stamp(folder, generation, fingerprint)
        for path in folder.iterdir():
            _flush(path)
        (folder / _STAMP).write_text(json.dumps(stamp))
    except BaseException:
        discard(folder)
        raise


def put_in_place(finished: Path, library: Path, generation: int) -> None:
    """Where readers of that generation will look, which it has to be before it is published; others are left alone."""
    folder = _folder(library, generation)
    discard(folder)
    finished.rename(folder)


def tidy(library: Path, generation: int) -> None:
    """Leave nothing but the folder of that generation, once it is published; readers of others keep their files."""
    for other in library.glob("vectors*"):
        if other != _folder(library, generation):
            discard(other)


def sweep(library: Path, generation: int) -> None:
    """The same, and nothing either of what a process that was killed had begun; for whoever holds the library."""
    tidy(library, generation)
    for other in library.glob(f"{_INCOMING}*"):
        discard(other)


@contextmanager
def incoming(library: Path) -> Iterator[Path]:
    """A folder to put something together in."""
    folder = _made(library, _INCOMING)
    try:
        yield folder
    finally:
        discard(folder)


def discard(folder: Path) -> None:
    """Whatever there is of it."""
    shutil.rmtree(folder, ignore_errors=True)


def is_written(library: Path, generation: int) -> bool:
    """Whether a generation's files were written, be they damaged since or not."""
    return (_folder(library, generation) / _STAMP).is_file()


def intact(library: Path, generation: int, fingerprint: str) -> Path | None:
    """A generation's folder; None where it is missing, stale or seen to be damaged."""
    folder = _folder(library, generation)
    try:
        held = json.loads((folder / _STAMP).read_text())
        return folder if held == _stamp(folder, generation, fingerprint) else None
    except (OSError, ValueError):
        return None


def _made(library: Path, name: str) -> Path:
    """A folder of its own, for whoever may read the library: not for its maker only, as temporary ones are."""
    folder = library / f"{name}{secrets.token_hex(8)}"
    folder.mkdir()
    return folder


def _folder(library: Path, generation: int) -> Path:
    return library / f"vectors-{generation}"


def _stamp(folder: Path, generation: int, fingerprint: str) -> dict[str, object]:
    files = {path.name: _checked(path) for path in sorted(folder.iterdir()) if path.name != _STAMP}
    return {"generation": generation, "fingerprint": fingerprint, "files": files}


def _checked(path: Path) -> str:
    """Size and checksum: pieces spread over all of a large file tell a torn one from a whole one at little cost."""
    size = path.stat().st_size
    digest = hashlib.blake2b(str(size).encode(), digest_size=32)
    step = max(_PIECE, -(-size // _PIECES))
    with path.open("rb") as file:
        for at in range(0, size, step):
            file.seek(min(at, max(0, size - _PIECE)))
            digest.update(file.read(_PIECE))
    return digest.hexdigest()


def _flush(path: Path) -> None:
    """So that the stamp is on the disk only when what it vouches for is."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
