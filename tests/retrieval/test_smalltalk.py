"""Greetings and thanks are told from questions, in every language that the bot greets in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.smalltalk import small_talk

GREETINGS = """hello|hi|hey|good morning|good evening|ciao|salve|buongiorno|buonasera|hola|buenos días|bonjour|salut
|hallo|guten Tag|olá|bom dia|привет|здравствуйте|你好|こんにちは|مرحبا|مَرحَبًا|merhaba|hoi""".replace("\n", "").split("|")
THANKS = """thanks|thank you|thanks a lot|thx|grazie|grazie mille|gracias|muchas gracias|merci|merci beaucoup|danke
|vielen Dank|obrigado|obrigada|спасибо|谢谢|ありがとう|شكرا|شكرًا|teşekkürler|bedankt|ok|okay""".replace("\n", "").split(
    "|"
)
DRESSES = ("{}", "  {}  ", "{}!", "«{}»…", "{} 👋🏽", "\u200f{}\u200f")


@pytest.mark.parametrize("greeting", GREETINGS)
def test_a_greeting_is_told_in_whatever_case_and_dress(greeting: str) -> None:
    assert {small_talk(dress.format(greeting)) for dress in DRESSES} == {"greeting"}
    assert {small_talk(said) for said in (greeting.upper(), greeting.title())} == {"greeting"}


@pytest.mark.parametrize("thanks", THANKS)
def test_thanks_are_told_in_whatever_case_and_dress(thanks: str) -> None:
    assert {small_talk(dress.format(thanks)) for dress in DRESSES} == {"thanks"}
    assert {small_talk(said) for said in (thanks.upper(), thanks.title())} == {"thanks"}


@pytest.mark.parametrize("text", ["", "?", "??? !!!", " \n\t", "👍", "👨‍👩‍👧‍👦🇮🇹", "…", "\u200f", "\0"])
def test_what_holds_no_word_is_empty(text: str) -> None:
    assert small_talk(text) == "empty"


@pytest.mark.parametrize(
    "text",
    [
        "Hello, where are they meeting?",
        "thanks to whom was the lighthouse saved",
        "ciao a chi",
        "you all",
        "no",
        "what is a very good morning",
        "great wall",
        "va bene la scadenza di lunedì",
        "grazie a chi",
        "ok computer",
        "谢谢你们在哪里见面",
        "42",
        "Vladivostok",
    ],
)
def test_a_question_that_begins_politely_is_still_a_question(text: str) -> None:
    assert small_talk(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ok grazie", "thanks"),
        ("Va bene, perfetto!", "thanks"),
        ("Thank you very much!", "thanks"),
        ("grazie mille a tutti", "thanks"),
        ("ciao e grazie", "thanks"),
        ("merci bien", "thanks"),
        ("Danke schön", "thanks"),
        ("спасибо большое", "thanks"),
        ("ありがとうございます", "thanks"),
        ("Hi there", "greeting"),
        ("Buongiorno a tutti", "greeting"),
        ("ciao ciao", "greeting"),
        ("Guten Morgen zusammen", "greeting"),
    ],
)
def test_small_talk_is_told_though_it_says_more_than_a_phrase(text: str, kind: str) -> None:
    assert small_talk(text) == kind


@given(st.text(max_size=60))
def test_white_space_and_exclamation_around_a_text_change_nothing(text: str) -> None:
    assert small_talk(f" \n{text} !") == small_talk(text)


def test_ten_thousand_words_of_thanks_are_no_thanks() -> None:
    assert small_talk("thanks " * 10_000) is None
