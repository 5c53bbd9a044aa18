"""The default model on OpenVINO: the vectors of words, the encoder, their mean."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.encoder import Ranges
from index.engine import Role, Vectors, unit
from index.openvino_bert import compile_encoder
from index.tokens import TokenStates
from index.word_vectors import ModelFolder, WordVectors

RANGES = Path(__file__).with_name("e5_ranges.npz")
"""How large activations get, and under PROBE that text's vector; `python -m benchmarks.calibration` makes it."""
PROBE = "Where is the lighthouse? 灯台はどこですか。Где маяк? أين المنارة؟"
_FAITHFUL = 0.99


class FastEngine:
    """In int8 where that gives the same vectors; processors without instructions for it may overflow."""

    def __init__(self, folder: Path) -> None:
        model = ModelFolder(folder)
        with RANGES.open("rb") as file:
            known = {name: values.astype(np.float32) for name, values in np.load(file).items()}
        expected = known.pop(PROBE)
        self.dimension = len(expected)
        with ThreadPoolExecutor(1) as beside:
            tokenizer = beside.submit(Tokenizer.from_file, str(folder / "tokenizer.json"))
            self._compile(model, known)
            self._read = WordVectors(model, tokenizer.result())
        if float(self.embed([PROBE], "query")[0] @ expected) < _FAITHFUL:
            self._compile(model, None)
        self.longest = self._read.longest

    def _compile(self, model: ModelFolder, ranges: Ranges | None) -> None:
        self.name = f"OpenVINO, {'int8' if ranges else 'float'}"
        self._encode = compile_encoder(model.tensor, model.sizes, ranges)

    def embed(self, texts: Sequence[str], role: Role) -> Vectors:
        """With the model's prompt for `role`."""
        words, mask = self._read(texts, role)
        return _mean(self._encode(words, mask)[1], mask)

    def read(self, texts: Sequence[str], role: Role) -> tuple[Vectors, list[TokenStates]]:
        """The same, and the states of the texts' tokens."""
        last, mask, tokens = self._read.apart(texts, role, self._encode)
        return _mean(last, mask), tokens

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """By the model's tokenizer."""
        return self._read.count_tokens(texts)


def _mean(states: Vectors, mask: Vectors) -> Vectors:
    return unit((mask[:, None] @ states)[:, 0])
