"""All spans and no answer at all share out a probability of 1."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.spans import LONGEST, best_spans, halfway, margin, moved, of_windows, span_logits, within

logits = arrays(np.float32, st.tuples(st.integers(1, 40), st.just(2)), elements=st.floats(-12, 12, width=32))


@given(logits, st.floats(-20, 20))
def test_probabilities_are_those_of_a_softmax_over_every_span_and_none(both: np.ndarray, none: float) -> None:
    sums = span_logits(both[:, 0], both[:, 1], none)
    found = best_spans(sums, count=3)
    weights = {
        (first, last): np.exp(float(both[first, 0]) + float(both[last, 1]))
        for first in range(len(both))
        for last in range(first, min(len(both), first + LONGEST))
    }
    whole = sum(weights.values()) + np.exp(none)
    assert margin(sums) == pytest.approx(np.log(sum(weights.values())) - none, abs=1e-3)
    best = found[0]
    assert weights[best.first, best.last] == pytest.approx(max(weights.values()), rel=1e-4)
    overlapping = sum(weight for (first, last), weight in weights.items() if first <= best.last and best.first <= last)
    assert best.probability == pytest.approx(overlapping / whole, rel=1e-3, abs=1e-6)
    assert sum(span.probability for span in found) <= 1.001


@given(logits)
def test_no_span_overlaps_another(both: np.ndarray) -> None:
    spans = sorted((span.first, span.last) for span in best_spans(span_logits(both[:, 0], both[:, 1], 0.0), count=4))
    assert all(first <= last for first, last in spans)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(spans))


@given(logits)
def test_what_holds_an_answer_is_the_shortest_run_around_it_with_half_of_what_is_likely_there(both: np.ndarray) -> None:
    best = best_spans(span_logits(both[:, 0], both[:, 1], 0.0), count=1)[0]
    spans = {
        (first, last): np.exp(float(both[first, 0]) + float(both[last, 1]))
        for first in range(best.last + 1)
        for last in range(max(first, best.first), min(len(both), first + LONGEST))
    }
    half = sum(spans.values()) / 2

    def between(first: int, last: int) -> float:
        return sum(weight for span, weight in spans.items() if first <= span[0] and span[1] <= last)

    first, last = best.held
    assert first <= best.first <= best.last <= last
    runs = [
        (begin, end)
        for begin in range(max(0, best.first - 8), best.first + 1)
        for end in range(best.last, min(len(both), best.last + 9))
        if between(begin, end) > half * 1.001
    ]
    if runs:
        assert between(first, last) > half * 0.999
        assert last - first <= min(end - begin for begin, end in runs)
    else:
        assert between(first, last) <= half * 1.001 or (first, last) == (best.first, best.last)


def test_no_tokens_hold_no_answer() -> None:
    none = np.zeros(0, np.float32)
    sums = span_logits(none, none, 1.0)
    assert best_spans(sums, count=3) == ()
    assert margin(sums) == -np.inf
    assert moved(sums, none).size == 0


def test_an_answer_is_no_longer_than_thirty_tokens() -> None:
    starts, ends = np.zeros(100, np.float32), np.zeros(100, np.float32)
    starts[[10, 60]], ends[[5, 12, 95]] = [5, 6], [8, 4, 7]
    best = best_spans(span_logits(starts, ends, 0.0), count=1)[0]
    assert (best.first, best.last) == (10, 12)
    starts[70] = 7
    best = best_spans(span_logits(starts, ends, 0.0), count=1)[0]
    assert (best.first, best.last) == (70, 95)


@given(logits, st.integers(1, 12), st.integers(1, 12))
def test_windows_of_one_reading_make_up_that_reading(both: np.ndarray, size: int, step: int) -> None:
    """All but the spans that no window has."""
    whole = span_logits(both[:, 0], both[:, 1], 0.0)
    begins = range(0, len(both), min(step, size))
    read = [(at, span_logits(both[at : at + size, 0], both[at : at + size, 1], 0.0)) for at in begins]
    joined = of_windows(read, len(both))
    assert joined.shape == (LONGEST, len(both))
    seen = np.isfinite(joined[: len(whole)])
    assert np.array_equal(joined[: len(whole)][seen], whole[seen])
    assert seen[0].all()


def test_where_windows_overlap_the_higher_logit_counts() -> None:
    one, other = np.array([[1.0, 2.0, 3.0]]), np.array([[5.0, 0.0]])
    assert of_windows([(0, one), (1, other)], 3)[0].tolist() == [1.0, 5.0, 3.0]


def test_halfway_goes_to_the_mean_of_the_pieces_that_have_a_span() -> None:
    whole = np.array([[2.0, 4.0, 6.0], [1.0, 1.0, -np.inf]])
    pieces = [of_windows([(0, np.array([[4.0, 8.0]]))], 3)[:2], of_windows([(1, np.array([[0.0, 0.0]]))], 3)[:2]]
    assert halfway(whole, pieces).tolist() == [[3.0, 4.0, 3.0], [1.0, 1.0, -np.inf]]
    assert halfway(whole, []).tolist() == whole.tolist()


@given(logits, st.data())
def test_points_move_an_answer_but_not_the_odds_that_there_is_one(both: np.ndarray, data: st.DataObject) -> None:
    sums = span_logits(both[:, 0], both[:, 1], 0.0)
    points = np.zeros(len(both))
    favoured = data.draw(st.integers(0, len(both) - 1))
    points[np.arange(len(both)) != favoured] = -60.0
    raised = moved(sums, points)
    assert margin(raised) == pytest.approx(margin(sums), abs=1e-6)
    assert best_spans(raised, count=1)[0].first == favoured


def test_no_answer_goes_on_from_one_piece_into_the_next() -> None:
    sums = span_logits(np.array([0.0, 5.0, 1.0, 0.0]), np.array([0.0, 2.0, 5.0, 1.0]), 0.0)
    assert [(span.first, span.last) for span in best_spans(sums, count=1)] == [(1, 2)]
    kept = within(sums, np.array([0, 0, 1, 1]))
    assert [(span.first, span.last) for span in best_spans(kept, count=2)] == [(1, 1), (2, 2)]
    assert [kept[more, first] for more, first in ((1, 0), (1, 2))] == [sums[1, 0], sums[1, 2]]
    assert np.isneginf([kept[1, 1], kept[2, 0], kept[3, 0]]).all()
