"""One way to run the default model, measured in a process of its own; benchmarks.embedding starts it."""

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np

PLAIN, TORCH, OPENVINO = "sentence-transformers", "PyTorch", "OpenVINO"


class Way(Protocol):
    """What is measured."""

    def embed_sentences(self, texts: Sequence[str]) -> Any:
        """Passages or sentences."""

    def read_question(self, text: str) -> Any:
        """One of them."""


class Plain:
    """SentenceTransformer.encode with its defaults."""

    def __init__(self) -> None:
        from sentence_transformers import SentenceTransformer

        from index.bundled_model import model_folder

        self._model = SentenceTransformer(str(model_folder()), device="cpu")

    def embed_sentences(self, texts: Sequence[str]) -> Any:
        """In float32, 32 at once."""
        return self._model.encode(list(texts), prompt_name="document", show_progress_bar=False)

    def read_question(self, text: str) -> Any:
        """In float32."""
        return self._model.encode(text, prompt_name="query", show_progress_bar=False)


def _opened(way: str) -> Way:
    if way == PLAIN:
        return Plain()
    if way == TORCH:
        sys.modules["openvino"] = None  # type: ignore[assignment]  # as if it were not installed
    from index.embedding import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder()


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What comes out, seconds, and seconds of all cores together."""
    wall, cores = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - wall, time.process_time() - cores


def _measured(way: str, texts: dict[str, list[str]]) -> tuple[dict[str, float], Any]:
    opened, start, start_cores = _timed(partial(_asked_first, way))
    opened.embed_sentences(texts["passages"][:8])
    vectors, passages, passages_cores = _timed(partial(opened.embed_sentences, texts["passages"]))
    more, sentences, sentences_cores = _timed(partial(opened.embed_sentences, texts["sentences"]))
    questions = [_timed(partial(opened.read_question, text))[1] for text in texts["questions"]]
    figures = {
        "start": start,
        "start_cores": start_cores,
        "passage": passages / len(texts["passages"]),
        "passage_cores": passages_cores / len(texts["passages"]),
        "sentence": sentences / len(texts["sentences"]),
        "sentence_cores": sentences_cores / len(texts["sentences"]),
        "p50": float(np.percentile(questions, 50)),
        "p95": float(np.percentile(questions, 95)),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    return figures, np.concatenate([vectors, more])


def _asked_first(way: str) -> Way:
    opened = _opened(way)
    opened.read_question("?")
    return opened


if __name__ == "__main__":
    _way, _folder = sys.argv[1], Path(sys.argv[2])
    _figures, _vectors = _measured(_way, json.loads((_folder / "texts.json").read_text()))
    np.save(_folder / f"{_way}.npy", _vectors)
    print(json.dumps(_figures))
