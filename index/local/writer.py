"""Writes the catalog: vectors as they come, everything else in one transaction."""

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from filelock import FileLock, Timeout

from index.embedding import Vectors
from index.errors import GenerationNotKept, LibraryBusy, LibraryUnusable, NoRoom
from index.library import ReadableLibrary
from index.library_writer import Changes, Held
from index.local import entries, past, runs, sweeping
from index.local.calibration import settle_calibration
from index.local.catalog import Catalog, connect, published_generation
from index.local.derived import discard, is_written, put_in_place, sweep, tidy
from index.local.held import IMPORTED, INSTEAD_OF, RECIPE, ROLLED_BACK, held, meta
from index.local.library import LocalLibrary
from index.local.room import no_room
from index.local.vectors import VectorIndex
from index.rollback import Exchange, KeptGeneration
from index.runs import RunKind, Settled
from index.stepwise import transaction
from index.tokens import TokenSigns


class LocalLibraryWriter:
    """Holds the library's lock from `with` to its end, which raises NoRoom where a disk was in the way."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryUnusable(
                f"{folder} cannot be made ({error.strerror}): set CITABOT_LIBRARY to another."
            ) from error
        self._folder = folder
        self._lock = FileLock(folder / "indexing.lock")

    def __enter__(self) -> "LocalLibraryWriter":
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise LibraryBusy("Another indexer is at work on this library; wait until it is done.") from error
        except OSError as error:
            raise NoRoom(f"{self._folder} can't be written to ({error.strerror}): let Citabot write there.") from error
        try:
            self._connection = connect(self._folder)
            generation = published_generation(self._connection)
            if generation and not is_written(self._folder, generation):
                self._save_vectors()
            sweep(self._folder, generation)
            settle_calibration(self._folder, generation)
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._connection.close()
        self._lock.release()
        if full := no_room(error, self._folder):
            raise full from error

    def held(self) -> Held:
        """What is published."""
        return held(self._connection)

    def missing(self, keys: Sequence[bytes], fingerprint: str, *, tokens: bool = False) -> list[bytes]:
        """Those without a vector, or without tokens, each once."""
        known = f"SELECT 1 FROM {'tokens' if tokens else 'vectors'} WHERE key = ? AND fingerprint = ?"
        return [
            key for key in dict.fromkeys(keys) if not self._connection.execute(known, (key, fingerprint)).fetchone()
        ]

    def keep(
        self, keys: Sequence[bytes], vectors: Vectors, fingerprint: str, tokens: Sequence[TokenSigns] = ()
    ) -> None:
        """Committed at once."""
        rows = [(key, fingerprint, vector.astype("<f4").tobytes()) for key, vector in zip(keys, vectors, strict=True)]
        read = [
            (key, fingerprint, some.starts.astype("<u4").tobytes(), some.signs.tobytes())
            for key, some in zip(keys, tokens, strict=bool(tokens))
        ]
        with transaction(self._connection):
            self._connection.executemany(
                "INSERT OR REPLACE INTO vectors (key, fingerprint, vector) VALUES (?, ?, ?)", rows
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO tokens (key, fingerprint, starts, signs) VALUES (?, ?, ?, ?)", read
            )

    def scratch(self) -> BinaryIO:
        """A file without a name in the library's folder, so that it is gone after a crash too."""
        return cast("BinaryIO", tempfile.TemporaryFile(dir=self._folder))

    def publish(self, changes: Changes, *, check: Callable[[ReadableLibrary], None] | None = None) -> int:
        """One transaction, checked before it ends."""
        with self._publication(check) as generation:
            entries.withhold_instead(self._connection, changes.successors)
            before = past.Past(self._connection, generation, changes.successors)
            for id_ in changes.gone:
                before.keep(id_, None)
                entries.remove(self._connection, id_)
            for entry in changes.entries:
                before.keep(entry.article.id, entry.article.digest)
                entries.write(self._connection, entry)
            before.finish()
            entries.remember_files(self._connection, changes.files)
            self._connection.execute("DELETE FROM meta WHERE key IN (?, ?)", (ROLLED_BACK, IMPORTED))
            notes = {"fingerprint": changes.fingerprint, "recipe": RECIPE}
            if any(meta(self._connection, key) != value for key, value in notes.items()):
                past.forget(self._connection)
                for table in ("vectors", "tokens"):
                    self._connection.execute(f"DELETE FROM {table} WHERE fingerprint != ?", (changes.fingerprint,))
            self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(notes.items()))
            sweeping.sweep(self._connection, generation)
        return generation

    def note_instead_of(self, sources: Sequence[str]) -> None:
        """That others were named, or with none that none were, whether anything was to be published or not."""
        note = (INSTEAD_OF, json.dumps(list(sources)))
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", note)

    def kept(self) -> list[KeptGeneration]:
        """Those that can be gone back to."""
        return past.kept(self._connection)

    def go_back(self, generation: int) -> Exchange | None:
        """Nothing is embedded anew: vectors are known by their texts, and stay as long as the model does."""
        newest = published_generation(self._connection)
        if generation > newest:
            raise GenerationNotKept(
                f"There is no generation {generation} yet, the newest is {newest}: citabot rollback --list"
            )
        if not past.changed_since(self._connection, generation):
            return None
        fingerprint = meta(self._connection, "fingerprint") or ""
        with self._publication() as number:
            exchange = past.go_back(self._connection, generation, number, lambda keys: self.missing(keys, fingerprint))
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (ROLLED_BACK, generation))
        return exchange

    def take_over(self, other: sqlite3.Connection, finished: Path) -> int:
        """All of another catalog in the place of this one, in one transaction, and its finished files; its generation.

        That has to be a new one. Readers go on with what they have, and see the other one when they look next.
        """
        generation = published_generation(other)
        put_in_place(finished, self._folder, generation)
        try:
            other.backup(self._connection)
        finally:
            tidy(self._folder, published_generation(self._connection))
            settle_calibration(self._folder, published_generation(self._connection))
        return generation

    def begin_run(self, kind: RunKind, *, by: str, about: str) -> int:
        """Its number; those that were interrupted are noted as such."""
        with transaction(self._connection):
            return runs.begin(self._connection, kind, by=by, about=about)

    def settle_run(self, number: int, settled: Settled) -> None:
        """With the generation that is published by now."""
        runs.settle(self._connection, number, settled)

    def withhold(self, ids: Sequence[str]) -> int:
        """Nothing is embedded anew, now or when they come back."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._publication() as generation:
            self._connection.executemany(
                "INSERT INTO withheld SELECT id, title, ? FROM articles WHERE id = ?", [(now, id_) for id_ in ids]
            )
        return generation

    def restore(self, ids: Sequence[str]) -> int:
        """Those that no source holds any more are withheld no longer, and that is all."""
        with self._publication() as generation:
            self._connection.executemany("DELETE FROM withheld WHERE article = ?", [(id_,) for id_ in ids])
        return generation

    @contextmanager
    def _publication(self, check: Callable[[ReadableLibrary], None] | None = None) -> Iterator[int]:
        """A transaction that makes the generation with this number. Its files are in place before it ends.

        So whoever can't make them publishes nothing, they can be looked into beforehand, and readers never find a
        generation without its files.
        """
        try:
            with transaction(self._connection):
                generation = published_generation(self._connection) + 1
                yield generation
                entries.keep_out_of_sight(self._connection)
                self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('generation', ?)", (generation,))
                put_in_place(self._finished(check, generation - 1), self._folder, generation)
        finally:
            tidy(self._folder, published_generation(self._connection))

    def _finished(self, check: Callable[[ReadableLibrary], None] | None, before: int) -> Path:
        """The files of what the transaction is about to publish, once it is checked."""
        catalog = Catalog(self._folder, within=self._connection)
        finished = VectorIndex.follow(catalog, self._folder, before)
        try:
            if check:
                check(LocalLibrary(self._folder, catalog=catalog, vectors=VectorIndex.opened(finished)))
        except BaseException:
            discard(finished)
            raise
        return finished

    def _save_vectors(self) -> None:
        """Readers do without, and whatever is published has files of its own."""
        with closing(Catalog(self._folder)) as catalog, suppress(OSError):
            VectorIndex.save(catalog.vectors(), self._folder, catalog.generation, catalog.fingerprint)
