"""A library out of one file: unpacked and looked through beside the one that answers, and taken over in one step."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from index.errors import FileUnusable, IndexingError, LibraryUnusable, NoRoom, NotOverwritten
from index.indexer import Outcome
from index.local import calibration, catalog, runs
from index.local.derived import discard, incoming
from index.local.held import IMPORTED, meta
from index.local.migrations import FORMAT, described, tables_of
from index.local.portable import Manifest, PackedLibrary
from index.local.vectors import VectorIndex
from index.local.writer import LocalLibraryWriter
from index.stepwise import steps_done

_ROOM = 3
"""Times the catalog: what is unpacked, what SQLite writes ahead, and what there is in the end."""


def check_file(file: PackedLibrary, *, fingerprint: str) -> None:
    """Whether this Citabot and this model can do anything with it; raises FileUnusable."""
    manifest = file.manifest
    if manifest.catalog_format > FORMAT:
        raise FileUnusable(
            f"The library in the file was written by a newer Citabot ({manifest.by}, format {manifest.catalog_format}, "
            f"this one knows {FORMAT}): update Citabot."
        )
    if manifest.fingerprint != fingerprint:
        raise FileUnusable(
            f"The library in the file was made with the model {manifest.fingerprint}, the settings name {fingerprint}. "
            "Set CITABOT_EMBEDDING_MODEL to the model that it was made with."
        )


def import_library(file: PackedLibrary, folder: Path, *, writer: LocalLibraryWriter, replace: bool = False) -> Outcome:
    """Make the library in `folder`, which the writer holds, what is in the file.

    Raises NotOverwritten, FileUnusable and NoRoom, and then nothing has changed. Whoever reads the library meanwhile
    goes on with what there was, and sees the new one when it is whole.
    """
    started, manifest = time.monotonic(), file.manifest
    held = writer.held()
    if held.articles and not replace:
        raise NotOverwritten(
            f"The library in {folder} holds {len(held.articles)} articles. If those of the file are to take their "
            "place, say --replace; else name another folder: --library"
        )
    needed = _ROOM * manifest.parts[catalog.FILE].bytes
    if (free := shutil.disk_usage(folder).free) < needed:
        raise NoRoom(f"There is no room in {folder}: {needed >> 20} MB are needed, {free >> 20} MB are free.")
    try:
        with incoming(folder) as scratch:
            for name in manifest.parts:
                file.unpack(name, scratch / name)
            _expect_catalog(scratch / catalog.FILE, manifest)
            with closing(_brought_up_to_date(scratch)) as connection:
                before, after = _seen_in(folder), _seen(connection)
                generation = _take_over(connection, scratch, folder, writer, manifest)
    except (OSError, sqlite3.OperationalError) as error:
        raise NoRoom(f"The file can't be unpacked into {folder} ({error}); nothing has changed.") from error
    same = before.keys() & after.keys()
    unchanged = sum(before[id_] == after[id_] for id_ in same)
    return Outcome(
        generation=generation,
        added=len(after) - len(same),
        changed=len(same) - unchanged,
        removed=len(before) - len(same),
        unchanged=unchanged,
        skipped=(),
        seconds=time.monotonic() - started,
        withheld=len(writer.held().withheld),
    )


def _expect_catalog(path: Path, manifest: Manifest) -> None:
    """Before anything in it is made use of: whole, of just the tables that a catalog of its format has."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            version = steps_done(connection)
            if version != manifest.catalog_format or not 0 < version <= FORMAT:
                raise _odd("its format is another one than the manifest says")
            if described(connection) != tables_of(version):
                raise _odd("its tables are not those of a library")
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise _odd("its tables are damaged")
            told = (meta(connection, "fingerprint"), catalog.published_generation(connection))
            if told != (manifest.fingerprint, manifest.generation) or manifest.generation < 1:
                raise _odd("it is another one than the manifest says")
    except (sqlite3.DatabaseError, ValueError) as error:
        raise _odd(str(error)) from error


def _brought_up_to_date(scratch: Path) -> sqlite3.Connection:
    try:
        return catalog.connect(scratch)
    except LibraryUnusable as error:
        raise _odd("it can't be brought up to date") from error


def _take_over(
    connection: sqlite3.Connection, scratch: Path, folder: Path, writer: LocalLibraryWriter, manifest: Manifest
) -> int:
    """Under a number that neither library has had; the record of what was done here stays here.

    What was measured of the library that was there is not true of this one, and goes with it.
    """
    with closing(catalog.connect(folder)) as here:
        generation = max(manifest.generation, catalog.published_generation(here) + 1)
        connection.execute("BEGIN IMMEDIATE")
        runs.carry_over(here, connection)
    notes = {"generation": generation, IMPORTED: manifest.made}
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(notes.items()))
    connection.execute("COMMIT")
    finished = _finished(scratch, folder, generation)
    measured = calibration.load_calibration(scratch, manifest.fingerprint)
    try:
        calibration.prepare_calibration(folder, generation, manifest.fingerprint, measured)
        return writer.take_over(connection, finished)
    except BaseException:
        discard(finished)
        raise


def _finished(scratch: Path, folder: Path, generation: int) -> Path:
    """The files of vectors, made anew: none are taken over from elsewhere."""
    try:
        with closing(catalog.Catalog(scratch)) as whole:
            return VectorIndex.prepare(whole.vectors(), folder, generation, whole.fingerprint)
    except (KeyError, ValueError, TypeError) as error:
        raise _odd("vectors are missing") from error


def _seen_in(folder: Path) -> dict[str, str]:
    with closing(catalog.connect(folder)) as connection:
        return _seen(connection)


def _seen(connection: sqlite3.Connection) -> dict[str, str]:
    """Digests of the articles that readers see, by id."""
    return dict(connection.execute("SELECT id, digest FROM articles JOIN titles ON article = id").fetchall())


def _odd(why: str) -> IndexingError:
    return FileUnusable(f"The library in the file can't be used, {why}: export it anew.")
