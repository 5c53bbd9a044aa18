"""So many questions a minute, and one word about it."""

from bot.limits import Limits


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_so_many_are_allowed_within_any_minute_each_by_itself() -> None:
    clock = Clock()
    limits = Limits(2, clock)
    assert [limits.allows("ada"), limits.allows("ada"), limits.allows("ada"), limits.allows("bob")] == [
        True, True, False, True,
    ]  # fmt: skip
    clock.now += 59.9
    assert not limits.allows("ada")
    clock.now += 0.2
    assert [limits.allows("ada") for _ in range(3)] == [True, True, False]


def test_refused_questions_do_not_count() -> None:
    clock = Clock()
    limits = Limits(1, clock)
    assert limits.allows(1)
    for _ in range(50):
        clock.now += 1
        assert not limits.allows(1)
    clock.now += 10
    assert limits.allows(1)


def test_the_word_about_it_is_said_once_a_minute_to_each() -> None:
    clock = Clock()
    limits = Limits(1, clock)
    assert [limits.first_word(1), limits.first_word(1), limits.first_word(2)] == [True, False, True]
    clock.now += 60
    assert limits.first_word(1)


def test_a_crowd_is_forgotten_oldest_first_and_takes_no_more_memory() -> None:
    limits = Limits(1, Clock())
    for key in range(10_001):
        assert limits.allows(key)
        assert limits.first_word(key)
    assert limits.allows(0), "the one who came first is forgotten"
    assert not limits.allows(10_000)
    assert limits.first_word(0)
