"""Texts into vectors: the Embedder that the rest relies on, and the one that runs sentence-transformers."""

import hashlib
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index import bundled_model
from index.errors import ModelUnusable
from index.progress import Progress, Report, silent

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]
DEFAULT = bundled_model.NAME
_BATCH = 64


class Embedder(Protocol):
    """Unit float32 vectors. `fingerprint` names model, weights and prefixes; equal means comparable."""

    @property
    def fingerprint(self) -> str:
        """Is known without the model being loaded."""

    def embed_passages(self, texts: Sequence[str], report: Report = silent) -> Vectors:
        """(n, dimension), in the order of `texts`."""

    def embed_question(self, text: str) -> Vector:
        """(dimension,)."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension), in the order of `texts`."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without those that the model puts around it."""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or folder; loaded when it is first needed."""

    def __init__(self, name: str = DEFAULT, *, report: Report = silent) -> None:
        self._name = name
        self.report = report
        """Is told how the loading goes."""
        self._lock = threading.RLock()

    @cached_property
    def fingerprint(self) -> str:
        """Name and contents of the model; the default one's is fixed."""
        if self._name == DEFAULT:
            return bundled_model.FINGERPRINT
        folder = Path(self._name)
        return f"{folder.name}/{_folder_digest(folder)}" if folder.is_dir() else self._name

    @cached_property
    def _model(self) -> "SentenceTransformer":
        with self._lock:
            self.report(Progress(step="model", done=0, total=0))
            folder = str(bundled_model.model_folder(self.report)) if self._name == DEFAULT else self._name
            model = _load(folder, self._name)
            self.report(Progress(step="model", done=1, total=1))
            return model

    def warm(self) -> None:
        """Load the model now, so that the first question needn't wait for it."""
        self.embed_question("?")

    def embed_passages(self, texts: Sequence[str], report: Report = silent) -> Vectors:
        """Batches go by length, so that little is spent on padding."""
        import torch

        order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
        found: list[Vectors] = []
        for start in range(0, len(order), _BATCH):
            batch = [texts[index] for index in order[start : start + _BATCH]]
            with self._lock, torch.autocast("cpu", torch.bfloat16, enabled=_has_bfloat16()):
                vectors = self._model.encode_document(batch, batch_size=_BATCH, show_progress_bar=False)
            found.append(_unit(vectors))
            report(Progress(step="embedding", done=min(start + _BATCH, len(order)), total=len(order)))
        if not found:
            return np.zeros((0, self._dimension), np.float32)
        sorted_vectors = np.concatenate(found)
        vectors = np.empty_like(sorted_vectors)
        vectors[order] = sorted_vectors
        return vectors

    def embed_question(self, text: str) -> Vector:
        """One question, with the model's own prompt for questions."""
        vector: Vector = self.embed_questions([text])[0]
        return vector

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """In one batch."""
        with self._lock:
            return _unit(self._model.encode_query(list(texts), batch_size=_BATCH, show_progress_bar=False))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """By the model's tokenizer."""
        if not texts:
            return []
        with self._lock:
            encoded = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    @property
    def _dimension(self) -> int:
        return self._model.get_embedding_dimension() or 0


def _load(folder: str, name: str) -> "SentenceTransformer":
    import transformers
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    transformers.logging.disable_progress_bar()  # our own says more
    try:
        return SentenceTransformer(folder, device="cpu")
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        why = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise ModelUnusable(
            f"The model {name!r} could not be loaded ({why}). Set "
            "CITABOT_EMBEDDING_MODEL to a sentence-transformers folder or name, or leave it out for the default."
        ) from error


def _unit(vectors: Any) -> Vectors:
    array = np.asarray(vectors, np.float32)
    unit: Vectors = array / np.maximum(np.linalg.norm(array, axis=-1, keepdims=True), 1e-12)
    return unit


def _has_bfloat16() -> bool:
    """Half the time where the processor multiplies bfloat16; cosine with float32 stays above 0.999."""
    import torch

    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


def _folder_digest(folder: Path) -> str:
    """Of names, sizes and the small files' contents; weights count by size and time of change."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        state = path.stat()
        digest.update(f"{path.relative_to(folder)}\0{state.st_size}\0".encode())
        digest.update(path.read_bytes() if state.st_size < 1_000_000 else str(state.st_mtime_ns).encode())
    return digest.hexdigest()
