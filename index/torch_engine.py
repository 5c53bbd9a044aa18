"""Any sentence-transformers model on PyTorch; the one file that knows sentence-transformers."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.engine import Role, Vectors, encodable, unit
from index.errors import ModelUnusable
from index.processor import usable_cores
from index.tokens import DEPTH, TokenStates, no_tokens, rarities, token_states
from index.torch_bert import multiplies_bfloat16

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
        self._rarity = _show_states(self._model)

    def embed(self, texts: Sequence[str], role: Role) -> Vectors:
        """With the model's own prompt for `role`."""
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        readable = [encodable(text) for text in texts]
        return unit(np.asarray(encode(readable, batch_size=len(texts), show_progress_bar=False), np.float32))

    def read(self, texts: Sequence[str], role: Role) -> tuple[Vectors, list[TokenStates]]:
        """The same, and the states of the texts' tokens."""
        import torch

        if self._rarity is None:
            return self.embed(texts, role), [no_tokens(self.dimension)] * len(texts)
        prompt, readable = self._prompt(role), [encodable(text) for text in texts]
        encoded = self._model.tokenizer(
            [prompt + text for text in readable], truncation=True, max_length=self.longest, return_offsets_mapping=True
        )
        with torch.inference_mode():
            made = self._model(self._model.preprocess(readable, prompt=prompt or None))
        layers = made["all_layer_embeddings"]
        states = layers[round(DEPTH * (len(layers) - 1))].float().numpy()
        read = made["attention_mask"].numpy() > 0
        return unit(made["sentence_embedding"].float().numpy()), [
            token_states(text, prompt, offsets, some[mask], self._rarity[ids])
            for text, offsets, some, mask, ids in zip(
                texts, encoded["offset_mapping"], states, read, encoded["input_ids"], strict=True
            )
        ]

    def _prompt(self, role: Role) -> str:
        """As `encode_query` and `encode_document` choose it."""
        names = ("query",) if role == "query" else ("document", "passage", "corpus")
        return next((prompt for name in names if (prompt := self._model.prompts.get(name))), "")

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """By the model's tokenizer."""
        encoded = self._model.tokenizer([encodable(text) for text in texts], add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]


def _show_states(model: "SentenceTransformer") -> "NDArray[np.float32] | None":
    """Have the model hand out its layers' states; the weights of its tokens, None where it can't."""
    body, tokenizer = getattr(model[0], "auto_model", None), getattr(model.tokenizer, "backend_tokenizer", None)
    if body is None or tokenizer is None or not getattr(body.config, "num_hidden_layers", 0):
        return None
    body.config.output_hidden_states = True
    return rarities(tokenizer)


def _load_halved(folder: str, name: str) -> "tuple[SentenceTransformer, str] | None":
    """None where the processor can't multiply bfloat16, or a part of the model that somebody wrote for float32."""
    if not multiplies_bfloat16():
        return None
    import torch

    model = _load(folder, name, dtype=torch.bfloat16)
    try:
        model.bfloat16().encode(["?"], show_progress_bar=False)
    except RuntimeError:
        return None
    return model, "PyTorch, bfloat16"


def _load(folder: str, name: str, **options: Any) -> "SentenceTransformer":
    import transformers
    from sentence_transformers import SentenceTransformer

    transformers.logging.disable_progress_bar()  # our own says more
    try:
        return SentenceTransformer(folder, device="cpu", model_kwargs=options, local_files_only=out_of_reach(folder))
    except Exception as error:  # a damaged model may raise anything
        why = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise ModelUnusable(
            f"The model {name!r} could not be loaded ({why}). Set "
            "CITABOT_EMBEDDING_MODEL to a sentence-transformers folder or name, or leave it out for the default."
        ) from error


def out_of_reach(folder: str) -> bool:
    """Whether a model is neither here nor to be had: each of its files would be tried for half a minute."""
    if Path(folder).exists():
        return False
    try:
        from huggingface_hub import resolve_revision
        from huggingface_hub.errors import RevisionResolutionError
    except ImportError:  # an older one, which can't be asked so
        return False
    try:
        resolve_revision(folder)
    except RevisionResolutionError:
        return True
    except Exception:  # whatever else the hub says, loading says it too
        return False
    return False
