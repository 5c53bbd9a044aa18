"""A question turned round asks for the opposite, in the languages whose words are known."""

import random

import pytest

from training.opposites import opposite_of


def turned(question: str, language: str) -> set[str | None]:
    """All that may become of it."""
    return {opposite_of(question, language=language, chance=random.Random(seed)) for seed in range(20)}


@pytest.mark.parametrize(
    ("question", "language", "opposites"),
    [
        ("Who was the first keeper?", "en", {"Who was the last keeper?", "Who wasn't the first keeper?"}),
        ("Didn't the lamp burn?", "en", {"Did the lamp burn?"}),
        ("Chi fu il primo?", "it", {"Chi fu il ultimo?", "Chi non fu il primo?"}),
        ("Chi non è partito?", "it", {"Chi è partito?"}),
        ("Prima di chi?", "it", {"Dopo di chi?"}),
        ("Who came?", "en", {None}),
        ("Who was the first?", "th", {None}),
        ("", "en", {None}),
    ],
)
def test_one_word_is_turned_round(question: str, language: str, opposites: set[str | None]) -> None:
    assert turned(question, language) == opposites
