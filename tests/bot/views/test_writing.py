"""Text is measured, cut and marked in the units that Telegram counts."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.views.buttons import button, pattern, pressed
from bot.views.writing import Reply, Writer, brief, keyboard_of, utf16_length
from tests.bot.quotes import CHARACTERS
from tests.bot.views.sent import message
from tests.bot_api import marked, utf16

TEXTS = st.lists(CHARACTERS, max_size=40).map("".join)


@given(TEXTS, st.integers(0, 60))
def test_what_is_brief_fits_is_a_beginning_and_never_half_a_character(text: str, longest: int) -> None:
    short = brief(text, longest)
    assert utf16_length(text) == utf16.length(text)
    if short != text:
        assert short.endswith("…")
        assert text.startswith(short[:-1])
        assert longest - 1 <= utf16.length(short[:-1]) <= longest
    else:
        assert utf16.length(text) <= longest or short == "…"


@given(st.lists(st.tuples(TEXTS.filter(str.strip), st.booleans()), min_size=1, max_size=5))
def test_marks_stand_where_they_were_written(pieces: list[tuple[str, bool]]) -> None:
    writer = Writer()
    writer.add(">")
    for text, bold in pieces:
        writer.add(text, "bold" if bold else None)
        writer.add("|")
    assert marked(message(writer.reply())) == [text for text, bold in pieces if bold]


def test_empty_rows_and_empty_keyboards_are_left_out() -> None:
    one = button("one", "q", 1, 2, 0)
    assert keyboard_of([[], [one], []]).inline_keyboard == ((one,),)
    assert keyboard_of([[], []]) is keyboard_of(None) is None
    assert Reply(text="x").keyboard is None


def test_a_button_brings_back_what_was_put_in_and_nothing_else_matches() -> None:
    made = button("label", "q", 12, 3, 0).callback_data
    assert made == "q:12:3:0"
    press = pressed(made)
    assert (press.kind, press.number(0), press.number(2)) == ("q", 12, 0)
    form = pattern("q", "number", "number", "number")
    assert re.match(form, made)
    assert not any(re.match(form, data) for data in ("q:1:2", "q:1:2:-3", "xq:1:2:3", "q:1:2:3:4", f"q:{'9' * 16}:1:1"))
    assert (pressed(None).kind, pressed("").parts) == ("", ())
