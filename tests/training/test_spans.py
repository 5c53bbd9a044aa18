"""The best span is the pair of ends with the highest sum, and what it is worth is told as SQuAD tells it."""

import numpy as np
import pytest

from training.spans import best_span, exact, f1, normalised


def test_the_best_span_begins_before_it_ends_and_is_not_longer_than_thirty_tokens() -> None:
    starts, ends = np.zeros(100, np.float32), np.zeros(100, np.float32)
    starts[[10, 60]], ends[[5, 12, 95]] = [5, 6], [9, 4, 8]
    assert best_span(starts, ends) == (10, 12, 9.0)
    starts[70] = 7
    assert best_span(starts, ends) == (70, 95, 15.0)


@pytest.mark.parametrize(
    ("found", "right", "worth", "same"),
    [
        ("Ginestra", ["la Ginestra"], 1.0, True),
        ("nell'Oceano Pacifico", ["Oceano Pacifico.", "mare"], 1.0, True),
        ("the Pacific Ocean", ["Pacific"], 2 / 3, False),
        ("rosso", ["verde"], 0.0, False),
        ("", ["verde"], 0.0, False),
        ("il", ["la"], 1.0, True),
    ],
)
def test_what_was_found_is_compared_without_case_punctuation_and_small_words(found, right, worth, same) -> None:
    assert f1(found, right) == pytest.approx(worth)
    assert exact(found, right) is same


def test_small_words_go_and_others_stay() -> None:
    assert normalised("Il 12% della popolazione, in una città d'Italia") == [
        "12",
        "popolazione",
        "città",
        "d",
        "italia",
    ]
