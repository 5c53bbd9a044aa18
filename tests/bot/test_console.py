"""Answers in the terminal: marked, whole, and harmless whatever stands in the article."""

import re
from dataclasses import replace
from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot.console import progress_bars, show_answer, show_outcome
from index.article import Span
from index.indexer import Outcome
from index.progress import Progress
from index.readers import Skipped
from retrieval.answer import Quote, Verdict
from retrieval.question import Question
from tests.bot.quotes import TEXTS, answer, article, quote, quotes, saying

STYLE = re.compile(r"\x1b\[[0-9;]*m")
BOLD = re.compile(r"\x1b\[1m(.*?)\x1b\[0m")
HOSTILE = {
    "markup": "[bold red]loud[/] [link=https://evil.example]click[/link] [/] \\[x]",
    "ansi": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J\x9b31m \x1bc",
    "controls": "a\x00b\x08c\x0bd\x7fe\x85f\rg",
    "bidi": "\u202egnorw\u202c \u2066x\u2069 \u200f",
    "emoji": "👨‍👩‍👧‍👦 :smile: 🇮🇹 e\u0301",
    "stars": "**not** _marked_ `at` all",
}


def terminal(width: int = 60) -> Console:
    return Console(
        file=StringIO(), force_terminal=True, color_system="standard", width=width, legacy_windows=False, no_color=False
    )


def pipe() -> Console:
    return Console(file=StringIO(), force_terminal=False, width=40)


def shown(console: Console, *quotes: Quote, verdict: Verdict = "answered", count: int = 1) -> str:
    show_answer(console, answer(*quotes, verdict=verdict), shown=count)
    return console.file.getvalue()


def marked(text: str, sentence: str, **fields: object) -> Quote:
    start = text.index(sentence)
    return quote(text, Span(start, start + len(sentence)), of=article(text, **fields), place=2, places=6)


def test_in_a_pipe_the_marks_are_asterisks_and_lines_are_never_broken() -> None:
    text = "Before, " * 20 + "the answer. After."
    made = marked(text, "the answer.", author="A. B.", published=date(2024, 5, 14))
    assert shown(pipe(), made) == (
        text.replace("the answer.", "**the answer.**") + "\nA title · A. B. · 2024-05-14 · paragraph 1 of 1\n"
    )


def test_the_source_names_the_page_where_an_article_has_pages() -> None:
    made = marked("Before. The answer. After.", "The answer.", pages=(0, 8, 20))
    assert shown(pipe(), made).endswith("\nA title · page 2 of 3\n")


def test_in_a_terminal_the_mark_is_bold_behind_a_rule_and_the_source_dim() -> None:
    printed = shown(terminal(), marked("Before. The answer. After.", "The answer."))
    assert BOLD.findall(printed) == ["The answer."]
    assert STYLE.sub("", printed) == "\n│ Before. The answer. After.\nA title · paragraph 1 of 1\n"
    assert "\x1b[2mA title · paragraph 1 of 1\x1b[0m" in printed


def test_every_line_of_a_long_quote_has_its_rule_and_fits_the_terminals_width() -> None:
    printed = STYLE.sub("", shown(terminal(width=30), marked("One two three four five. " * 8, "two")))
    _, *lines, _ = printed.rstrip("\n").split("\n")
    assert len(lines) > 5
    assert all(line.startswith("│ ") and len(line) <= 30 for line in lines)


@pytest.mark.parametrize("width", [20, 26, 50, 80])
def test_a_source_and_what_others_say_are_broken_between_words_alone(width: int) -> None:
    title = "Kim Jong-un in Russia per incontrare Putin su richiesta di Mosca, ancora una volta"
    first, other = (marked("It is so.", "It is so.", title=title, author="Antonio Palma") for _ in range(2))
    given = answer(first, sayings=(saying(first, replace(first)), saying(other)))
    show_answer(console := terminal(width), given)
    _, quoted, *lines = STYLE.sub("", console.file.getvalue()).splitlines()
    told = [
        f"{title} · Antonio Palma · paragraph 1 of 1",
        f"The same in: {title}",
        "Other articles say:",
        f"• It is so. — {title}",
    ]
    assert quoted == "│ It is so."
    assert " ".join(line.rstrip() for line in lines) == " ".join(told)
    assert all(len(line) <= width and not line.startswith(" ") for line in lines)


@pytest.mark.parametrize(
    ("verdict", "first"),
    [
        ("unsure", "I'm not certain, but this may be it:"),
        ("nothing", "The articles don't say that. Not an answer, but the nearest passage:"),
        ("answered", "One."),
    ],
)
def test_what_is_no_sure_answer_is_announced(verdict: Verdict, first: str) -> None:
    assert shown(pipe(), quote("One."), verdict=verdict).split("\n")[0] == first


def test_what_is_said_about_an_answer_is_in_the_questions_language() -> None:
    def told(language: str) -> str:
        given = answer(quote("One."), verdict="nothing", sayings=(saying(quote("One."), quote("One.")),))
        show_answer(
            console := pipe(), replace(given, question=Question(text="?", language=language), unfiled=("mare",))
        )
        return console.file.getvalue()

    assert told("it").splitlines() == [
        "Nessun articolo è archiviato sotto #mare.",
        "Gli articoli non lo dicono. Non è una risposta, ma è il passo più vicino:",
        "One.",
        "A title · paragrafo 1 di 1",
    ]
    assert told("und") == told("ja") == told("en")


def test_a_tag_that_no_article_has_is_named() -> None:
    console = pipe()
    show_answer(console, replace(answer(quote("One.")), unfiled=("sport",)))
    assert console.file.getvalue().startswith("No article is filed under #sport.\n")


def test_as_many_quotes_as_wanted_are_shown_in_their_order() -> None:
    three = [quote(text) for text in ("One.", "Two.", "Three.")]
    assert shown(pipe(), *three, count=2).split("\n")[::2] == ["One.", "Two.", ""]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("console", [terminal, pipe])
def test_hostile_text_comes_out_whole_and_orders_the_terminal_nothing(console, text: str) -> None:
    printed = STYLE.sub("", shown(console(), marked(f"{text} The answer. {text}", "The answer.", title=text)))
    assert re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", printed) == []
    visible = "".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
    assert "".join(printed.split()).replace("│", "").count(visible) == 3
    assert "Theanswer." in "".join(printed.split()).replace("│", "")


@pytest.mark.parametrize("width", range(20, 27))
def test_a_mark_that_parts_what_counts_as_one_character_loses_nothing_of_the_line(width: int) -> None:
    text = "🇮🇹🇮🇹👨‍👩‍👧‍👦🇮🇹🇮🇹🇮🇹 . 🇮🇹"
    printed = STYLE.sub("", shown(terminal(width), marked(text, text[:6])))
    assert "".join(printed.replace("│", "").split()).startswith("".join(text.split()))


@settings(deadline=None, max_examples=80)
@given(quotes(TEXTS), st.integers(20, 90))
def test_in_a_terminal_no_character_is_lost_and_just_the_marks_are_bold(made: Quote, width: int) -> None:
    printed = shown(terminal(width), made)
    body = printed[: printed.rindex("paragraph")]
    bold = "".join("".join(BOLD.findall(body.replace("\n", "\x85"))).replace("\x85", "").split())
    plain = "".join(STYLE.sub("", body).replace("│", "").split())
    assert plain.startswith("".join(made.text.replace("│", "").split()))
    if "│" not in made.text:
        assert bold == "".join("".join(mark.of(made.article.text) for mark in made.highlights).split())


@settings(deadline=None)
@given(quotes(TEXTS))
def test_in_a_pipe_only_the_asterisks_are_added(made: Quote) -> None:
    text, at = "", made.span.start
    for mark in made.highlights:
        text += f"{made.article.text[at : mark.start]}**{mark.of(made.article.text)}**"
        at = mark.end
    assert shown(pipe(), made).startswith(text + made.article.text[at : made.span.end] + "\n")


def test_an_outcome_counts_and_names_what_was_skipped_unbroken_and_unstyled() -> None:
    console = pipe()
    skipped = [
        Skipped(source=f"folder/:cat:[red]{number}\x1b[31m.pdf", reason="has no reader " * 4) for number in range(52)
    ]
    show_outcome(
        console,
        Outcome(generation=3, added=1, changed=2, removed=3, unchanged=4, skipped=tuple(skipped), seconds=1.26),
    )
    first, *lines = console.file.getvalue().splitlines()
    assert first == "1 added, 2 changed, 3 removed, 4 unchanged, 52 skipped in 1.3 s"
    assert lines[0] == "  skipped folder/:cat:[red]0 [31m.pdf: " + "has no reader " * 4
    assert lines[-1] == "  … and 2 more"
    assert len(lines) == 51


def test_progress_shows_nothing_in_a_pipe_and_its_steps_in_a_terminal() -> None:
    for console, seen in ((pipe(), False), (terminal(90), True)):
        with progress_bars(console) as report:
            report(Progress(step="reading", done=1, total=2))
            report(Progress(step="embedding", done=0, total=0))
        printed = console.file.getvalue()
        assert ("Reading articles" in printed, "Embedding" in printed, bool(printed)) == (seen, seen, seen)


def test_in_a_pipe_a_long_run_tells_each_step_and_every_half_minute_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {
        1.0: Progress(step="model", done=0, total=0),
        29.9: Progress(step="reading", done=1, total=3),
        30.0: Progress(step="reading", done=2, total=3),
        32.0: Progress(step="reading", done=3, total=3),
        32.5: Progress(step="embedding", done=0, total=60_000),
        62.4: Progress(step="embedding", done=11_000, total=60_000),
        62.5: Progress(step="embedding", done=12_000, total=60_000),
        80.0: Progress(step="embedding", done=17_000, total=60_000),
        119.0: Progress(step="embedding", done=60_000, total=60_000),
        119.5: Progress(step="publishing", done=0, total=1),
        219.0: Progress(step="publishing", done=1, total=1),
    }
    clock = iter([0.0, *told])
    monkeypatch.setattr("bot.console.time", SimpleNamespace(monotonic=lambda: next(clock)))
    with progress_bars(console := pipe()) as report:
        for progress in told.values():
            report(progress)
    assert console.file.getvalue().splitlines() == [
        "Reading articles: 2 of 3",
        "Embedding: 0 of 60,000",
        "Embedding: 12,000 of 60,000",
        "Publishing",
    ]
