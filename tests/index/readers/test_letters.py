"""Letters come out composed, and no heap of marks on one of them holds up the reading."""

import unicodedata

import pytest

from index.readers.letters import composed, plain_letters


@pytest.mark.parametrize(
    "text",
    ["e\u0300 più", "नमस्ते दुनिया", "שָׁלוֹם", "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ", "─" * 80, "👨‍👩‍👧" * 40, "。" * 50, "a" + "\u0316\u0300" * 15],
)
def test_what_people_write_is_composed_and_nothing_else(text: str) -> None:
    assert composed(text) == plain_letters(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("marks", ["\u0316\u0300", "\u0301", "\u0f73", "\u05b0\u0591\U0001d165"])
def test_of_a_heap_of_marks_on_a_letter_some_are_left(marks: str) -> None:
    text = composed(f"Uno a{marks * 500_000} due{marks}.")
    assert text.startswith("Uno ")
    assert text.endswith(unicodedata.normalize("NFC", f" due{marks}."))
    assert len(text) < 100
