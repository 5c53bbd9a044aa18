"""Texts into vectors: the Embedder that the rest relies on, and the one that runs sentence-transformers models."""

import hashlib
import importlib.util
import logging
import threading
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from index import bundled_model
from index.engine import Engine, Vector, Vectors, batches
from index.installing import PIP
from index.passes import Passes
from index.progress import Progress, Report, silent
from index.tokens import Reading, TokenSigns, signs_of

__all__ = ["DEFAULT", "Embedder", "SentenceTransformerEmbedder", "Vector", "Vectors"]

DEFAULT = bundled_model.NAME
_REMEMBERED = 1024
"""Questions whose vectors are kept."""
_PARTS = 2
"""Texts that a follow-up is read by: alone, and after what it follows."""
_log = logging.getLogger(__name__)


class Embedder(Protocol):
    """Unit float32 vectors. `fingerprint` names model, weights and prefixes; equal means comparable."""

    @property
    def fingerprint(self) -> str:
        """Is known without the model being loaded."""

    def embed_sentences(self, texts: Sequence[str], report: Report = silent) -> Vectors:
        """(n, dimension), in the order of `texts`."""

    def read_passages(self, texts: Sequence[str], report: Report = silent) -> tuple[Vectors, list[TokenSigns]]:
        """Likewise, with the signs of their tokens."""

    def read_question(self, text: str) -> Reading:
        """Its vector, and the states of its tokens."""

    def read_questions(self, texts: Sequence[str]) -> list[Reading]:
        """In the order of `texts`."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without those that the model puts around it."""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by name or folder; loaded when it is first needed, by any thread."""

    def __init__(self, name: str = DEFAULT, *, report: Report = silent) -> None:
        self._name = name
        self.report = report
        """Is told how the loading goes."""
        self._loading = threading.Lock()
        self._loaded: Engine | None = None
        self._passes = Passes(self._asked)
        self._remembered = lru_cache(_REMEMBERED)(lambda text: self._passes.questions(text)[0])

    @cached_property
    def fingerprint(self) -> str:
        """Name and contents of the model; the default one's is fixed, whatever runs it."""
        if self._name == DEFAULT:
            return bundled_model.FINGERPRINT
        folder = Path(self._name)
        return f"{folder.name}/{_folder_digest(folder)}" if folder.is_dir() else self._name

    @property
    def backend(self) -> str:
        """What runs the model, for people."""
        return self._engine.name

    def warm(self) -> None:
        """Load the model now, so that the first question needn't wait for it."""
        self.read_questions(["?"])

    def embed_sentences(self, texts: Sequence[str], report: Report = silent) -> Vectors:
        """Questions may come between any two batches."""
        vectors = np.zeros((len(texts), self._engine.dimension), np.float32)
        for batch in self._turns(texts, report):
            vectors[batch] = self._engine.embed([texts[index] for index in batch], "document")
        return vectors

    def read_passages(self, texts: Sequence[str], report: Report = silent) -> tuple[Vectors, list[TokenSigns]]:
        """Questions may come between any two batches."""
        vectors = np.zeros((len(texts), self._engine.dimension), np.float32)
        signs: dict[int, TokenSigns] = {}
        for batch in self._turns(texts, report):
            vectors[batch], tokens = self._engine.read([texts[index] for index in batch], "document")
            signs |= {index: signs_of(texts[index], some) for index, some in zip(batch, tokens, strict=True)}
        return vectors, [signs[index] for index in range(len(texts))]

    def read_question(self, text: str) -> Reading:
        """With the model's prompt for questions; whoever asks the same is given the same."""
        return self._remembered(text)

    def read_questions(self, texts: Sequence[str]) -> list[Reading]:
        """As few passes as it takes; a few are one question in parts, and go before passages as such."""
        if 0 < len(texts) <= _PARTS:
            return self._passes.questions(*texts)
        readings: dict[int, Reading] = {}
        for batch in self._turns(texts, silent):
            readings |= zip(batch, self._asked([texts[index] for index in batch]), strict=True)
        return [readings[index] for index in range(len(texts))]

    def _asked(self, texts: Sequence[str]) -> list[Reading]:
        vectors, tokens = self._engine.read(texts, "query")
        return [Reading(vector=vector, tokens=some) for vector, some in zip(vectors, tokens, strict=True)]

    def _turns(self, texts: Sequence[str], report: Report) -> Iterator[list[int]]:
        """Batches of indices, in each of which the model is the caller's."""
        done = 0
        for batch in batches(self.count_tokens(texts), longest=self._engine.longest):
            with self._passes.passages():
                yield batch
            done += len(batch)
            report(Progress(step="embedding", done=done, total=len(texts)))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """By the model's tokenizer."""
        return self._engine.count_tokens(texts) if texts else []

    @property
    def _engine(self) -> Engine:
        with self._loading:
            if self._loaded is None:
                self.report(Progress(step="model", done=0, total=0))
                self._loaded = self._load()
                self.report(Progress(step="model", done=1, total=1))
            return self._loaded

    def _load(self) -> Engine:
        from index.torch_engine import TorchEngine

        if self._name != DEFAULT:
            return TorchEngine(self._name, self._name)
        folder = bundled_model.model_folder(self.report)
        return _fast(folder) or TorchEngine(str(folder), self._name)


def _fast(folder: Path) -> Engine | None:
    """The default model on OpenVINO, where that is installed and works."""
    if importlib.util.find_spec("openvino") is None:
        return None
    try:
        from index.fast_engine import FastEngine

        return FastEngine(folder)
    except Exception as error:  # whatever it is, the bot can do without
        _log.warning(
            "OpenVINO could not take the model (%s: %s), so PyTorch runs it, several times slower. "
            "Install it anew (%s install --force-reinstall openvino) or take it away (%s uninstall openvino).",
            type(error).__name__,
            (str(error).strip() or "no reason given").splitlines()[0][:200],
            PIP,
            PIP,
        )
        return None


def _folder_digest(folder: Path) -> str:
    """Of names, sizes and the small files' contents; weights count by size and time of change."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        state = path.stat()
        digest.update(f"{path.relative_to(folder)}\0{state.st_size}\0".encode())
        digest.update(path.read_bytes() if state.st_size < 1_000_000 else str(state.st_mtime_ns).encode())
    return digest.hexdigest()
