"""The passages that say the same in each language, and the means that are shipped of them."""

import numpy as np
import pytest

from index.embedding import Embedder
from index.language import detect
from retrieval.languages import MEANS
from training.languages import passages

SAID = passages()


def test_each_passage_is_there_in_each_language_and_in_no_other() -> None:
    assert len(SAID) == 22
    for language, texts in SAID.items():
        assert [detect(text) for text in texts] == [language] * 24


@pytest.mark.parametrize("language", ["it", "ja", "ar"])
def test_the_means_are_those_of_the_passages(language: str, default_embedder: Embedder) -> None:
    mean = default_embedder.read_passages(SAID[language])[0].mean(0)
    with np.load(MEANS) as means:
        assert sorted(means.files) == sorted(SAID)
        assert float(means[language] @ mean) == pytest.approx(float(mean @ mean), rel=1e-2)
        assert np.linalg.norm(means[language] - mean) < 0.05
