"""A library that is many times as large, to be measured: python -m benchmarks.enlarged LIBRARY OUT --times 6

It holds every article as often, and each copy's vectors lie near the article's, though not on them: as far as texts
about the same. So there is more to be told apart than among as many articles of their own.
"""

import argparse
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from index.local.catalog import FILE, KEY_BYTES, Catalog, connect
from index.local.library import LocalLibrary
from index.local.vectors import VectorIndex

LIKENESS = 0.9
"""Cosine of the vectors of a text and of its copy."""
_TOGETHER = 20_000


def main() -> None:
    """Says how long it took to make the files, and to open them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.enlarged", description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("out", type=Path, help="a folder that is not there yet")
    parser.add_argument("--times", type=int, default=6)
    options = parser.parse_args()
    options.out.mkdir(parents=True)
    shutil.copy(options.library / FILE, options.out)
    enlarge(options.out, options.times)
    with closing(Catalog(options.out)) as catalog:
        started = time.perf_counter()
        VectorIndex.save(catalog.vectors(), options.out, catalog.generation, catalog.fingerprint)
        print(f"{len(catalog.ids()):,} passages; files of vectors made in {time.perf_counter() - started:.0f} s")
    started = time.perf_counter()
    with closing(LocalLibrary(options.out)):
        print(f"opened in {time.perf_counter() - started:.2f} s")


def enlarge(library: Path, times: int) -> None:
    """Write the copies into the catalog; what is derived from it isn't made."""
    connect(library).close()  # up to date, if it was older
    with closing(sqlite3.connect(library / FILE, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.create_function("copied", 2, copied_keys, deterministic=True)
        (step,) = connection.execute("SELECT max(id) FROM passages").fetchone()
        (last,) = connection.execute("SELECT max(id) FROM vectors").fetchone()
        for number in range(1, times):
            connection.execute("BEGIN")
            _copy_articles(connection, number, number * step, step)
            _copy_vectors(connection, number, last)
            connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def _copy_articles(connection: sqlite3.Connection, number: int, shift: int, most: int) -> None:
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(articles)") if name != "id"]
    listed = ", ".join(columns)
    own = "instr(id, '#copy-') = 0"
    connection.execute(
        f"INSERT INTO articles (id, {listed}) SELECT id || '#copy-{number}', {listed} FROM articles WHERE {own}"
    )
    connection.execute(
        f"INSERT INTO titles SELECT article || '#copy-{number}', language, places, author, published FROM titles"
        " WHERE instr(article, '#copy-') = 0"
    )
    connection.execute(
        f"INSERT INTO passages (id, article, place, bounds, keys, indent) SELECT id + ?, article || '#copy-{number}',"
        " place, bounds, copied(keys, ?), indent FROM passages WHERE id <= ?",
        (shift, number, most),
    )
    connection.execute(
        "INSERT INTO terms (rowid, stems) SELECT rowid + ?, stems FROM terms WHERE rowid <= ?", (shift, most)
    )


def _copy_vectors(connection: sqlite3.Connection, number: int, last: int) -> None:
    chance = np.random.default_rng(number)
    for at in range(0, last, _TOGETHER):
        rows = connection.execute(
            "SELECT key, fingerprint, vector FROM vectors WHERE id > ? AND id <= ?", (at, min(at + _TOGETHER, last))
        ).fetchall()
        if not rows:
            continue
        vectors = np.frombuffer(b"".join(vector for *_, vector in rows), "<f4").reshape(len(rows), -1)
        noise = chance.standard_normal(vectors.shape, np.float32)
        noise *= np.sqrt(1 / LIKENESS**2 - 1) / np.linalg.norm(noise, axis=1, keepdims=True)
        near = vectors + noise
        near /= np.linalg.norm(near, axis=1, keepdims=True)
        connection.executemany(
            "INSERT INTO vectors (key, fingerprint, vector) VALUES (?, ?, ?)",
            [
                (copied_keys(key, number), fingerprint, vector.astype("<f4").tobytes())
                for (key, fingerprint, _), vector in zip(rows, near, strict=True)
            ],
        )


def copied_keys(keys: bytes, number: int) -> bytes:
    """Those of a copy's vectors, one behind the other as they were."""
    parted = np.frombuffer(keys, np.uint8).reshape(-1, KEY_BYTES).copy()
    parted[:, 0] ^= np.uint8(number)
    return parted.tobytes()


if __name__ == "__main__":
    main()
