"""A bare follow-up is told by what it asks for: a time, a number, a name; and sentences by what they hold."""

import pytest

from index.local.library import LocalShelf
from retrieval.answerer import Answerer
from retrieval.expecting import awaited, expected, holds
from retrieval.question import Question, Turn


def follow_up(text: str, language: str) -> Question:
    return Question(text=text, language=language, before=(Turn(text="x", places=()),), searched=f"x {text}")


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("when?", "en", "time"),
        ("and since when?", "en", "time"),
        ("e quando lo incontra?", "it", "time"),
        ("¿Cuándo?", "es", "time"),
        ("когда?", "ru", "time"),
        ("how many?", "en", "number"),
        ("e quant'è costato?", "it", "number"),
        ("combien ?", "fr", "number"),
        ("who with?", "en", "name"),
        ("et où ?", "fr", "name"),
        ("why?", "en", None),
        ("quando?", "en", None),
        ("whenever", "en", None),
        ("何时", "zh", None),
        ("", "en", None),
    ],
)
def test_what_a_question_asks_for_is_told_by_its_own_words(text: str, language: str, kind: str | None) -> None:
    assert expected(follow_up(text, language)) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "language", "held"),
    [
        ("time", "Si incontrano mercoledì a Vladivostok.", "it", True),
        ("time", "That was in March 2022.", "en", True),
        ("time", "It may be late.", "en", False),
        ("time", "Im Mai wird geöffnet.", "de", True),
        ("time", "It costs 40 euros.", "en", False),
        ("time", "В понедельник.", "ru", True),
        ("time", "2019.", "xx", True),
        ("number", "I lavori durarono otto mesi.", "it", True),
        ("number", "It cost £4.", "en", True),
        ("number", "It cost a lot.", "en", False),
        ("name", "The boxes are by Idris Fenn.", "en", True),
        ("name", "The boxes are his.", "en", False),
        ("name", "And Nora Pellew again.", "en", False),
    ],
)
def test_what_a_sentence_holds(kind: str, sentence: str, language: str, held: bool) -> None:
    assert holds(kind, sentence, language, asked="who is nora pellew?") is held


def test_a_whole_question_is_ranked_as_before(answerer: Answerer, seeds_shelf: LocalShelf) -> None:
    question = Question(text="when?", language="en")
    assert awaited(question, ["no hit is looked at"], seeds_shelf.current()) == ["no hit is looked at"]


def test_after_a_place_when_finds_the_day_and_marks_it(answerer: Answerer) -> None:
    where = answerer("where are they meeting?")
    when = answerer("when?", turns=[where.turn()])
    assert when.verdict == "unsure"
    (mark,) = when.quotes[0].highlights
    assert any(day in mark.of(when.quotes[0].article.text) for day in ("domenica", "mercoledì", "martedì"))
