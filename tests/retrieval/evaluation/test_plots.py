"""Pictures show what was measured, as it was."""

import re
import sys
from pathlib import Path

import numpy as np
import pytest

from index.installing import install_command
from retrieval.evaluation.measuring import Outcome
from retrieval.evaluation.plots import PlotsMissing, calibration_error, coverage, draw, reliability, trust_of, wilson
from tests.retrieval.evaluation.outcomes import outcome, unanswerable

OUTCOMES = [
    *(outcome(n, confidence=0.95, verdict="answered") for n in range(9)),
    outcome(9, 2, confidence=0.95, verdict="answered"),
    *(outcome(n, confidence=0.45) for n in range(10, 14)),
    *(unanswerable(n, confidence=0.45) for n in range(14, 20)),
    *(unanswerable(n, confidence=0.05, verdict="nothing") for n in range(20, 25)),
]


def test_a_picture_is_drawn_of_reliability_and_one_of_coverage(tmp_path: Path) -> None:
    paths = draw(OUTCOMES, tmp_path / "new" / "pictures")
    assert [path.name for path in paths] == ["reliability.png", "coverage.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_reliability_has_a_point_with_its_interval_for_each_bin_and_counts_below() -> None:
    axes, below = reliability(trust_of(OUTCOMES)).axes
    points, _caps, (bars,) = axes.containers[0]
    assert points.get_xydata() == pytest.approx(np.array([[0.05, 0.0], [0.45, 0.4], [0.95, 0.9]]))
    ends = [(segment[0][1], segment[1][1]) for segment in bars.get_segments()]
    assert ends[1] == pytest.approx((0.168, 0.687), abs=0.001)
    assert [bar.get_height() for bar in below.patches] == [5, 0, 0, 0, 10, 0, 0, 0, 0, 10]
    assert (axes.get_xlim(), axes.get_ylim()) == ((0, 1), (0, 1))


def test_the_calibration_error_is_the_mean_gap_between_confidence_and_truth() -> None:
    assert calibration_error(trust_of(OUTCOMES)) == pytest.approx((10 * 0.05 + 10 * 0.05 + 5 * 0.05) / 25)
    assert "expected calibration error 0.050" in reliability(trust_of(OUTCOMES)).axes[0].get_title()


def test_the_thresholds_of_the_verdict_are_marked_in_both_pictures() -> None:
    trust = trust_of(OUTCOMES)
    assert (trust.answered_from, trust.nothing_below) == (0.95, 0.45)
    shown = [text.get_text() for text in reliability(trust).axes[0].texts]
    assert shown == ["answered from 0.95", "unsure from 0.45"]
    named = [text.get_text() for text in coverage(trust).axes[0].get_legend().get_texts()]
    assert named[-2:] == [
        "answered from 0.95: 40.0% answered, 90.0% of them right",
        "unsure from 0.45: 80.0% answered, 65.0% of them right",
    ]


def test_coverage_falls_from_the_surest_on_and_equal_confidences_come_together() -> None:
    (axes,) = coverage(trust_of(OUTCOMES)).axes
    measured = next(line for line in axes.lines if line.get_label() == "measured")
    assert measured.get_xydata() == pytest.approx(np.array([[0.4, 0.9], [0.8, 0.65], [1.0, 0.52]]))


@pytest.mark.parametrize("outcomes", [[outcome(1)], [unanswerable(1, 1.0, verdict="nothing")], OUTCOMES[:3]])
def test_few_questions_of_one_kind_are_drawn_too(tmp_path: Path, outcomes: list[Outcome]) -> None:
    assert len(draw(outcomes, tmp_path)) == 2


def test_an_interval_of_a_share_stays_between_none_and_all() -> None:
    low, high = wilson(np.array([0.0, 10.0]), np.array([10.0, 10.0]))
    assert (*low, *high) == pytest.approx((0, 0.7225, 0.2775, 1), abs=0.001)


def test_without_matplotlib_the_install_command_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PlotsMissing, match=re.escape(install_command("plots"))):
        draw(OUTCOMES, tmp_path)
