"""The language of a text is told from its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import ASKED, UNKNOWN, detect


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "La biblioteca sul battello parte ogni mattina dal molo vecchio."),
        ("en", "The keepers of the lighthouse write their own timetable."),
        ("ru", "Библиотека открыта каждый день, кроме воскресенья."),
        ("zh", "图书馆每天早上八点开门,星期日休息。"),
        ("ar", "تفتح المكتبة أبوابها كل صباح ما عدا يوم الجمعة."),
        ("de", "Die Bücherei auf dem Schiff öffnet jeden Morgen."),
    ],
)
def test_a_sentence_is_enough_to_tell_a_language(language: str, text: str) -> None:
    assert detect(text) == language
    assert detect(text, among=ASKED) == language


@pytest.mark.parametrize("text", ["", "  \n", "12 + 30 = 42", "🙂🙂", "…!"])
def test_a_text_without_letters_has_no_language(text: str) -> None:
    assert detect(text) == UNKNOWN


def test_only_the_languages_that_are_named_are_found() -> None:
    assert detect("La biblioteca parte ogni mattina dal molo vecchio.", among=("en", "ru")) in ("en", "ru")


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert detect(text, among=ASKED) in (*ASKED, UNKNOWN)
