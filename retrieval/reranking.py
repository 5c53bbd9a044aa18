"""An optional second look: a cross-encoder reads the question together with each of the best passages."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from index.errors import ModelUnusable
from index.library import Library
from index.torch_engine import out_of_reach
from retrieval.answer import Hit
from retrieval.question import Question

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

LOOKED_AT = 20
"""Hits that are read again; each one costs a pass of the model."""


class Reranker(Protocol):
    """How well each passage answers: higher is better, on a scale of the model's own."""

    def __call__(self, question: str, passages: Sequence[str]) -> list[float]:
        """In the order of `passages`."""


class CrossEncoderReranker:
    """Any cross-encoder that sentence-transformers loads, by name or folder; loaded when it is first needed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()

    def __call__(self, question: str, passages: Sequence[str]) -> list[float]:
        """One batch; raises ModelUnusable."""
        with self._lock:
            scores = self._model.predict([(question, passage) for passage in passages], show_progress_bar=False)
        return [float(score) for score in scores]

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder
        from transformers import AutoConfig

        nowhere = out_of_reach(self._name)
        try:
            made: list[str] = AutoConfig.from_pretrained(self._name, local_files_only=nowhere).architectures or []
            only_embeds = made != [] and all(name.endswith("Model") for name in made)  # as BertModel does
            model: CrossEncoder | None = (
                None if only_embeds else CrossEncoder(self._name, device="cpu", local_files_only=nowhere)
            )
        except Exception as error:  # a damaged model may raise anything
            why = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
            raise ModelUnusable(
                f"The reranking model {self._name!r} could not be loaded ({why}). Set CITABOT_RERANKING_MODEL to a "
                "cross-encoder's folder or name, or leave it out."
            ) from error
        if model is None:
            raise ModelUnusable(
                f"{self._name!r} is no cross-encoder: it says of texts what they are like, not how well one answers "
                "another. Set CITABOT_RERANKING_MODEL to one, or leave it out."
            )
        if model.num_labels != 1:
            raise ModelUnusable(
                f"{self._name!r} gives {model.num_labels} scores where a reranker gives one: "
                "set CITABOT_RERANKING_MODEL to another, or leave it out."
            )
        return model


def rerank(question: Question, hits: Sequence[Hit], library: Library, reranker: Reranker) -> list[Hit]:
    """The first hits in the reranker's order, the others behind them as they were."""
    looked_at = hits[:LOOKED_AT]
    passages = library.passages([hit.passage.id for hit in looked_at])
    if not passages:
        return list(hits)
    scores = reranker(question.text, [passage.text.strip() for passage in passages])
    reread = [
        replace(hit, scores=replace(hit.scores, rerank=score)) for hit, score in zip(looked_at, scores, strict=True)
    ]
    reread.sort(key=lambda hit: -(hit.scores.rerank or 0.0))
    return [*reread, *hits[LOOKED_AT:]]
