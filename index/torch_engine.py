"""Any sentence-transformers model on PyTorch; the one file that knows sentence-transformers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from index.engine import Role, Vectors, unit
from index.errors import ModelUnusable
from index.processor import usable_cores

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_READ = 512
"""Tokens, where a model doesn't say how many it reads."""


class TorchEngine:
    """In bfloat16 where the processor multiplies it; cosine with float32 stays above 0.999."""

    def __init__(self, folder: str, name: str) -> None:
        import torch

        torch.set_num_threads(min(torch.get_num_threads(), usable_cores()))
        self._model, self.name = _load_halved(folder, name) or (_load(folder, name), "PyTorch, float32")
        self.dimension = self._model.get_embedding_dimension() or 0
        self.longest = self._model.max_seq_length or _READ

    def embed(self, texts: Sequence[str], role: Role) -> Vectors:
        """With the model's own prompt for `role`."""
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        return unit(np.asarray(encode(list(texts), batch_size=len(texts), show_progress_bar=False), np.float32))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """By the model's tokenizer."""
        encoded = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]


def _load_halved(folder: str, name: str) -> "tuple[SentenceTransformer, str] | None":
    """None where the processor can't multiply bfloat16, or a part of the model that somebody wrote for float32."""
    import torch

    capabilities = torch.cpu.get_capabilities()
    if not (capabilities.get("avx512_bf16") or capabilities.get("amx_bf16")):
        return None
    model = _load(folder, name, dtype=torch.bfloat16)
    try:
        model.bfloat16().encode(["?"], show_progress_bar=False)
    except RuntimeError:
        return None
    return model, "PyTorch, bfloat16"


def _load(folder: str, name: str, **options: Any) -> "SentenceTransformer":
    import transformers
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    transformers.logging.disable_progress_bar()  # our own says more
    try:
        return SentenceTransformer(folder, device="cpu", model_kwargs=options)
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        why = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise ModelUnusable(
            f"The model {name!r} could not be loaded ({why}). Set "
            "CITABOT_EMBEDDING_MODEL to a sentence-transformers folder or name, or leave it out for the default."
        ) from error
