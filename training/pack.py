"""A trained model as the file that is shipped: python -m training.pack TRAINED --set sets/squadit:tuning

`--mix EARLIER:0.4` mixes it with the weights that its course began with: together they read better than either, above
all what the later course didn't show (Wortsman et al. 2022, arXiv 2109.01903).
Needs the extra `fast`: the sizes of activations are measured on OpenVINO, over examples of the set.
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
from retrieval.pairs import PairReader, padded
from retrieval.reader import LONGEST, PROBE, RANGES, WEIGHTS, mean_state
from retrieval.reader_weights import packed, unpacked
from training.examples import examples_of
from training.train import question_set

_LOOKED_AT, _TOGETHER = 256, 16
"""Examples that activations are measured over."""
_DELICATE = {f"encoder.layer.{layer}.output.dense" for layer in range(8)}
"""Matrices that stay in floating point: most of what int8 gets wrong comes of rounding what goes into these."""


def main() -> None:
    """Rounds, measures, writes, and says how large it is."""
    parser = argparse.ArgumentParser(prog="python -m training.pack", description=__doc__.splitlines()[0])
    parser.add_argument("trained", type=Path)
    parser.add_argument("--set", type=question_set, required=True, help="what activations are measured over")
    parser.add_argument("--mix", type=_mix, metavar="WEIGHTS:SHARE", help="other weights of the model, and their share")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--bits", type=int, default=4, help="of each weight")
    options = parser.parse_args()
    folder = model_folder()
    model = ModelFolder(folder)
    pairs = PairReader(Tokenizer.from_file(str(folder / "tokenizer.json")), longest=LONGEST)
    trained = _weights(options.trained)
    if options.mix:
        other, share = options.mix
        trained = {name: (1 - share) * trained[name] + share * each for name, each in _weights(other).items()}
    stored = packed(trained, model.tensor, bits=options.bits)
    weights = unpacked(stored, model.tensor)
    chosen = examples_of(options.set, pairs, seed=1)[:: max(1, len(options.set.questions()) // _LOOKED_AT)]
    batches = (
        padded([each.pair.ids for each in chosen[at : at + _TOGETHER]]) for at in range(0, len(chosen), _TOGETHER)
    )
    inputs = ((model.words[ids], mask) for ids, mask in batches)
    for name, largest in measure_ranges(weights, model.sizes, inputs).items():
        if name not in _DELICATE:
            stored[RANGES + name] = largest.astype(np.float16)
    probe = pairs.pair(PROBE[0], pairs.tokens(PROBE[1]).ids)
    stored["probe"] = mean_state(compile_encoder(weights, model.sizes, None), model.words, probe).astype(np.float16)
    save_file(stored, options.out, metadata={"base": "multilingual-e5-small", "bits": str(options.bits)})
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, {options.bits} bits a weight")


def _weights(path: Path) -> dict[str, Array]:
    """By their names in BertModel, and the head's."""
    return {name.removeprefix("body."): each.astype(np.float32) for name, each in load_file(path).items()}


def _mix(text: str) -> tuple[Path, float]:
    """`WEIGHTS:SHARE`; raises ValueError."""
    path, _, share = text.rpartition(":")
    return Path(path), float(share)


if __name__ == "__main__":
    main()
