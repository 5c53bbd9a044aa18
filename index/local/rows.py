"""Many vectors one below the other, in memory or mapped from a file."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors

Rows = NDArray[Any]
"""(n, dimension), in single or half precision."""


def filled(blocks: Iterable[Vectors], *, count: int, dimension: int, half: bool, path: Path | None) -> Rows:
    """The blocks one below the other; with a `path` in its file, so that they are never in memory together.

    The file is written before it is mapped: a disk that fills up under a mapped one ends the process. Raises OSError.
    """
    kind = np.dtype("<f2" if half else "<f4")
    if path:
        with path.open("wb") as file:
            header = {"descr": kind.str, "fortran_order": False, "shape": (count, dimension)}
            np.lib.format.write_array_header_1_0(file, header)
            for block in blocks:
                file.write(block.astype(kind).tobytes())
        return mapped(path)
    rows = np.empty((count, dimension), kind)
    at = 0
    for block in blocks:
        rows[at : at + len(block)] = block
        at += len(block)
    return rows


def mapped(path: Path) -> Rows:
    """As they were filled, read as they are needed; raises ValueError where the file is no such thing."""
    rows: Rows = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return rows


def single(rows: Rows) -> Vectors:
    """In single precision; of halves, none infinite, it makes them in half the time that NumPy's own way takes."""
    if rows.dtype != np.float16:
        return rows
    bits = rows.view(np.uint16).astype(np.uint32)
    return ((bits & 0x8000) << 16 | (bits & 0x7FFF) << 13).view(np.float32) * np.float32(2.0**112)
