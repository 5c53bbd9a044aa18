"""The model: the default embedding model's body, its words frozen, and a linear head for the two ends of an answer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import BertModel

from retrieval.pairs import Pair, padded
from training.examples import Example

_WORDS = "embeddings.word_embeddings.weight"
_NEVER = -1e4
_RANKING = 0.5
"""Share of the comparison with rivals in the loss."""


class SpanModel(nn.Module):
    """Says for each token how likely an answer begins and ends there; the first token stands for none at all.

    Plain attention without dropout reads twice as many examples a second on a processor as what is there by default;
    few are read more than twice, so that nothing is learnt by heart.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.body = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation="eager", hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )  # fmt: skip
        self.body.embeddings.word_embeddings.weight.requires_grad_(False)
        self.head = nn.Linear(self.body.config.hidden_size, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, mask: Tensor, allowed: Tensor) -> Tensor:
        """(batch, tokens, 2) logits in float32; what isn't `allowed` is as good as impossible."""
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        logits: Tensor = self.head(states).float()
        return logits.masked_fill(~allowed[..., None], _NEVER)

    def save(self, path: Path) -> None:
        """All weights but the words', which are the default model's, in 16 bits."""
        weights = {name: weight.half().contiguous() for name, weight in self.state_dict().items() if _WORDS not in name}
        path.parent.mkdir(parents=True, exist_ok=True)
        save_file(weights, path)

    def load(self, path: Path) -> None:
        """What `save` wrote; raises RuntimeError for weights of another shape."""
        weights = {name: weight.float() for name, weight in load_file(path).items()}
        missing, unexpected = self.load_state_dict(weights, strict=False)
        if unexpected or [name for name in missing if _WORDS not in name]:
            raise RuntimeError(f"{path} holds the weights of another model.")


def batch_of(pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, attention mask and where answers may be, padded to the longest: each (pairs, tokens)."""
    ids, mask = (torch.from_numpy(values) for values in padded([pair.ids for pair in pairs]))
    allowed = torch.zeros(ids.shape, dtype=torch.bool)
    for row, pair in enumerate(pairs):
        allowed[row, 0] = True
        allowed[row, pair.first : len(pair.ids) - 1] = True
    return ids, mask, allowed


def loss_of(model: SpanModel, examples: Sequence[Example]) -> Tensor:
    """Mean cross-entropy of both ends, and of passages being told from their rivals (RankNet, Burges et al. 2005)."""
    rivalled = [(row, example.rival) for row, example in enumerate(examples) if example.rival]
    logits = model(*batch_of([*(example.pair for example in examples), *(rival for _, rival in rivalled)]))
    none = [0] * len(rivalled)
    starts = torch.tensor([example.start for example in examples] + none)
    ends = torch.tensor([example.end for example in examples] + none)
    losses: Any = nn.functional.cross_entropy(logits[..., 0], starts) + nn.functional.cross_entropy(
        logits[..., 1], ends
    )
    mean: Tensor = losses / 2
    if rivalled:
        margins = margins_of(logits)
        told = margins[[row for row, _ in rivalled]] - margins[len(examples) :]
        mean = mean + _RANKING * nn.functional.softplus(-told).mean()
    return mean


def margins_of(logits: Tensor) -> Tensor:
    """(batch,): logarithm of the odds that an answer begins somewhere, and that it ends somewhere, added."""
    odds: Tensor = (torch.logsumexp(logits[:, 1:], dim=1) - logits[:, 0]).sum(dim=1)
    return odds
