"""Archives: each file in them is read as if it lay in a folder, but for those that would unpack without end."""

import stat
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from index.article import Article
from index.readers.files import Skipped, SourceFile, unread
from index.readers.inside import DAMAGED, DEEPEST, Read, inner_file, is_passed_over, place_for, shown_name
from index.readers.making import Unreadable
from index.readers.mapping import places_of_mapping

_MOST_FILES = 10_000
_MOST_DIRECTORY = 10_000_000
"""Bytes of an archive's list of what it holds."""
_MOST_BYTES = 4_000_000_000
"""Of everything in it, unpacked."""
_SMALL, _MOST_PACKED = 50_000_000, 200
"""Bytes, unpacked, from which on it counts how many times larger that is; of text it is ten times or so."""
_MOST_MAPPING = 100_000
_END, _END_WITHIN = b"PK\5\6", 66_000
_LOCKED = 1
"""A bit of a member's flags."""
_UNKNOWN = "is packed in a way that is not known here: unpack it"
_DAMAGED = "is damaged: it cannot be unpacked"


def read_zip(file: SourceFile, read: Read) -> Iterator[Article | Skipped]:
    """What `read` finds in each member, one after the other; they are named `archive.zip/folder/name`."""
    if file.depth >= DEEPEST:
        raise Unreadable("is an archive within archives: unpack one of them")
    most = min(file.most, _MOST_BYTES)
    _need_short_list(file.path)
    with _opened(file.path) as archive:
        members = [member for member in archive.infolist() if not member.filename.endswith("/")]
        _need_bounds(members, file.path.stat().st_size, most)
        share = most // max(1, sum(member.filename.lower().endswith(".zip") for member in members))
        for member in members:
            shown = shown_name(member.filename)
            if shown and not is_passed_over(shown):
                yield from _member(archive, member, file, shown, share, read)


def _opened(path: Path) -> zipfile.ZipFile:
    """Raises Unreadable."""
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise Unreadable("is no archive" if path.stat().st_size else "is empty") from error
    except NotImplementedError as error:
        raise Unreadable(_UNKNOWN) from error
    except DAMAGED as error:
        raise Unreadable(_DAMAGED) from error


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: SourceFile, shown: str, share: int, read: Read
) -> Iterator[Article | Skipped]:
    """One member, on the disk for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="citabot-") as folder:
        path = place_for(Path(folder), shown)
        try:
            _unpack(archive, member, path)
            _unpack_mapping(archive, member, path)
        except Unreadable as error:
            yield Skipped(source=f"{file.name}/{shown}", reason=str(error))
        except OSError as error:
            yield unread(f"{file.name}/{shown}", "cannot be unpacked", error)
        else:
            yield from read(inner_file(file, path, shown, most=share))


def _need_short_list(path: Path) -> None:
    """Before the list is read: an archive may be nothing else."""
    with path.open("rb") as opened:
        opened.seek(max(0, path.stat().st_size - _END_WITHIN))
        end = opened.read()
    at = end.rfind(_END)
    if at >= 0 and int.from_bytes(end[at + 12 : at + 16], "little") > _MOST_DIRECTORY:
        raise Unreadable(f"holds more than {_MOST_FILES:,} files, or is enormous: unpack it")


def _need_bounds(members: list[zipfile.ZipInfo], size: int, most: int) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MOST_FILES:
        raise Unreadable(f"holds more than {_MOST_FILES:,} files: unpack it")
    if unpacked > most:
        raise Unreadable(f"would unpack to more than {most // 1_000_000:,} MB: unpack it")
    if unpacked > max(_SMALL, _MOST_PACKED * size):
        raise Unreadable(f"would unpack to more than {_MOST_PACKED} times its size: no text does that")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """Never more than the archive says; raises Unreadable and OSError."""
    if member.flag_bits & _LOCKED:
        raise Unreadable("is locked with a password: unpack it")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unreadable("is a link; links are not followed")
    try:
        with archive.open(member) as packed, path.open("wb") as unpacked:
            while block := packed.read(1 << 20):
                unpacked.write(block)
    except NotImplementedError as error:
        raise Unreadable(_UNKNOWN) from error
    except DAMAGED as error:
        raise Unreadable(_DAMAGED) from error


def _unpack_mapping(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """Beside the member, where there is one for it."""
    for name in places_of_mapping(member.filename):
        if name in archive.NameToInfo and archive.NameToInfo[name].file_size <= _MOST_MAPPING:
            _unpack(archive, archive.NameToInfo[name], path.with_name(f"{path.name}.mapping.toml"))
            return
