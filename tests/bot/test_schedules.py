"""How often a source is gathered is read as people write it."""

import pytest

from bot.schedules import seconds_of, written
from index.gathering import NotGathered


@pytest.mark.parametrize(("text", "seconds"), [("5m", 300), ("6h", 21_600), ("1d", 86_400), ("2w", 1_209_600)])
def test_schedules_are_written_as_they_are_read(text: str, seconds: float) -> None:
    assert (seconds_of(text.upper()), written(seconds)) == (seconds, text)
    assert (seconds_of("Never"), written(None)) == (None, "never")


@pytest.mark.parametrize("text", ["", "0m", "4m", "h", "-1d", "1.5h", "99999h", "6 hours"])
def test_what_is_no_schedule_is_refused(text: str) -> None:
    with pytest.raises(NotGathered):
        seconds_of(text)
