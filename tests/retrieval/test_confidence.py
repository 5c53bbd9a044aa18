"""Confidence follows the evidence: nearer, further above the rest, further ahead is never less sure."""

import math
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import bundled_model
from retrieval.answer import Hit
from retrieval.confidence import EVIDENCE, FITTED, Calibration, confidence, evidence, observe, verdict
from tests.retrieval.conftest import hit, question

FITTED_FOR_DEFAULT = FITTED[bundled_model.FINGERPRINT, False]
ASKED = question()
COSINES = st.floats(-1, 1)
EVIDENT = st.builds(hit, passage=COSINES, sentence=COSINES, final=st.floats(-60, 60), coverage=st.floats(0, 1))
RANKED = st.lists(EVIDENT, min_size=1, max_size=12).map(
    lambda hits: sorted(hits, key=lambda found: -found.scores.final)
)
CALIBRATIONS = pytest.mark.parametrize("calibration", [FITTED_FOR_DEFAULT, None], ids=["fitted", "by ranks"])


def better(found: Hit, by: float, *, in_: str) -> Hit:
    return replace(found, scores=replace(found.scores, **{in_: getattr(found.scores, in_) + by}))


@CALIBRATIONS
def test_without_hits_there_is_no_confidence(calibration: Calibration | None) -> None:
    assert confidence(ASKED, [], calibration) == 0.0


@CALIBRATIONS
@given(hits=RANKED)
def test_it_lies_between_nought_and_one(hits: list[Hit], calibration: Calibration | None) -> None:
    assert 0.0 <= confidence(ASKED, hits, calibration) <= 1.0


@CALIBRATIONS
@pytest.mark.parametrize("kind", ["passage", "sentence", "final"])
@given(hits=RANKED, by=st.floats(0, 1))
def test_better_evidence_for_the_first_hit_never_makes_it_less_sure(
    hits: list[Hit], by: float, kind: str, calibration: Calibration | None
) -> None:
    surer = confidence(ASKED, [better(hits[0], by, in_=kind), *hits[1:]], calibration)
    assert surer >= confidence(ASKED, hits, calibration) - 1e-12


def test_the_evidence_is_worked_out_of_the_hits() -> None:
    first = hit(1, passage=0.8, sentence=0.9, coverage=0.5, final=45.0)
    hits = [first, hit(2, final=44.0), hit(3, final=40.0), hit(4, final=38.0)]
    assert evidence(observe(question(language="en"), hits)) == pytest.approx((0.85, 1.0, 6.0, 0.5, 1.0))
    assert evidence(observe(question(language="it"), hits)) == pytest.approx((0.85, 1.0, 6.0, 0.0, 0.0))


def test_where_few_hits_can_tell_little_lead_and_rise_are_taken_to_be_as_usual() -> None:
    first = hit(1, passage=0.8, sentence=0.9, final=45.0)
    alone, few = observe(ASKED, [first]), observe(ASKED, [first, hit(2, final=44.0), hit(3, final=40.0)])
    assert evidence(alone, (2.0, 7.0))[1:3] == pytest.approx((2.0, 7.0))
    assert evidence(few, (2.0, 7.0))[1:3] == pytest.approx((1.0, (5.0 + 4 * 7.0) / 5))


def test_confidence_is_the_logistic_of_the_weighed_evidence() -> None:
    calibration = Calibration(
        weights=(10.0, 1.0, 0.5, 2.0, -1.0), intercept=-9.0, answered=0.7, nothing=0.2, usual_lead=2.0, usual_rise=7.0
    )
    hits = [hit(1, passage=0.8, sentence=0.9, coverage=0.5, final=45.0), hit(2, final=44.0), hit(3, final=40.0)]
    logit = 10 * 0.85 + 1.0 + 0.5 * (5.0 + 4 * 7.0) / 5 + 2 * 0.5 - 1 - 9
    assert confidence(ASKED, hits, calibration) == pytest.approx(1 / (1 + math.exp(-logit)))


def test_without_a_calibration_the_kinds_of_evidence_must_agree() -> None:
    agreed = [hit(1, passage=0.9, sentence=0.9, coverage=1.0, final=9.0), hit(2, final=1.0)]
    divided = [hit(1, passage=0.7, sentence=0.9, coverage=0.0, final=9.0), hit(2, coverage=1.0, final=1.0)]
    assert confidence(ASKED, agreed, None) == 1.0
    assert confidence(ASKED, divided, None) == pytest.approx((1 / 2 + 1 + 1 + 1 / 2) / 4)
    assert verdict(1.0, None) == "answered"
    assert verdict(0.1, None) == "unsure"
    assert verdict(0.0, None) == "nothing"


@pytest.mark.parametrize(
    ("sureness", "called"),
    [(0.0, "nothing"), (0.1999, "nothing"), (0.2, "unsure"), (0.6999, "unsure"), (0.7, "answered"), (1.0, "answered")],
)
def test_a_verdict_begins_at_its_threshold(sureness: float, called: str) -> None:
    assert verdict(sureness, replace(FITTED_FOR_DEFAULT, answered=0.7, nothing=0.2)) == called


def test_a_stored_calibration_is_read_back() -> None:
    assert Calibration.of(asdict(FITTED_FOR_DEFAULT)) == FITTED_FOR_DEFAULT


@pytest.mark.parametrize(
    "damage",
    [
        {"weights": [1.0]}, {"weights": None}, {"intercept": "x"}, {"answered": float("nan")}, {"nothing": None},
        {"weights": [float("inf")] * len(EVIDENCE)},
    ],
    ids=str,
)  # fmt: skip
def test_a_damaged_calibration_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"calibration|convert"):
        Calibration.of(asdict(FITTED_FOR_DEFAULT) | damage)
