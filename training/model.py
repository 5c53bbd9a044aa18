"""The model: the default embedding model's body, its words frozen, and a linear head for the two ends of an answer."""

from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import BertModel

from training.batches import Batch

_WORDS = "embeddings.word_embeddings.weight"
_BODY = "body."
_NEVER = -1e4
_RIVALS, _RANKING = 0.5, 0.5
"""Shares in the loss of seeing that rivals don't answer, and of telling them from what does."""


class SpanModel(nn.Module):
    """Says for each token how likely an answer begins and ends there; the first token stands for none at all."""

    def __init__(self, folder: Path, *, dropout: float = 0.0, attention: str = "eager") -> None:
        """Of the model in `folder`. Plain attention is the faster one on a processor, "sdpa" on an accelerator."""
        super().__init__()
        self.body = BertModel.from_pretrained(
            folder, add_pooling_layer=False, attn_implementation=attention, hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=0.0, dtype=torch.float32,
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
        weights = {name: each.half().contiguous() for name, each in self.state_dict().items() if _WORDS not in name}
        path.parent.mkdir(parents=True, exist_ok=True)
        save_file(weights, path)

    def load(self, *paths: Path) -> None:
        """What `save` wrote, or was packed; the mean of several. Raises RuntimeError for weights of another shape."""
        missing, unexpected = self.load_state_dict(mean_of(paths), strict=False)
        if unexpected or [name for name in missing if _WORDS not in name]:
            raise RuntimeError(f"{paths[0]} holds the weights of another model.")


def mean_of(paths: Sequence[Path]) -> dict[str, Tensor]:
    """Weights by name, in 32 bits: the mean of several files, each what `save` wrote or what was packed out of that."""
    some = [_weights(path) for path in paths]
    return {name: torch.stack([each[name].float() for each in some]).mean(0) for name in some[0]}


def _weights(path: Path) -> dict[str, Tensor]:
    """As `save` writes them; what was packed needs the default model, which nothing else here does."""
    stored: dict[str, Tensor] = load_file(path)
    if any(name.startswith(_BODY) for name in stored):
        return stored
    from index.bundled_model import model_folder
    from index.word_vectors import ModelFolder
    from retrieval.reader_weights import unpacked

    base = ModelFolder(model_folder())
    weight = unpacked({name: each.numpy() for name, each in stored.items()}, base.tensor)
    names = {name.split(".codes")[0] for name in stored if name.startswith(("embeddings.", "encoder.", "head."))}
    made = {name: torch.from_numpy(weight(name)) for name in names if not name.endswith(".steps")}
    return {name if name.startswith("head.") else _BODY + name: each for name, each in made.items()}


def loss_of(model: Callable[[Tensor, Tensor, Tensor], Tensor], batch: Batch) -> Tensor:
    """Mean cross-entropy of both ends, and of passages being told from their rivals (ListNet, Cao et al. 2007)."""
    logits = model(batch.ids, batch.mask, batch.allowed)
    ends = (logits[..., 0], batch.starts), (logits[..., 1], batch.ends)
    losses = sum((nn.functional.cross_entropy(of, at, reduction="none") for of, at in ends), torch.zeros(())) / 2
    count = len(losses) - len(batch.against)
    loss: Tensor = losses[:count].mean()
    if len(batch.against):
        loss = loss + _RIVALS * losses[count:].mean() + _RANKING * _told(margins_of(logits), batch.against)
    return loss


def margins_of(logits: Tensor) -> Tensor:
    """(batch,): logarithm of the odds that an answer begins somewhere, and that it ends somewhere, added."""
    odds: Tensor = (torch.logsumexp(logits[:, 1:], dim=1) - logits[:, 0]).sum(dim=1)
    return odds


def _told(margins: Tensor, against: Tensor) -> Tensor:
    """Mean surprise at the example's margin being the largest, over those with rivals."""
    count = len(margins) - len(against)
    own, rivals = margins[:count], margins[count:]
    most = torch.maximum(own, own.scatter_reduce(0, against, rivals, "amax")).detach()
    sums = torch.exp(own - most).scatter_add(0, against, torch.exp(rivals - most[against]))
    compared = torch.zeros_like(own).index_fill(0, against, 1.0)
    return ((torch.log(sums) + most - own) * compared).sum() / compared.sum()
