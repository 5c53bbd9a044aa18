"""Questions as figures: by day, by time, and how long answers took."""

import time
from datetime import date, datetime, timedelta

import pytest

from bot.state.report import Day, Reports
from bot.state.store import Store
from tests.bot.memory import remember


@pytest.fixture
def store(tmp_path):
    kept = Store(tmp_path / "state")
    yield kept
    kept.close()


def test_days_are_counted_in_this_machines_time_also_those_without_a_question(store: Store) -> None:
    midnight = datetime(2024, 5, 3).timestamp()
    for at, verdict in ((midnight, "answered"), (midnight - 1, "nothing"), (midnight - 2, "unsure"), (0, "answered")):
        remember(store, "?", verdict, at=at)
    begun = date(2024, 5, 1)
    assert Reports(store).days(3, date(2024, 5, 3)) == [
        Day(day=begun, answered=0, unsure=0, nothing=0),
        Day(day=begun + timedelta(1), answered=0, unsure=1, nothing=1),
        Day(day=begun + timedelta(2), answered=1, unsure=0, nothing=0),
    ]


def test_latency_is_the_median_and_the_95th_percentile_of_the_last_day(store: Store) -> None:
    assert Reports(store).latency() is None
    for milliseconds in range(1, 101):
        remember(store, "?", milliseconds=float(milliseconds))
    remember(store, "?", milliseconds=9999.0, at=time.time() - 90_000)
    assert Reports(store).latency() == (50.0, 95.0)


def test_questions_of_a_stretch_of_time_come_newest_first(store: Store) -> None:
    for at in (1.0, 2.0, 3.0, 4.0):
        remember(store, str(at), at=at)
    reports = Reports(store)
    assert [asked.text for asked in reports.questions(since=2.0, until=4.0)] == ["3.0", "2.0"]
    assert [asked.text for asked in reports.questions(count=1)] == ["4.0"]
