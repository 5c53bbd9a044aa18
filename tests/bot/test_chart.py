"""Questions by day, as a picture."""

import io
import sys
from datetime import date, timedelta

import pytest
from PIL import Image

from bot.chart import ChartsMissing, chart
from bot.i18n import languages, texts_for
from bot.state.report import Day

EN = texts_for("en")
BLUE, YELLOW, RED = (0x3B, 0x7E, 0xA1), (0xE3, 0xB2, 0x3C), (0xC8, 0x55, 0x3D)


def days(*counts: tuple[int, int, int]) -> list[Day]:
    begun = date(2024, 5, 1)
    return [
        Day(day=begun + timedelta(number), answered=answered, unsure=unsure, nothing=nothing)
        for number, (answered, unsure, nothing) in enumerate(counts)
    ]


def pixels(drawn: bytes, *colours: tuple[int, int, int]) -> list[int]:
    """How many pixels there are of each colour beneath the legend."""
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    shown = picture.crop((0, 100, *picture.size))
    counted = {colour: count for count, colour in shown.getcolors(maxcolors=1 << 20)}
    return [counted.get(colour, 0) for colour in colours]


def test_each_verdict_has_a_colour_and_bars_as_tall_as_its_questions() -> None:
    blue, yellow, red = pixels(chart(days((4, 2, 1), (4, 2, 1)), EN), BLUE, YELLOW, RED)
    assert blue / yellow == pytest.approx(2, rel=0.05)
    assert yellow / red == pytest.approx(2, rel=0.05)


def test_the_picture_is_a_png_that_telegram_takes_for_a_photo() -> None:
    picture = Image.open(io.BytesIO(chart(days(*[(1, 0, 0)] * 30), EN)))
    assert (picture.format, picture.size) == ("PNG", (1080, 540))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("counts", [[], [(0, 0, 0)], [(0, 0, 0)] * 30, [(100_000, 1, 1)] * 400])
def test_few_and_many_questions_are_drawn_in_every_language(language: str, counts: list[tuple[int, int, int]]) -> None:
    assert chart(days(*counts), texts_for(language)).startswith(b"\x89PNG")


def test_without_matplotlib_there_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ChartsMissing):
        chart(days((1, 0, 0)), EN)
