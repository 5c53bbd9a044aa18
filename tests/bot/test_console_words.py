"""In the terminal the words that answer are marked inside the sentence, and other articles are told of beneath."""

import re
from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from bot.i18n import texts_for
from index.article import Span
from retrieval.answer import Answer, Quote
from tests.bot.quotes import answer, quote, quotes_with_words, saying, worded
from tests.bot.test_console import STYLE, pipe, show_answer, terminal

EN = texts_for("en")
MEET = "First. They meet in Vladivostok today. More."
FIRST = replace(quote(MEET, Span(7, 38)), words=(Span(20, 31),))
SAME = worded("In Vladivostok.", "Vladivostok", known_as="b", title="A note")
OTHER = worded(
    "In\nMoscow\x1b[31m.", "Moscow\x1b[31m", known_as="c", title="A rumour", author="B.", published=date(2023, 9, 1)
)


def shown(console, given: Answer, count: int = 1) -> str:
    show_answer(console, given, shown=count)
    return console.file.getvalue()


def test_in_a_pipe_the_words_stand_between_underscores_inside_the_asterisks() -> None:
    assert shown(pipe(), answer(FIRST)) == (
        "First. **They meet in __Vladivostok__ today.** More.\nA title · paragraph 1 of 1\n"
    )


def test_words_at_both_ends_of_sentences_that_touch_are_nested_as_they_should() -> None:
    made = quote("One.Two.", Span(0, 4), Span(4, 8))
    given = answer(replace(made, words=(Span(0, 4), Span(4, 7))))
    assert shown(pipe(), given).split("\n")[0] == "**__One.__****__Two__.**"


def test_in_a_terminal_the_words_are_bold_and_underlined() -> None:
    printed = shown(terminal(), answer(FIRST))
    assert "\x1b[1mThey meet in \x1b[0m\x1b[1;4mVladivostok\x1b[0m\x1b[1m today.\x1b[0m" in printed
    assert STYLE.sub("", printed) == f"\n│ {MEET}\nA title · paragraph 1 of 1\n"


@settings(max_examples=60)
@given(quotes_with_words())
def test_in_a_pipe_nothing_but_signs_is_added_and_they_hold_the_words(made: Quote) -> None:
    printed, text = shown(pipe(), answer(made)), made.article.text
    expected, at = "", made.span.start
    for mark in made.highlights:
        (word,) = [word for word in made.words if word in mark] or [Span(mark.end, mark.end)]
        inner = f"__{word.of(text)}__" if len(word) else ""
        expected += f"{text[at : mark.start]}**{text[mark.start : word.start]}{inner}{text[word.end : mark.end]}**"
        at = mark.end
    assert printed.startswith(expected + text[at : made.span.end] + "\n")


def test_other_articles_are_told_of_beneath_the_first_source_alone() -> None:
    given = answer(FIRST, SAME, sayings=(saying(FIRST, SAME), saying(OTHER)))
    assert shown(pipe(), given, count=2).split("\n") == [
        "First. **They meet in __Vladivostok__ today.** More.",
        "A title · paragraph 1 of 1",
        "The same in: A note",
        "Other articles say:",
        "• Moscow [31m — A rumour · 2023-09-01",
        "**In __Vladivostok__.**",
        "A note · paragraph 1 of 1",
        "",
    ]


def test_in_a_terminal_what_others_say_stands_out_from_where_it_stands() -> None:
    printed = shown(terminal(), answer(FIRST, sayings=(saying(FIRST, SAME, SAME), saying(OTHER))))
    assert re.findall("\x1b\\[2m(.*?)\x1b\\[0m", printed) == [
        "A title · paragraph 1 of 1",
        "The same in 2 other articles.",
        "Other articles say:",
        " — A rumour · 2023-09-01",
    ]
    assert "\n• Moscow [31m" in printed


def test_a_nearest_passage_tells_of_no_others() -> None:
    given = answer(FIRST, verdict="nothing", sayings=(saying(FIRST, SAME), saying(OTHER)))
    assert shown(pipe(), given).endswith("\nA title · paragraph 1 of 1\n")


def test_terminal_and_telegram_say_it_in_the_same_words() -> None:
    printed = shown(pipe(), answer(FIRST, sayings=(saying(FIRST, SAME, SAME), saying(OTHER)))).split("\n")
    assert printed[2:4] == [EN("same-in-others", articles=2), EN("others-say")]
    named = shown(pipe(), answer(FIRST, sayings=(saying(FIRST, SAME),))).split("\n")
    assert named[2] == f"{EN('same-in')} A note"
