"""What was marked is compared with the right words as SQuAD compares them."""

import pytest

from retrieval.evaluation.wording import exact, f1, holds, normalised


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
    assert normalised("Il 12% della popolazione, in una città d'Italia") == ["12", "popolazione", "città", "italia"]


@pytest.mark.parametrize(
    ("found", "held"),
    [
        ("nell'Oceano Pacifico", True),
        ("l'Oceano Pacifico del Nord", True),
        ("Pacifico", False),
        ("il mare", True),
        ("", False),
        ("oceano, poi Pacifico", False),
    ],
)
def test_words_hold_an_answer_that_stands_in_them_in_one_piece(found: str, held: bool) -> None:
    assert holds(found, ["Oceano Pacifico", "mare"]) is held
