"""The sources of a library: a folder for each, with its pages, its settings and its last gathering."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from index.errors import NoRoom
from index.gathering.pages import Pages
from index.gathering.terms import GatheringBusy, NotGathered, SourceUnknown, WebSource
from index.sources import GATHERED
from index.whole_file import write_whole

_FILE = ".source.json"
_REMOVED = ".removed"
_NAME = re.compile(r"\w[\w.-]{0,59}")


class Sources:
    """Read by anybody, changed by one process at a time."""

    def __init__(self, library: Path) -> None:
        self.folder = library / GATHERED

    @contextmanager
    def locked(self, *, adding: bool = False) -> Iterator[None]:
        """Nobody else changes anything inside; raises GatheringBusy, and NoRoom for what can't be written.

        Where there is no source and none is added there is nothing to change, and no folder is made for it.
        """
        if not adding and not self.folder.exists():
            yield
            return
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder.parent / "gathering.lock", timeout=0):
                for removed in self.folder.glob(f".*{_REMOVED}"):  # by a process that was killed then
                    shutil.rmtree(removed)
                yield
        except Timeout as error:
            raise GatheringBusy("Sources are being gathered right now: try again when that is done.") from error
        except OSError as error:
            raise NoRoom(
                f"Sources can't be kept in {self.folder} ({error.strerror}): make room, or let Citabot write there."
            ) from error

    def all(self) -> list[WebSource]:
        """By name."""
        found = (_read(file) for file in sorted(self.folder.glob(f"[!.]*/{_FILE}")))
        return [source for source in found if source]

    def damaged(self) -> list[str]:
        """Names of those whose settings nobody can make out; their pages stay articles until they are removed."""
        return [folder.name for folder in sorted(self.folder.glob("[!.]*/")) if _read(folder / _FILE) is None]

    def find(self, named: str) -> WebSource:
        """By name or address; raises SourceUnknown."""
        for source in self.all():
            if named in (source.name, source.address):
                return source
        if named in self.damaged():
            raise SourceUnknown(
                f"What the source {named} is can't be read any more: citabot sources add ADDRESS --name {named}"
            )
        raise SourceUnknown(f"No source is called {named}: citabot sources list names them all.")

    def count(self, name: str) -> int:
        """Pages that are kept of the source that is called so."""
        return Pages(self.folder / name).count()

    def folder_of(self, source: WebSource) -> Path:
        """Where its pages lie."""
        return self.folder / source.name

    def name_for(self, address: str, wanted: str | None = None) -> str:
        """A name that nobody has: `wanted`, or one after the site; raises NotGathered where that can't be."""
        sources = self.all()
        same = next((source for source in sources if source.address == address), None)
        if same:
            raise NotGathered(f"{address} is a source already, called {same.name}.")
        taken = {source.name.casefold() for source in sources}
        if wanted is None:
            taken |= {name.casefold() for name in self.damaged()}
            site = re.sub(r"[^\w.-]", "-", (urlsplit(address).hostname or "").removeprefix("www."))[:50].strip(".-")
            return next(name for name in _numbered(site or "source") if name.casefold() not in taken)
        if not _NAME.fullmatch(wanted) or wanted.endswith("."):
            raise NotGathered("A source's name is made of up to 60 letters, digits, dots and hyphens: choose another.")
        if wanted.casefold() in taken:
            raise NotGathered(f"There is a source called {wanted} already: choose another name.")
        return wanted

    def save(self, source: WebSource) -> None:
        """Add it, or what came of it."""
        folder = self.folder_of(source)
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / _FILE, _stored().dump_json(source, indent=1).decode())

    def remove(self, name: str) -> None:
        """With all of its pages, at once."""
        removed = self.folder / f".{name}{_REMOVED}"
        (self.folder / name).rename(removed)
        shutil.rmtree(removed)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 1
    while True:
        number += 1
        yield f"{name}-{number}"


def _read(file: Path) -> WebSource | None:
    """None for what nobody can make out."""
    try:
        return replace(_stored().validate_json(file.read_bytes()), name=file.parent.name)
    except (OSError, ValueError):
        return None


@cache
def _stored() -> TypeAdapter[WebSource]:
    return TypeAdapter(WebSource)
