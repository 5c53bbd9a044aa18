"""Which files there are to read, however wild the folder."""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from index.errors import SourceMissing

MOST = 16_000_000_000
"""Bytes of a file of articles, unpacked; more is no collection but an attack."""
QUESTIONS = ("questions.jsonl", "dialogues.jsonl")
"""Questions about the articles beside them, no articles."""
MAPPING = "mapping.toml"
"""How the names of files end that say which column of a table is what."""
_DEEPEST = 64
_PASSING = frozenset(
    {errno.EAGAIN, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.ESTALE}
)
"""Errors that say nothing about the file."""
_MOST_FILES = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """A file to be read."""

    path: Path
    name: str
    """As people know it: relative to the folder that was named."""
    most: int = MOST
    """Bytes, unpacked, that are read of a file of many articles."""
    depth: int = 0
    """How many files it lies in: archives, mails."""
    title: str = ""
    """Its name without the ending, where that on the disk is another."""

    @property
    def called(self) -> str:
        """The title of its article, where nothing else gives one."""
        return (self.title or self.path.stem).replace("-", " ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Skipped:
    """What was not read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SkippedForNow(Skipped):
    """What may be read the next time though it is as it was: there was no room, or a disk failed."""

    path: Path | None = None
    """Of the file or folder that could not be looked at, so that nobody knows what is there."""


def unread(source: str, what: str, error: OSError, path: Path | None = None) -> Skipped:
    """What the machine didn't let be read, or not even looked at where a `path` is given."""
    reason = f"{what} ({error.strerror or error})"
    if error.errno in _PASSING:
        return SkippedForNow(source=source, reason=reason, path=path)
    return Skipped(source=source, reason=reason)


def discover_files(source: Path, *, suffixes: tuple[str, ...]) -> Iterator[SourceFile | Skipped]:
    """Files with one of `suffixes` beneath `source`, sorted; or `source` itself, if it is a file."""
    try:
        root = source.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise SourceMissing(
            f"There is no {source}: name a folder or file of articles, or set CITABOT_ARTICLES."
        ) from error
    if root.is_dir():
        yield from _beneath(root, suffixes)
    else:
        yield _checked(root, root.name, suffixes, root.parent)


def _beneath(root: Path, suffixes: tuple[str, ...]) -> Iterator[SourceFile | Skipped]:
    found = 0
    complaints: list[Skipped] = []

    def complain(error: OSError) -> None:
        path = Path(error.filename)
        shown = _shown(path.relative_to(root) if path != root else root)
        complaints.append(unread(shown, "cannot be read", error, path))

    for folder, folders, files in os.walk(root, onerror=complain):
        here = Path(folder)
        yield from _pruned(here, folders, root)
        for name in sorted(files):
            if name.startswith(".") or name in QUESTIONS or name.endswith(MAPPING):
                continue
            found += 1
            if found > _MOST_FILES:
                yield Skipped(source=_shown(here), reason=f"has more than {_MOST_FILES:,} files, the rest was left")
                return
            path = here / name
            yield _checked(path, _shown(path.relative_to(root)), suffixes, root)
    yield from complaints


def _pruned(here: Path, folders: list[str], root: Path) -> Iterator[Skipped]:
    """Takes out of `folders`, in place, those that are not gone into."""
    for name in sorted(folders):
        path = here / name
        shown = _shown(path.relative_to(root))
        if path.is_symlink():
            yield Skipped(source=shown, reason="is a link to a folder; links are not followed")
        elif len(path.relative_to(root).parts) > _DEEPEST:
            yield Skipped(source=shown, reason=f"lies more than {_DEEPEST} folders deep")
        elif not name.startswith("."):
            continue
        folders.remove(name)
    folders.sort()


def _checked(path: Path, shown: str, suffixes: tuple[str, ...], root: Path) -> SourceFile | Skipped:
    if not path.name.lower().endswith(suffixes):
        return Skipped(source=shown, reason=f"has no reader (there are: {', '.join(suffixes)})")
    try:
        inside = path.resolve(strict=True).is_relative_to(root.resolve())
        ordinary = path.is_file()
    except RuntimeError as error:
        return Skipped(source=shown, reason=f"is a link that leads nowhere ({error})")
    except OSError as error:
        what = "cannot be read" if error.errno in _PASSING else "is a link that leads nowhere"
        return unread(shown, what, error, path)
    if not inside:
        return Skipped(source=shown, reason="is a link that leaves the folder")
    if not ordinary:
        return Skipped(source=shown, reason="is no ordinary file")
    if str(path) != _shown(path):
        return Skipped(source=shown, reason="has a path that is not UTF-8; rename it")
    return SourceFile(path=path, name=shown)


def _shown(path: PurePath) -> str:
    """A path as it can be printed and kept: bytes of its name that are no UTF-8 are replaced."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")
