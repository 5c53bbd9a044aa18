"""Trained models as the file that is shipped: python -m training.pack PREPARED TRAINED [TRAINED ...]

Several are mixed in equal parts: together they read better than any of them (Wortsman et al. 2022, arXiv 2203.05482).
`--mix READER:0.4` gives that share to a reader that was packed before.
Needs the extra `fast`: the sizes of activations are measured on OpenVINO, over examples that were prepared.
"""

import argparse
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from index.bundled_model import model_folder
from index.encoder import Array
from index.openvino_bert import compile_encoder, measure_ranges
from index.word_vectors import ModelFolder
from retrieval.pairs import PairReader
from retrieval.reader import LONGEST, PROBE, RANGES, WEIGHTS, mean_state
from retrieval.reader_weights import packed, unpacked
from training.batches import batch_of, batches
from training.model import mean_of
from training.prepared import load, words_of

_LOOKED_AT, _TOGETHER = 256, 16
"""Examples that activations are measured over."""
_DELICATE = {f"encoder.layer.{layer}.output.dense" for layer in range(8)}
"""Matrices that stay in floating point: most of what int8 gets wrong comes of rounding what goes into these."""


def main() -> None:
    """Mixes, rounds, measures, writes, and says how large it is."""
    parser = argparse.ArgumentParser(prog="python -m training.pack", description=__doc__.splitlines()[0])
    parser.add_argument("prepared", type=Path)
    parser.add_argument("trained", type=Path, nargs="+")
    parser.add_argument("--mix", type=_mix, metavar="READER:SHARE", help="one that was packed before, and its share")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--bits", type=int, default=4, help="of each weight")
    options = parser.parse_args()
    folder = model_folder()
    model = ModelFolder(folder)
    trained: dict[str, Array] = {
        name.removeprefix("body."): weight.numpy() for name, weight in mean_of(options.trained).items()
    }
    if options.mix:
        path, share = options.mix
        earlier = unpacked(load_file(path), model.tensor)
        trained = {name: (1 - share) * weight + share * earlier(name) for name, weight in trained.items()}
    stored = packed(trained, model.tensor, bits=options.bits)
    weights = unpacked(stored, model.tensor)
    for name, largest in measure_ranges(weights, model.sizes, _inputs(options.prepared)).items():
        if name not in _DELICATE:
            stored[RANGES + name] = largest.astype(np.float16)
    pairs = PairReader(Tokenizer.from_file(str(folder / "tokenizer.json")), longest=LONGEST)
    probe = pairs.pair(PROBE[0], pairs.tokens(PROBE[1]).ids)
    stored["probe"] = mean_state(compile_encoder(weights, model.sizes, None), model.words, probe).astype(np.float16)
    save_file(stored, options.out, metadata={"base": "multilingual-e5-small", "bits": str(options.bits)})
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, {options.bits} bits a weight")


def _inputs(folder: Path) -> list[tuple[Array, Array]]:
    """Vectors of words (batch, tokens, hidden) of some examples, and masks."""
    prepared, words = load(folder), words_of(folder)
    shown = batches(prepared.asked, prepared.texts, count=_LOOKED_AT, batch=_TOGETHER, seed=1)
    made = (batch_of(batch, prepared.texts, rivals=0) for batch in shown)
    return [(words[batch.ids.numpy()], batch.mask.numpy().astype(np.float32)) for batch in made]


def _mix(text: str) -> tuple[Path, float]:
    """`READER:SHARE`; raises ValueError."""
    path, _, share = text.rpartition(":")
    return Path(path), float(share)


if __name__ == "__main__":
    main()
