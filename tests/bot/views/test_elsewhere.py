"""Beneath the source stands what other articles say, within what fits into a message."""

from datetime import date

import pytest

from bot.elsewhere import NOWHERE, Elsewhere
from bot.i18n import languages, texts_for
from bot.state.turns import StoredTurn
from bot.views.quotes import ShownQuote, quote_reply
from bot.views.reports import nearest_reply
from bot.views.writing import LONGEST
from index.article import Span
from retrieval.answer import Quote
from tests.bot.quotes import answer, article, quote, saying, worded
from tests.bot.shown import quoted
from tests.bot.views.sent import ME, message
from tests.bot_api import marked, utf16

EN = texts_for("en")
FIRST = worded("The ferry leaves at six.", "six")
SOURCE = "A title · paragraph 1 of 1"
TIMETABLE = worded("It leaves at six.", "six", known_as="b", title="The timetable", url="https://example.org/b")
OLDER = worded(
    "It leaves at 🕖 seven.", "🕖 seven", known_as="c", title="🚢 Ferries", author="Ada", published=date(2019, 3, 1),
    url="https://example.org/c",
)  # fmt: skip
SAME = {
    "de": "Dasselbe steht in 2 anderen Artikeln.",
    "en": "The same in 2 other articles.",
    "es": "También lo dicen otros 2 artículos.",
    "fr": "Même réponse dans 2 autres articles.",
    "it": "Lo dicono anche altri 2 articoli.",
    "ru": "То же говорится ещё в 2 статьях.",
}


def sent(*, same: tuple[Quote, ...] = (), different: tuple[Quote, ...] = (), language: str = "en", **how) -> dict:
    others = Elsewhere(same=same, different=different)
    shown = {"quote": FIRST, "verdict": "answered", "turn": 7, "number": 1, "count": 1, "elsewhere": others} | how
    return message(quote_reply(ShownQuote(**shown), texts_for(language), ME))


def beneath(shown: dict) -> list[str]:
    """The lines after that of the source."""
    _, _, lines = shown["text"].partition(f"\n{SOURCE}")
    return lines.split("\n")[1:]


def links(shown: dict) -> list[str]:
    return [entity["url"] for entity in shown["entities"] if entity["type"] == "text_link"]


def test_where_no_other_article_answers_the_source_comes_last() -> None:
    assert sent()["text"] == f"The ferry leaves at six.\n{SOURCE}"


def test_one_article_that_says_the_same_is_named_and_linked_to_its_sentence() -> None:
    shown = sent(same=(TIMETABLE,))
    assert beneath(shown) == ["The same in: The timetable"]
    assert marked(shown, "text_link") == ["The timetable"]
    assert links(shown) == ["https://example.org/b#:~:text=It%20leaves%20at%20six."]
    plain = sent(same=(worded("At six.", "six", title="No address"),))
    assert (beneath(plain), links(plain)) == (["The same in: No address"], [])


@pytest.mark.parametrize("language", languages())
def test_several_are_counted(language: str) -> None:
    assert texts_for(language)("same-in-others", articles=2) == SAME[language]
    assert sent(same=(TIMETABLE, OLDER), language=language)["text"].split("\n")[-1] == SAME[language]


def test_they_are_counted_in_russian_as_people_count_them() -> None:
    said = [texts_for("ru")("same-in-others", articles=count) for count in (5, 21)]
    assert said == ["То же говорится ещё в 5 статьях.", "То же говорится ещё в 21 статье."]


def test_other_answers_stand_one_a_line_with_title_and_date() -> None:
    undated = worded("At eight.", "eight", known_as="d", title="A leaflet")
    shown = sent(same=(TIMETABLE,), different=(OLDER, undated))
    assert beneath(shown) == [
        "The same in: The timetable",
        "Other articles say:",
        "• 🕖 seven — 🚢 Ferries · 2019-03-01",
        "• eight — A leaflet",
    ]
    assert marked(shown, "text_link") == ["The timetable", "🚢 Ferries"]
    assert links(shown)[1] == "https://example.org/c#:~:text=It%20leaves%20at%20%F0%9F%95%96%20seven."
    assert marked(shown, "underline") == ["six"]
    assert quoted(shown) == "The ferry leaves at six."


def test_words_without_end_are_shortened_and_stand_on_one_line() -> None:
    long = worded("At " + "a \n" * 60 + ".", "a \n" * 60, title="t" * 100)
    assert beneath(sent(different=(long,))) == ["Other articles say:", f"• {'a ' * 39}a… — {'t' * 80}…"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("verdict", ["answered", "unsure"])
def test_with_everything_as_long_as_it_gets_the_message_still_fits(language: str, verdict: str) -> None:
    endless = {"title": "🦉" * 300, "author": "🦉" * 300, "published": date(2019, 3, 1)}
    long = quote("🦉" * 4000, Span(1000, 3000), of=article("🦉" * 4000, **endless))
    other = worded("🦉" * 200, "🦉" * 200, **endless)
    shown = sent(quote=long, different=(other,) * 3, same=(other,), language=language, verdict=verdict, scope="article")
    assert LONGEST - 400 < utf16.length(shown["text"]) <= LONGEST
    assert quoted(shown) == f"…{'🦉' * 1250}…"
    assert shown["text"].endswith(f"\n• {'🦉' * 80}… — {'🦉' * 40}… · 2019-03-01")


def test_an_admin_sees_it_with_what_the_articles_say_now_and_not_beneath_a_nearest_passage() -> None:
    turn = StoredTurn(
        id=7, chat=5, thread=None, user=5, asked=1, shown=None, number=1, at=0.0, text="x", searched="x",
        suggested=None, language="en", verdict="nothing", confidence=0.0, generation=1, quotes=(),
    )  # fmt: skip
    now = answer(FIRST, sayings=(saying(FIRST, TIMETABLE), saying(OLDER)))
    shown = message(nearest_reply(turn, now, EN, ME))
    assert beneath(shown) == [
        "The same in: The timetable", "Other articles say:", "• 🕖 seven — 🚢 Ferries · 2019-03-01"
    ]  # fmt: skip
    nearest = answer(FIRST, verdict="nothing", sayings=now.sayings)
    assert beneath(message(nearest_reply(turn, nearest, EN, ME))) == []
    assert ShownQuote(quote=FIRST, verdict="answered", turn=7, number=1, count=1).elsewhere == NOWHERE
