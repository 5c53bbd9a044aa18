"""Confidence follows the evidence: nearer, further above the rest, further ahead is never less sure."""

import math
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import bundled_model
from index.article import Span
from retrieval.answer import Hit, PassageRead, Words
from retrieval.confidence import EVIDENCE, FITTED, Calibration, confidence, evidence, verdict
from retrieval.rereading import POINTS
from tests.retrieval.conftest import hit as alike_hit
from tests.retrieval.conftest import question


def hit(number: int = 1, **evidence: float) -> Hit:
    """A hit whose passage says what no other one does."""
    found = alike_hit(number, **evidence)
    return replace(found, passage=replace(found.passage, key=str(number).encode()))


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


def read(found: Hit, text: str, *, margin: float = 2.0, probability: float = 0.9) -> Hit:
    span = Span(0, len(text))
    words = Words(span=span, held=span, text=text, probability=probability)
    scores = replace(found.scores, reader=margin)
    return replace(found, scores=scores, read=PassageRead(words=(words,), margin=margin))


def test_the_evidence_is_worked_out_of_the_hits() -> None:
    hits = [hit(1, passage=0.8, sentence=0.9, final=45.0), hit(2, final=44.0), hit(3, final=40.0)]
    assert evidence(question(language="en"), hits) == pytest.approx(
        {"nearness": 0.85, "lead": 1.0, "same language": 1.0, "margin": 0.0, "words": 0.0}
    )
    assert evidence(question(language="it"), hits)["same language"] == 0.0


def test_what_reading_brought_is_evidence_and_counts_in_the_lead() -> None:
    hits = [read(hit(1, final=44.0), "six", margin=5.0), read(hit(2, final=45.0), "noon", margin=-5.0)]
    seen = evidence(ASKED, hits)
    assert (seen["margin"], seen["words"]) == (5.0, 0.9)
    assert seen["lead"] == pytest.approx(-1.0 + 10 * POINTS)


def test_who_says_the_same_is_no_rival() -> None:
    first, again, other = (
        read(hit(1, final=45.0), "15 September"),
        read(hit(2, final=44.0), "the 15th of September, 15 September 2023"),
        read(hit(3, final=40.0), "Friday"),
    )
    assert evidence(ASKED, [first, again, other])["lead"] == pytest.approx(5.0)
    denied = read(again, "15 September", margin=-0.1)
    assert evidence(ASKED, [first, denied, other])["lead"] == pytest.approx(1.0 + 2.1 * POINTS)
    assert evidence(ASKED, [first, hit(2, final=44.0), other])["lead"] == pytest.approx(1.0 + 2.0 * POINTS)


def test_who_retells_the_same_story_is_no_rival_whether_it_was_read_or_not() -> None:
    first, again, other = hit(1, final=45.0), hit(2, final=44.9), hit(3, final=40.0)
    same = replace(again, passage=replace(again.passage, key=first.passage.key))
    assert evidence(ASKED, [first, again, other])["lead"] == pytest.approx(0.1)
    assert evidence(ASKED, [first, same, other])["lead"] == pytest.approx(5.0)


def test_where_nothing_else_is_said_the_lead_is_taken_to_be_as_usual() -> None:
    first, again = read(hit(1, final=45.0), "six"), read(hit(2, final=44.0), "six")
    assert evidence(ASKED, [first], 2.5)["lead"] == 2.5
    assert evidence(ASKED, [first, again], 2.5)["lead"] == 2.5
    assert math.isnan(evidence(ASKED, [first])["lead"])


def test_margins_beyond_what_says_more_are_held() -> None:
    assert evidence(ASKED, [read(hit(), "six", margin=-30.0)])["margin"] == -10.0
    assert evidence(ASKED, [read(hit(), "six", margin=30.0)])["margin"] == 10.0


def test_confidence_is_the_logistic_of_the_weighed_evidence() -> None:
    calibration = replace(
        FITTED_FOR_DEFAULT, weights=dict(zip(EVIDENCE, (10.0, 0.5, -1.0), strict=True)), intercept=-9.0
    )
    hits = [hit(1, passage=0.8, sentence=0.9, final=45.0), hit(2, final=44.0)]
    assert confidence(ASKED, hits, calibration) == pytest.approx(1 / (1 + math.exp(-(10 * 0.85 + 0.5 - 1 - 9))))


def test_what_was_read_counts_with_its_words_and_as_often_as_a_passage_of_its_margin_says_what_was_asked() -> None:
    calibration = Calibration(
        weights={"nearness": 10.0, "lead": 0.5, "same language": -1.0, "words": 2.0},
        intercept=-9.0, margin=(2.0, 0.25), answered=0.7, nothing=0.2, usual_lead=2.0,
    )  # fmt: skip
    hits = [read(hit(1, passage=0.8, sentence=0.9, final=45.0), "six", margin=4.0), hit(2, final=44.0)]
    logit, says = 10 * 0.85 + 0.5 * (1.0 + 4 * POINTS) - 1 + 2 * 0.9 - 9, 1 / (1 + math.exp(-(2 + 0.25 * 4)))
    assert confidence(ASKED, hits, calibration) == pytest.approx(says / (1 + math.exp(-logit)))
    assert confidence(ASKED, hits[:1], calibration) == pytest.approx(
        says / (1 + math.exp(-(logit + 0.5 * (2 - 1 - 4 * POINTS))))
    )


def test_a_calibration_that_was_made_without_a_reader_sees_nothing_of_it() -> None:
    plain = [hit(1, final=45.0), hit(2, final=44.0)]
    opened = [read(plain[0], "six", margin=9.0), read(plain[1], "six", margin=9.0)]
    assert confidence(ASKED, opened, FITTED_FOR_DEFAULT) == confidence(ASKED, plain, FITTED_FOR_DEFAULT)


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


@pytest.mark.parametrize(
    ("lead", "margin", "called"),
    [
        (0.0, 9.0, "answered"),
        (0.0, -9.0, "unsure"),
        (60.0, 9.0, "answered"),
        (60.0, -6.0, "answered"),
        (60.0, -7.0, "unsure"),
    ],
)
def test_what_the_reader_denies_is_never_called_answered(lead: float, margin: float, called: str) -> None:
    fitted = FITTED[bundled_model.FINGERPRINT, True]
    near = hit(passage=0.98, sentence=0.98, final=lead)
    assert verdict(confidence(ASKED, [read(near, "six", margin=margin), hit(2)], fitted), fitted) == called


def test_a_stored_calibration_is_read_back() -> None:
    for fitted in FITTED.values():
        assert Calibration.of(asdict(fitted)) == fitted


def test_one_of_an_earlier_form_is_taken_where_it_says_the_same_and_else_refused() -> None:
    earlier = asdict(FITTED_FOR_DEFAULT)
    del earlier["margin"]
    assert Calibration.of(earlier) == FITTED_FOR_DEFAULT
    with pytest.raises(ValueError, match="not a calibration of this version"):
        Calibration.of(earlier | {"weights": dict.fromkeys((*EVIDENCE, "margin", "words"), 1.0)})


def test_nothing_that_speaks_for_an_answer_ever_counts_against_it() -> None:
    for fitted in FITTED.values():
        assert all(weight > 0 for kind, weight in fitted.weights.items() if kind != "same language")
        assert fitted.margin is None or fitted.margin[1] > 0


@pytest.mark.parametrize(
    "damage",
    [
        {"weights": [1.0]}, {"weights": None}, {"intercept": "x"}, {"answered": float("nan")}, {"nothing": None},
        {"weights": {}}, {"weights": dict.fromkeys(EVIDENCE, float("inf"))},
        {"weights": dict.fromkeys((*EVIDENCE, "rise"), 1.0)}, {"weights": dict.fromkeys(EVIDENCE)}, {"margin": [1.0]},
        {"margin": [2.0, 0.3]}, {"margin": 1.0}, {"intercept": 10**400},
        {"margin": [1.0, None]}, {"margin": [1.0, float("nan")]},
    ],
    ids=str,
)  # fmt: skip
def test_a_damaged_calibration_is_refused(damage: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"calibration|convert"):
        Calibration.of(asdict(FITTED_FOR_DEFAULT) | damage)
