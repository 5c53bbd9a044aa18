"""All spans and no answer at all share out a probability of 1."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.spans import LONGEST, best_spans

logits = arrays(np.float32, st.tuples(st.integers(1, 40), st.just(2)), elements=st.floats(-12, 12, width=32))


@given(logits, st.floats(-20, 20))
def test_probabilities_are_those_of_a_softmax_over_every_span_and_none(both: np.ndarray, none: float) -> None:
    found = best_spans(both[:, 0], both[:, 1], none, count=3)
    weights = {
        (first, last): np.exp(float(both[first, 0]) + float(both[last, 1]))
        for first in range(len(both))
        for last in range(first, min(len(both), first + LONGEST))
    }
    whole = sum(weights.values()) + np.exp(none)
    assert found.margin == pytest.approx(np.log(sum(weights.values())) - none, abs=1e-3)
    best = found.spans[0]
    assert weights[best.first, best.last] == pytest.approx(max(weights.values()), rel=1e-4)
    overlapping = sum(weight for (first, last), weight in weights.items() if first <= best.last and best.first <= last)
    assert best.probability == pytest.approx(overlapping / whole, rel=1e-3, abs=1e-6)
    assert sum(span.probability for span in found.spans) <= 1.001


@given(logits)
def test_no_span_overlaps_another(both: np.ndarray) -> None:
    spans = sorted((span.first, span.last) for span in best_spans(both[:, 0], both[:, 1], 0.0, count=4).spans)
    assert all(first <= last for first, last in spans)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(spans))


def test_no_tokens_hold_no_answer() -> None:
    none = np.zeros(0, np.float32)
    assert best_spans(none, none, 1.0, count=3).spans == ()


def test_an_answer_is_no_longer_than_thirty_tokens() -> None:
    starts, ends = np.zeros(100, np.float32), np.zeros(100, np.float32)
    starts[[10, 60]], ends[[5, 12, 95]] = [5, 6], [8, 4, 7]
    best = best_spans(starts, ends, 0.0, count=1).spans[0]
    assert (best.first, best.last) == (10, 12)
    starts[70] = 7
    best = best_spans(starts, ends, 0.0, count=1).spans[0]
    assert (best.first, best.last) == (70, 95)
