"""Measures how large the default model's activations get, for int8; run it when the model's weights change.

python -m benchmarks.calibration
"""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from index.bundled_model import model_folder
from index.engine import unit
from index.fast_engine import PROBE, RANGES
from index.openvino_bert import compile_encoder, measure_ranges
from index.word_vectors import ModelFolder, WordVectors

TEXTS = Path(__file__).with_name("calibration.txt").read_text().split("\n\n")
"""In some thirty languages and of many lengths; written for this."""


def main() -> None:
    """Write RANGES."""
    folder = model_folder()
    model = ModelFolder(folder)
    read = WordVectors(model, Tokenizer.from_file(str(folder / "tokenizer.json")))
    texts = [*TEXTS, *(" ".join(two) for two in pairwise(TEXTS)), " ".join(TEXTS)]
    inputs = [read([text], role) for text in texts for role in ("query", "document")]
    ranges = measure_ranges(model.tensor, model.sizes, inputs)
    words, mask = read([PROBE], "query")
    probe = unit((mask[:, None] @ compile_encoder(model.tensor, model.sizes, None)(words, mask))[0, 0])
    known: dict[str, Any] = {name: values.astype(np.float16) for name, values in ranges.items()}
    np.savez_compressed(RANGES, **known | {PROBE: probe})
    print(f"{RANGES}: {len(ranges)} matrices, from {len(inputs)} texts")


if __name__ == "__main__":
    main()
