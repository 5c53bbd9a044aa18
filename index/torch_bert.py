"""BERT's encoder on PyTorch, in bfloat16 where the processor multiplies it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from index.encoder import Array, Encoder, Weights
from index.processor import usable_cores
from index.tokens import DEPTH

_WORDS = "embeddings.word_embeddings.weight"


def multiplies_bfloat16() -> bool:
    """Whether the processor does; others take longer for it than for float32."""
    import torch

    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


def compile_encoder(weights: Weights, sizes: Mapping[str, Any]) -> Encoder:
    """Of the shapes that `sizes`, the model's config.json, names."""
    import torch
    from transformers import BertConfig, BertModel

    torch.set_num_threads(min(torch.get_num_threads(), usable_cores()))
    config = BertConfig(**{**sizes, "vocab_size": 2})  # words come as vectors
    model = BertModel(config, add_pooling_layer=False)
    names = [name for name, _ in model.named_parameters() if name != _WORDS]
    model.load_state_dict({name: torch.from_numpy(np.array(weights(name))) for name in names}, strict=False)
    halved = multiplies_bfloat16()
    kind = torch.bfloat16 if halved else torch.float32
    model = (model.bfloat16() if halved else model).eval()  # type: ignore[no-untyped-call]  # torch has no types here

    def run(words: Array, mask: Array) -> tuple[Array, Array]:
        with torch.inference_mode():
            made = model(
                inputs_embeds=torch.from_numpy(words).to(kind),
                attention_mask=torch.from_numpy(mask),
                output_hidden_states=True,
            )
            between = made.hidden_states[round(DEPTH * config.num_hidden_layers)]
            return between.float().numpy(), made.last_hidden_state.float().numpy()

    return run
