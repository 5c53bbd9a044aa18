"""The passages that say the same in each language, and the means that are shipped of them."""

import json

import numpy as np
import pytest

from index.embedding import Embedder
from index.language import detect
from retrieval.languages import MEANS
from training.languages import PASSAGES

ROWS = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]


def test_each_passage_is_there_in_each_language_and_in_no_other() -> None:
    assert len(ROWS) == 24
    assert len(ROWS[0]) == 22
    for row in ROWS:
        assert row.keys() == ROWS[0].keys()
        assert {language: detect(text) for language, text in row.items()} == {each: each for each in row}


@pytest.mark.parametrize("language", ["it", "ja", "ar"])
def test_the_means_are_those_of_the_passages(language: str, default_embedder: Embedder) -> None:
    mean = default_embedder.read_passages([row[language] for row in ROWS])[0].mean(0)
    with np.load(MEANS) as means:
        assert sorted(means.files) == sorted(ROWS[0])
        assert float(means[language] @ mean) == pytest.approx(float(mean @ mean), rel=1e-2)
        assert np.linalg.norm(means[language] - mean) < 0.05
