"""Any sentence-transformers model on PyTorch; the one file that knows sentence-transformers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

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
        self._model = _load(folder, name)
        precision = "bfloat16" if _has_bfloat16() and _halve(self._model) else "float32"
        self.name = f"PyTorch, {precision}"
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


def _halve(model: "SentenceTransformer") -> bool:
    """Whether the model works in bfloat16, and then it does; parts that somebody wrote for float32 may not."""
    whole = {name: value.clone() for name, value in model.state_dict().items()}
    try:
        model.bfloat16().encode(["?"], show_progress_bar=False)
    except RuntimeError:
        model.float().load_state_dict(whole)
        return False
    return True


def _has_bfloat16() -> bool:
    import torch

    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
