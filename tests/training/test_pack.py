"""What is packed is the trained model, or a mixture of it and of one before."""

import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from index.bundled_model import model_folder
from index.word_vectors import ModelFolder
from retrieval.reader_weights import unpacked
from training import pack

pytest.importorskip("openvino")


@pytest.mark.parametrize(("mix", "expected"), [([], 0.04), (["--mix", "{}/earlier:0.25"], 0.03)])
def test_weights_are_packed_as_they_are_or_mixed_by_shares(
    mix: list[str], expected: float, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, name = ModelFolder(model_folder()), "encoder.layer.0.output.dense.weight"
    head = np.random.default_rng(1).normal(size=(2, 384)).astype(np.float16)
    names = [each for each in load_file(model_folder() / "model.safetensors") if each.startswith("e")]
    for file, more in (("trained", 0.04), ("earlier", 0.0)):
        weights = {f"body.{each}": model.tensor(each).astype(np.float16) for each in names if "word_emb" not in each}
        weights[f"body.{name}"] = (model.tensor(name) + more).astype(np.float16)
        save_file(weights | {"head.weight": head, "head.bias": head[:, 0]}, tmp_path / file)
    out = tmp_path / "packed"
    arguments = [*(each.format(tmp_path) for each in mix), "--set", str(folder), "--out", str(out)]
    monkeypatch.setattr(sys, "argv", ["pack", str(tmp_path / "trained"), *arguments])
    pack.main()
    made = unpacked(load_file(out), model.tensor)(name) - model.tensor(name)
    assert float(made.mean()) == pytest.approx(expected, abs=0.003)
