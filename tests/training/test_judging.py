"""A model in training is judged by what it finds, what it puts first, and what it tells from what looks like it."""

from dataclasses import replace

import pytest
import torch

from training.judging import _auc, _best, _overlap, judged
from training.model import SpanModel
from training.prepared import Prepared


def test_the_likeliest_span_ends_where_it_begins_or_later_and_is_no_longer_than_answers_are() -> None:
    logits = torch.zeros(120, 2)
    logits[70, 0] = logits[10, 1] = 9.0
    assert _best(logits) == (70, 70) or _best(logits)[1] == 10
    logits[85, 1] = 5.0
    assert _best(logits) == (70, 85)
    logits[118, 1] = 8.0
    assert _best(logits) == (70, 85)


@pytest.mark.parametrize(
    ("other", "expected"), [((3, 6), 1.0), ((5, 6), 2 / 3), ((7, 9), 0.0), ((6, 9), 0.25), ((0, 0), 0.0)]
)
def test_spans_are_as_alike_as_their_tokens(other: tuple[int, int], expected: float) -> None:
    assert _overlap((3, 6), other) == pytest.approx(expected)


def test_what_answers_is_told_by_its_larger_margin() -> None:
    assert _auc([3.0, 1.0], [2.0, 0.0]) == 0.75


def test_figures_are_by_language_and_only_of_what_there_is(small: SpanModel, prepared: Prepared) -> None:
    without = [replace(each, first=-1, last=-1) for each in prepared.kept if each.language == "en"]
    figures = judged(small, replace(prepared, kept=[*prepared.kept, *without]))
    assert figures.keys() == {"f1_en", "f1_it", "first_en", "first_it", "told_en"}
    assert all(0 <= value <= 1 for value in figures.values())
    assert figures["told_en"] < 1
    assert judged(small, replace(prepared, kept=[])) == {}
