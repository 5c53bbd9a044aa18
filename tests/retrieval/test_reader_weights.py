"""Weights are kept as rounded differences, and come back about as they were."""

import numpy as np
import pytest

from retrieval.reader_weights import GROUP, packed, unpacked

RANDOM = np.random.default_rng(1)
BASE = {"matrix": RANDOM.normal(size=(128, 192)).astype(np.float32)}
TRAINED = {
    "matrix": BASE["matrix"] + RANDOM.normal(0, 0.01, (128, 192)).astype(np.float32),
    "bias": RANDOM.normal(size=128).astype(np.float32),
    "head.weight": RANDOM.normal(size=(2, 192)).astype(np.float32),
}


@pytest.mark.parametrize(("bits", "wrong"), [(1, 0.65), (2, 0.37), (3, 0.2), (4, 0.11)])
def test_what_training_changed_comes_back_the_better_the_more_bits_it_has(bits: int, wrong: float) -> None:
    weights = unpacked(packed(TRAINED, BASE.__getitem__, bits=bits), BASE.__getitem__)
    changed = TRAINED["matrix"] - BASE["matrix"]
    missed = weights("matrix") - TRAINED["matrix"]
    assert np.linalg.norm(missed) / np.linalg.norm(changed) < wrong
    assert np.allclose(weights("bias"), TRAINED["bias"], atol=2e-3)
    assert np.allclose(weights("head.weight"), TRAINED["head.weight"], atol=2e-3)


def test_a_matrix_takes_its_bits_and_a_step_for_each_group() -> None:
    stored = packed(TRAINED, BASE.__getitem__, bits=3)
    assert stored["matrix.codes"].nbytes == 128 * 192 * 3 // 8
    assert stored["matrix.steps"].shape == (128 * 192 // GROUP,)
    assert stored["bias"].dtype == np.float16


def test_what_did_not_change_stays_as_it_was() -> None:
    weights = unpacked(packed({"matrix": BASE["matrix"]}, BASE.__getitem__, bits=4), BASE.__getitem__)
    assert np.allclose(weights("matrix"), BASE["matrix"], atol=1e-6)


def test_a_tensor_that_is_not_there_is_no_guess() -> None:
    with pytest.raises(KeyError):
        unpacked({}, BASE.__getitem__)("bias")
