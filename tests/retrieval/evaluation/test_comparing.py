"""A change is called real when chance, also over many comparisons, hardly brings it."""

import numpy as np
import pytest

from retrieval.evaluation.comparing import changes
from retrieval.evaluation.figures import ALL
from retrieval.evaluation.measuring import Outcome
from tests.retrieval.evaluation.outcomes import outcome, unanswerable


def noisy(seed: int, *, shift: float = 0.0, pairs: tuple[str, ...] = ("en→it",), count: int = 200) -> list[Outcome]:
    """Questions of every pair; nothing hangs on anything but the seed, and `shift` makes right answers likelier."""
    random = np.random.default_rng(seed)
    found = []
    for n in range(count):
        rank = 1 if random.random() < 0.5 + shift else 2
        marked = bool(random.random() < 0.7) if rank == 1 else None
        sure = round(float(random.random()), 3)
        kind = unanswerable if n % 5 == 0 else outcome
        fields = {} if n % 5 == 0 else {"rank": rank, "marked": marked}
        found.append(kind(n, confidence=sure, pair=pairs[n % len(pairs)], verdict="answered", **fields))
    return found


def test_a_change_is_counted_over_the_questions_that_both_asked() -> None:
    old = [outcome(n, 2) for n in range(40)]
    new = [outcome(n, 1 if n < 20 else 2) for n in range(40)] + [outcome("other", 0)]
    found = changes(old, new)
    rise = found.figures[ALL]["R@1"]
    assert (found.shared, rise.value, rise.questions) == (40, 0.5, 40)
    assert rise.real
    assert 0.3 < rise.low < 0.4
    assert 0.6 < rise.high < 0.7


def test_the_same_questions_twice_change_nothing() -> None:
    found = changes(noisy(1), noisy(1)).figures[ALL]
    assert {change.value for change in found.values()} == {0.0}
    assert not any(change.real or change.alone for change in found.values())


def test_questions_are_paired_so_that_a_small_change_is_seen_which_two_samples_would_hide() -> None:
    old = [outcome(n, 1 if n % 2 else 2) for n in range(600)]
    new = [outcome(n, 1 if n % 2 or n < 40 else 2) for n in range(600)]
    rise = changes(old, new).figures[ALL]["R@1"]
    assert rise.value == pytest.approx(20 / 600)
    assert rise.real


def test_one_question_more_of_many_is_not_real() -> None:
    old, new = [outcome(n, 2) for n in range(300)], [outcome(n, 1 if n == 7 else 2) for n in range(300)]
    rise = changes(old, new).figures[ALL]["R@1"]
    assert (rise.real, rise.alone) == (False, False)


def test_areas_and_marks_are_compared_too() -> None:
    old = [outcome(n, confidence=n % 10 / 10, marked=False) for n in range(200)]
    old += [unanswerable(f"u{n}", n % 10 / 10) for n in range(200)]
    new = [outcome(n, confidence=0.3 + n % 10 / 15, marked=n % 3 > 0) for n in range(200)]
    new += [unanswerable(f"u{n}", n % 10 / 15) for n in range(200)]
    found = changes(old, new).figures[ALL]
    assert all(found[name].real and found[name].value > 0.1 for name in ("AUC answerable", "AUC right", "marked"))
    assert not found["R@1"].real


def test_pairs_of_languages_change_each_by_themselves() -> None:
    pairs = ("en→it", "it→it")
    old = [outcome(n, 2, pair=pairs[n % 2]) for n in range(100)]
    new = [outcome(n, 1 if n % 2 else 2, pair=pairs[n % 2]) for n in range(100)]
    found = changes(old, new).figures
    assert [found[row]["R@1"].value for row in (ALL, *pairs)] == [0.5, 0, 1]
    assert [found[row]["R@1"].real for row in (ALL, *pairs)] == [True, False, True]


def test_of_many_changes_by_chance_alone_hardly_a_run_calls_any_real() -> None:
    pairs = tuple(f"{letter}→it" for letter in "abcdefgh")
    runs = [changes(noisy(2 * n, pairs=pairs, count=400), noisy(2 * n + 1, pairs=pairs, count=400)) for n in range(6)]
    judged = [[change for row in run.figures.values() for change in row.values()] for run in runs]
    assert sum(any(change.real for change in run) for run in judged) <= 1
    assert sum(any(change.alone for change in run) for run in judged) >= 4


def test_a_large_change_is_still_real_among_many() -> None:
    pairs = tuple(f"{letter}→it" for letter in "abcdefgh")
    found = changes(noisy(1, pairs=pairs, count=1600), noisy(2, pairs=pairs, count=1600, shift=0.2))
    assert found.compared > 50
    assert found.figures[ALL]["R@1"].real


def test_nothing_is_said_of_fewer_than_twenty_questions() -> None:
    rise = changes([outcome(n, 2) for n in range(19)], [outcome(n, 1) for n in range(19)]).figures[ALL]["R@1"]
    assert (rise.value, rise.real, rise.alone) == (1, False, False)


def test_without_a_question_in_common_nothing_is_compared() -> None:
    found = changes([outcome(1, question="who?")], [outcome(1, question="when?"), outcome(2)])
    assert (found.shared, found.figures) == (0, {})
