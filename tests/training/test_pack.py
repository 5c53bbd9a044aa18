"""What is packed is the trained model, or the mean of several."""

import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from index.bundled_model import model_folder
from index.word_vectors import ModelFolder
from retrieval.reader_weights import unpacked
from training import pack
from training.model import mean_of
from training.prepared import Prepared

pytest.importorskip("openvino")


def packing(*arguments: object) -> Path:
    """The packed file."""
    out = Path(str(arguments[-1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["pack", *map(str, arguments[:-1]), "--out", str(out)])
        pack.main()
    return out


def test_weights_are_packed_as_they_are_or_mixed_by_shares(tmp_path: Path, prepared: Prepared) -> None:
    prepared.save(tmp_path / "prepared", model_folder())
    model, name = ModelFolder(model_folder()), "encoder.layer.0.output.dense.weight"
    head = np.random.default_rng(1).normal(size=(2, 384)).astype(np.float16)
    names = [each for each in load_file(model_folder() / "model.safetensors") if each.startswith("e")]
    for file, more in (("one", 0.04), ("other", 0.01)):
        weights = {f"body.{each}": model.tensor(each).astype(np.float16) for each in names if "word_emb" not in each}
        weights[f"body.{name}"] = (model.tensor(name) + more).astype(np.float16)
        save_file(weights | {"head.weight": head, "head.bias": head[:, 0]}, tmp_path / file)
    given, one, other = tmp_path / "prepared", tmp_path / "one", tmp_path / "other"
    first = packing(given, one, tmp_path / "first")
    mean = packing(given, one, other, other, tmp_path / "mean")
    mixed = packing(given, other, "--mix", f"{first}:0.25", tmp_path / "mixed")
    for file, expected in ((first, 0.04), (mean, 0.02), (mixed, 0.0175)):
        made = unpacked(load_file(file), model.tensor)(name) - model.tensor(name)
        assert float(made.mean()) == pytest.approx(expected, abs=0.002)
    start = mean_of([first, first])
    assert start.keys() == load_file(one).keys()
    assert float((start[f"body.{name}"].numpy() - model.tensor(name)).mean()) == pytest.approx(0.04, abs=0.002)
