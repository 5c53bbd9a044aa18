"""Texts into the vectors of their tokens, which is what an encoder reads; out of the model's folder, without torch."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.engine import Role, encodable
from index.tokens import TokenStates, rarities, token_states

Array = NDArray[np.float32]
_STEP = 8
"""Texts are padded to multiples of this many tokens: an encoder prepares itself anew for each shape that it meets."""


class ModelFolder:
    """A BertModel on disk, where its tensors stay until they are touched: of the word vectors, most of it, few are."""

    def __init__(self, folder: Path) -> None:
        self.sizes: dict[str, Any] = json.loads((folder / "config.json").read_text())
        self.prompts: dict[str, str] = json.loads((folder / "config_sentence_transformers.json").read_text())["prompts"]
        self._file = np.memmap(folder / "model.safetensors", np.uint8, "r")
        self._start = 8 + int(self._file[:8].view("<u8")[0])
        self._directory: dict[str, Any] = json.loads(self._file[8 : self._start].tobytes())
        self.words = self.tensor("embeddings.word_embeddings.weight")

    def tensor(self, name: str) -> Array:
        """By its name in BertModel; all of them are float32."""
        entry = self._directory[name]
        start, end = (self._start + offset for offset in entry["data_offsets"])
        tensor: Array = np.asarray(self._file[start:end]).view("<f4").reshape(entry["shape"])
        return tensor


class WordVectors:
    """By the model's tokenizer and prompts."""

    def __init__(self, model: ModelFolder, tokenizer: Tokenizer) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._rarity = rarities(tokenizer)
        self.longest: int = model.sizes["max_position_embeddings"]

    def __call__(self, texts: Sequence[str], role: Role) -> tuple[Array, Array]:
        """Vectors (n, tokens, hidden) of what is read of each text, and a mask (n, tokens) of ones, then zeros."""
        prompt = self._model.prompts[role]
        return self._padded([self._read(encoding.ids) for encoding in self._encoded(prompt + text for text in texts)])

    def apart(
        self, texts: Sequence[str], role: Role, encode: Callable[[Array, Array], tuple[Array, Array]]
    ) -> tuple[Array, Array, list[TokenStates]]:
        """What `encode` makes of the texts: last states, mask, and the states of their tokens by themselves."""
        prompt = self._model.prompts[role]
        encodings = self._encoded([prompt + text for text in texts], offsets=True)
        tokens = [self._read(encoding.ids) for encoding in encodings]
        words, mask = self._padded(tokens)
        between, last = encode(words, mask)
        return (
            last,
            mask,
            [
                token_states(text, prompt, encoding.offsets[: len(ids) - 1], states, self._rarity[ids])
                for text, encoding, ids, states in zip(texts, encodings, tokens, between, strict=True)
            ],
        )

    def _padded(self, tokens: Sequence[list[int]]) -> tuple[Array, Array]:
        width = min(self.longest, -(-max(map(len, tokens)) // _STEP) * _STEP)
        ids = np.zeros((len(tokens), width), np.int64)
        mask = np.zeros((len(tokens), width), np.float32)
        for row, some in enumerate(tokens):
            ids[row, : len(some)] = some
            mask[row, : len(some)] = 1
        return self._model.words[ids], mask

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Without those that the model puts around."""
        return [len(encoding) for encoding in self._encoded(texts, special=False)]

    def _encoded(self, texts: Iterable[str], *, special: bool = True, offsets: bool = False) -> list[Any]:
        encode = self._tokenizer.encode_batch if offsets else self._tokenizer.encode_batch_fast
        encoded: list[Any] = encode([encodable(text) for text in texts], add_special_tokens=special)
        return encoded

    def _read(self, ids: list[int]) -> list[int]:
        return ids if len(ids) <= self.longest else [*ids[: self.longest - 1], ids[-1]]
