"""A library in one file: a zip of its catalog, what was measured of it, and a manifest that vouches for both.

docs/library-file.md describes it.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import FileUnusable
from index.local import calibration, catalog

FORMAT, VERSION = "citabot library", 1
MANIFEST = "manifest.json"
PARTS = (catalog.FILE, calibration.FILE)
"""The second may be missing."""
_LARGEST_MANIFEST = 1 << 16
_TIGHTEST = 200
"""How many times smaller than itself a part may have become; a catalog becomes smaller by a third."""
_BLOCK = 1 << 20
_LEVEL = 1
"""Of compression: vectors hardly become smaller however long it is tried, and a higher one takes a third longer."""
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error)
_DAMAGED_INSIDE = (*_DAMAGED, zlib.error, EOFError, RuntimeError, OSError)
"""What reading a damaged zip raises; OSError for a place where no file has anything."""
_LAST_GENERATION = 1 << 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A file in the file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What is in the file, all that has to be known before anything of it is unpacked."""

    catalog_format: int
    fingerprint: str
    """Of the embedder whose vectors it holds."""
    generation: int
    articles: int
    """That readers see."""
    passages: int
    made: str
    """When, in UTC."""
    by: str
    """The program and its version."""
    parts: Mapping[str, Part]


def pack(path: Path, parts: Mapping[str, Path], **about: Any) -> Manifest:
    """Write the file from `parts`, by name, and what a Manifest says beside them; raises OSError."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        written = {name: _put(archive, name, source) for name, source in parts.items()}
        manifest = Manifest(parts=written, **about)
        fields = {"format": FORMAT, "version": VERSION} | asdict(manifest)
        archive.writestr(MANIFEST, json.dumps(fields, indent=1, ensure_ascii=False))
    return manifest


class PackedLibrary:
    """A file that is opened; its parts are unpacked one by one."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path, self._archive = path, archive
        self._entries = {entry.filename: entry for entry in archive.infolist()}
        if len(self._entries) != len(archive.infolist()) or not {MANIFEST, catalog.FILE} <= self._entries.keys():
            raise FileUnusable(f"{path} is no library that citabot export has written.")
        self.manifest = self._read_manifest()
        if self._entries.keys() != {MANIFEST, *self.manifest.parts} or not self.manifest.parts.keys() <= {*PARTS}:
            raise FileUnusable(f"{path} holds other files than a library: it is none that citabot export has written.")
        for name, part in self.manifest.parts.items():
            entry = self._entries[name]
            if entry.file_size != part.bytes or entry.file_size > _TIGHTEST * max(entry.compress_size, 1 << 10):
                raise self._damaged(name)

    def unpack(self, name: str, target: Path) -> None:
        """Not a byte more than the manifest says; raises FileUnusable, and OSError where it can't be written."""
        part, digest, size = self.manifest.parts[name], hashlib.sha256(), 0
        with target.open("xb") as file:
            for block in self._blocks(name):
                size += len(block)
                digest.update(block)
                file.write(block)
        if (size, digest.hexdigest()) != (part.bytes, part.sha256):
            raise self._damaged(name)

    def _blocks(self, name: str) -> Iterator[bytes]:
        if self._entries[name].compress_type != zipfile.ZIP_DEFLATED:
            raise self._damaged(name)
        try:
            with self._archive.open(self._entries[name]) as packed:
                while block := packed.read(_BLOCK):
                    yield block
        except _DAMAGED_INSIDE as error:
            raise self._damaged(name) from error

    def _read_manifest(self) -> Manifest:
        if self._entries[MANIFEST].file_size > _LARGEST_MANIFEST:
            raise self._damaged(MANIFEST)
        try:
            fields = json.loads(b"".join(self._blocks(MANIFEST)))
            if fields.pop("format") != FORMAT:
                raise self._damaged(MANIFEST)
            if (version := int(fields.pop("version"))) > VERSION:
                raise FileUnusable(
                    f"{self._path} was written by a newer Citabot ({fields.get('by')}, form {version} of the file, "
                    f"this one knows {VERSION}): update Citabot."
                )
            return _manifest(fields)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise self._damaged(MANIFEST) from error

    def _damaged(self, name: str) -> FileUnusable:
        return FileUnusable(
            f"{self._path} is damaged ({name} is not as it was written): copy it again, or export it anew."
        )


@contextmanager
def opened(path: Path) -> Iterator[PackedLibrary]:
    """A file that says of itself what it should; raises FileUnusable."""
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise FileUnusable(f"{path} can't be read ({error.strerror}): name a file of citabot export.") from error
    except _DAMAGED as error:
        raise FileUnusable(f"{path} is no library that citabot export has written, or not all of one.") from error
    with archive:
        yield PackedLibrary(path, archive)


def _put(archive: zipfile.ZipFile, name: str, source: Path) -> Part:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as file, archive.open(name, "w", force_zip64=True) as packed:
        while block := file.read(_BLOCK):
            size += len(block)
            digest.update(block)
            packed.write(block)
    return Part(bytes=size, sha256=digest.hexdigest())


def _manifest(fields: dict[str, Any]) -> Manifest:
    parts = {name: Part(**part) for name, part in fields.pop("parts").items()}
    manifest = Manifest(parts=parts, **{name: fields[name] for name in Manifest.__slots__ if name != "parts"})
    numbers = (manifest.catalog_format, manifest.generation, manifest.articles, manifest.passages)
    texts = (manifest.fingerprint, manifest.made, manifest.by)
    if not (all(isinstance(number, int) and number >= 0 for number in numbers) and all(map(_is_text, texts))):
        raise TypeError(fields)
    if manifest.generation > _LAST_GENERATION:
        raise ValueError(fields)
    if not all(isinstance(part.bytes, int) and _is_text(part.sha256) for part in parts.values()):
        raise TypeError(parts)
    return manifest


def _is_text(value: object) -> bool:
    return isinstance(value, str)
