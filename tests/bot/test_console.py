"""Answers in the terminal: marked, framed, and harmless whatever the article holds."""

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.console import show_answer
from index.article import Article, Span
from retrieval.answer import Answer, Question, Quote, Scores

NO_SCORES = Scores(passage=0.0, sentence=0.0, lexical=0.0)


def answer(text: str, mark: Span | None = None, verdict: str = "answered") -> Answer:
    article = Article(id="a", title="A title", text=text, language="en", source="a.txt", author="Ada")
    quote = Quote(
        article=article,
        span=Span(0, len(text)),
        highlights=(mark,) if mark else (),
        scores=NO_SCORES,
        place=2,
        places=3,
    )
    question = Question(text="?", language="en")
    return Answer(question=question, verdict=verdict, confidence=0.5, quotes=(quote, quote))


def shown(found: Answer, *, terminal: bool, quotes: int = 1) -> str:
    out = StringIO()
    colours = "standard" if terminal else None
    show_answer(Console(file=out, force_terminal=terminal, width=60, color_system=colours), found, shown=quotes)
    return out.getvalue()


def test_in_a_pipe_the_mark_stands_between_asterisks() -> None:
    assert shown(answer("One. Two. Three.", Span(5, 9)), terminal=False) == (
        "One. **Two.** Three.\nA title · Ada · passage 2 of 3\n"
    )


def test_in_a_terminal_the_mark_is_bold_and_a_rule_stands_at_the_left() -> None:
    out = shown(answer("One. Two. Three.", Span(5, 9)), terminal=True)
    assert "\x1b[36m│ \x1b[0mOne. \x1b[1mTwo.\x1b[0m Three." in out


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        ("unsure", "This may be it:"),
        ("nothing", "The articles don't say. The nearest passage, not an answer:"),
    ],
)
def test_what_is_no_sure_answer_says_so_first(verdict: str, line: str) -> None:
    assert shown(answer("One.", verdict=verdict), terminal=False).splitlines()[0] == line


def test_as_many_quotes_are_shown_as_are_asked_for() -> None:
    assert shown(answer("One."), terminal=False, quotes=2).count("passage 2 of 3") == 2


def test_markup_in_an_article_is_text() -> None:
    text = "[bold red]no[/] [link=http://x]markup[/link] :smile:"
    assert text in shown(answer(text), terminal=False)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), st.booleans())
def test_no_article_reaches_the_terminal_with_an_escape_of_its_own(text: str, terminal: bool) -> None:
    hostile = f"{text}\x1b[2J\x1b]0;title\x07{text}"
    out = shown(answer(hostile), terminal=terminal)
    assert "\x1b[2J" not in out
    assert "\x1b]0;" not in out
    assert "\x07" not in out
