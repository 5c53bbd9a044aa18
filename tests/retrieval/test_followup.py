"""Which questions hang on the turns before them, what they are searched as, and when a new subject is let go."""

from collections.abc import Sequence

import numpy as np
import pytest

from index.article import Span
from retrieval.answer import Hit
from retrieval.followup import LAST, LONGEST_CONTEXT, blended, follows, language_after, points_back, strays
from retrieval.question import Place, Question, Turn
from tests.fakes import HashingEmbedder
from tests.retrieval.conftest import hit

SUMMIT = Turn(text="where do Kim and Putin meet?", places=(Place(article="a1", span=Span(0, 4)),))
VERTICE = Turn(text="dove si incontrano Kim e Putin?")


def asked(text: str, language: str) -> Question:
    return Question(text=text, language=language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("when?", "en"),
        ("and how did he get there?", "en"),
        ("what about the second one?", "en"),
        ("perché?", "it"),
        ("e quando è arrivato?", "it"),
        ("che lavoro faceva?", "it"),
        ("¿y cuándo llegó?", "es"),
        ("et pourquoi ?", "fr"),
        ("und wie kam er dorthin?", "de"),
        ("а когда?", "ru"),
        ("e quando ele chegou?", "pt"),
    ],
)
def test_an_incomplete_question_goes_on_from_the_one_before(text: str, language: str) -> None:
    follow = follows(asked(text, language), [SUMMIT])
    assert follow is not None
    assert (follow.text, follow.searched) == (text, f"where do Kim and Putin meet? {text}")
    assert follow.before == (SUMMIT,)


def test_a_question_with_much_to_say_that_points_at_nothing_stands_alone() -> None:
    assert follows(asked("how many wooden boxes did the carpenter build?", "en"), [SUMMIT]) is None


def test_the_same_question_goes_on_where_it_points_at_somebody() -> None:
    assert follows(asked("how many wooden boxes did he build for the swifts?", "en"), [SUMMIT]) is not None


@pytest.mark.parametrize("turns", [[], ()])
def test_without_turns_every_question_stands_alone(turns: Sequence[Turn]) -> None:
    assert follows(asked("when?", "en"), turns) is None


def test_a_text_without_a_character_follows_nothing() -> None:
    assert follows(asked("", "und"), [SUMMIT]) is None


def test_only_the_last_turns_are_looked_back_on() -> None:
    turns = [Turn(text=f"question {number}") for number in range(10)]
    follow = follows(asked("when?", "en"), turns)
    assert follow is not None
    assert follow.before == tuple(turns[-LAST:])
    assert follow.searched == "question 9 when?"


def test_of_a_long_turn_whole_words_from_its_beginning_are_searched() -> None:
    follow = follows(asked("when?", "en"), [Turn(text="word " * 200)])
    assert follow is not None
    assert follow.searched == "word " * 60 + "when?"
    unspaced = follows(asked("when?", "en"), [Turn(text="x" * 1000)])
    assert unspaced is not None
    assert unspaced.searched == "x" * LONGEST_CONTEXT + " when?"


@pytest.mark.parametrize(
    ("text", "detected", "before", "spoken"),
    [
        ("quando?", "pt", "it", "it"),
        ("e come ci arriva?", "it", "it", "it"),
        ("and which war are they for?", "en", "it", "en"),
        ("?", "und", "it", "it"),
        ("wann?", "de", "it", "de"),
    ],
)
def test_a_short_question_is_in_the_language_of_the_turn_before_unless_its_words_are_another_ones(
    text: str, detected: str, before: str, spoken: str
) -> None:
    assert language_after(text, detected, before) == spoken


def test_an_accent_tells_is_from_and() -> None:
    assert points_back("e vero che parte?", "it")
    assert not points_back("è vero che parte?", "it")


def found(*finals: float) -> list[Hit]:
    """Hits on the passages 1, 2, 3 … with that many points."""
    return [hit(number, final=final) for number, final in enumerate(finals, start=1)]


@pytest.mark.parametrize(
    ("text", "ahead", "gone"),
    [
        ("when?", 50.0, False),
        ("when did the ship arrive?", 1.9, False),
        ("when did the ship arrive?", 2.1, True),
        ("when did the ship arrive, and her tired crew of sailors?", 0.9, False),
        ("when did the ship arrive, and her tired crew of sailors?", 1.1, True),
    ],
)
def test_the_more_a_question_says_the_sooner_another_article_may_have_it(text: str, ahead: float, gone: bool) -> None:
    hits = found(40.0 + ahead, 40.0)
    assert strays(asked(text, "en"), lambda: hits, {2: 4.0}, language="en") is gone


def test_a_question_whose_best_passage_is_in_the_article_quoted_last_never_strays() -> None:
    hits = found(40.0, 39.0)
    assert not strays(asked("the harbour lighthouse opening hours", "en"), lambda: hits, {1: 4.0}, language="en")


@pytest.mark.parametrize(
    ("text", "there", "here", "gone"),
    [
        ("library", 1.0, 0.0, True),
        ("library", 1.0, 0.5, False),
        ("library", 0.5, 0.0, False),
        ("and its library", 1.0, 0.0, False),
    ],
)
def test_words_that_the_best_passage_has_and_the_article_quoted_last_has_not_are_about_that_one(
    text: str, there: float, here: float, gone: bool
) -> None:
    hits = [hit(1, coverage=there, final=40.5), hit(2, coverage=here, final=40.0)]
    assert strays(asked(text, "en"), lambda: hits, {2: 4.0}, language="en") is gone


def test_where_nothing_was_quoted_only_what_cannot_stand_alone_goes_on() -> None:
    nothing: list[Hit] = []
    assert not strays(asked("when?", "en"), lambda: nothing, {}, language="en")
    assert not strays(asked("was the lighthouse keeper she?", "en"), lambda: nothing, {}, language="en")
    assert strays(asked("lighthouse keeper", "en"), lambda: nothing, {}, language="en")


def test_cosines_with_both_readings_are_the_weighted_mean_of_theirs() -> None:
    embedder = HashingEmbedder()
    alone, joined = embedder.read_questions(["when was it?", "where do they meet? when was it?"])
    both = blended(alone, joined, own_from=len("where do they meet? "))
    passage = embedder.read_question("they meet when it was dark").vector
    assert both.vector @ passage == pytest.approx(0.75 * (alone.vector @ passage) + 0.25 * (joined.vector @ passage))


def test_the_questions_own_tokens_weigh_more_than_those_of_what_it_follows() -> None:
    alone, joined = HashingEmbedder().read_questions(["when?", "where do they meet? when?"])
    both = blended(alone, joined, own_from=len("where do they meet? "))
    assert both.tokens.weights.tolist() == [1.0, 0.25, 0.25, 0.25, 0.25, 0.75]
    assert np.array_equal(both.tokens.states[0], both.tokens.states[-1])
