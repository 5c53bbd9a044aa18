"""The words that answer are underlined inside the bold sentence, wherever a quote is cut."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import texts_for
from bot.views.quotes import ShownQuote, quote_reply, shortened
from index.article import Span
from retrieval.answer import Quote
from tests.bot.quotes import LONG, TEXTS, article, quote, quotes_with_words
from tests.bot.shown import quoted
from tests.bot.views.sent import ME, message
from tests.bot_api import marked

EN = texts_for("en")


def sent(made: Quote) -> dict:
    return message(quote_reply(ShownQuote(quote=made, verdict="answered", turn=7, number=1, count=1), EN, ME))


def places(text: str, *pieces: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(piece), text.index(piece) + len(piece)) for piece in pieces)


@pytest.mark.parametrize(
    ("text", "sentence", "words"),
    [
        ("First. They meet in Vladivostok today. More.", "They meet in Vladivostok today.", "Vladivostok"),
        ("🇰🇵🚂 before. Die Antwort 👨‍👩‍👧‍👦 hier! 🤝🏽 after", "Die Antwort 👨‍👩‍👧‍👦 hier!", "👨‍👩‍👧‍👦 hier!"),
        ("e\u0301ta\u0301. Cafe\u0301 at noon. No\u0308.", "Cafe\u0301 at noon.", "Cafe\u0301"),
        ("𝛙𝌢. 𠌕 in the 𝄢. 𝛙", "𠌕 in the 𝄢.", "𠌕 in the 𝄢."),
        ("قبل. الجواب هنا. بعد.", "الجواب هنا.", "هنا"),
    ],
    ids=["plain", "emoji", "combining", "astral", "arabic"],
)
def test_the_words_are_underlined_inside_the_bold_sentence_exactly(text: str, sentence: str, words: str) -> None:
    made = replace(quote(text, *places(text, sentence)), words=places(text, words))
    shown = sent(made)
    assert marked(shown, "underline") == [words]
    assert marked(shown) == [sentence]
    assert marked(shown, "blockquote") == [text]
    assert shown["text"] == f"{text}\nA title · paragraph 1 of 1"


def test_a_quote_without_words_has_nothing_underlined() -> None:
    assert marked(sent(quote("One. Two.", Span(5, 9))), "underline") == []


@given(quotes_with_words())
def test_all_words_are_underlined_each_within_what_is_bold(made: Quote) -> None:
    shown, text = sent(made), made.article.text
    assert sorted(marked(shown, "underline")) == sorted(word.of(text) for word in made.words)
    bold, underlined = (ranges(shown, kind) for kind in ("bold", "underline"))
    (whole,) = ranges(shown, "blockquote")
    assert all(any(word in mark for mark in bold) for word in underlined)
    assert all(mark in whole for mark in bold)


def ranges(shown: dict, kind: str) -> list[Span]:
    entities = (entity for entity in shown["entities"] if entity["type"] == kind)
    return [Span(entity["offset"], entity["offset"] + entity["length"]) for entity in entities]


@settings(max_examples=60)
@given(quotes_with_words(LONG | TEXTS), st.integers(50, 4000))
def test_what_is_shortened_keeps_the_first_words_and_no_part_of_any(made: Quote, longest: int) -> None:
    short = shortened(made, longest)
    assert set(short.words) <= set(made.words)
    if made.words and len(made.words[0]) <= longest:
        assert short.words[0] == made.words[0]
    assert len(marked(sent(made), "underline")) <= len(made.words)


def test_a_long_sentence_is_cut_around_its_words() -> None:
    text = "a" * 6000 + " in Vladivostok " + "b" * 4000
    made = replace(quote(text, Span(0, len(text))), words=places(text, "Vladivostok"))
    shown = sent(made)
    assert quoted(shown) == f"…{'a' * 1491} in Vladivostok {'b' * 1493}…"
    assert marked(shown, "underline") == ["Vladivostok"]


def test_marks_and_words_that_are_cut_off_are_left_out() -> None:
    text = "The first. " + "a" * 5000 + " The answer is here. " + "b" * 5000 + " The last."
    first, answer, last = places(text, "The first.", "The answer is here.", "The last.")
    made = replace(quote(text, first, answer, last), words=places(text, "here", "last"))
    short = shortened(made, 100)
    assert short.text == f"{'a' * 33} The answer is here. {'b' * 46}"
    assert [mark.of(text) for mark in short.highlights] == ["The answer is here."]
    assert [word.of(text) for word in short.words] == ["here"]


def test_words_longer_than_what_is_shown_are_not_underlined() -> None:
    made = quote("a" * 5000, Span(0, 5000), of=article("a" * 5000))
    shown = sent(replace(made, words=(Span(0, 5000),)))
    assert (marked(shown), marked(shown, "underline")) == (["a" * 3000], [])
