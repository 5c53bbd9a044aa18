"""Confidence follows the evidence: nearer, further above the rest, further ahead is never less sure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer import Hit
from retrieval.confidence import ANSWERED, NOTHING, confidence, verdict
from tests.retrieval.conftest import hit

COSINES = st.floats(-1, 1)
FINALS = st.floats(-8, 12)
EVIDENCE = st.builds(hit, passage=COSINES, sentence=COSINES, final=FINALS)
RANKED = st.lists(EVIDENCE, min_size=1, max_size=12).map(
    lambda hits: sorted(hits, key=lambda found: -found.scores.final)
)


def better(found: Hit, by: float, *, in_: str) -> Hit:
    return replace(found, scores=replace(found.scores, **{in_: getattr(found.scores, in_) + by}))


def test_without_hits_there_is_no_confidence() -> None:
    assert confidence([]) == 0.0
    assert verdict(confidence([])) == "nothing"


@given(RANKED)
def test_it_lies_between_nought_and_one(hits: list[Hit]) -> None:
    assert 0.0 <= confidence(hits) <= 1.0


@pytest.mark.parametrize("evidence", ["passage", "sentence", "final"])
@given(hits=RANKED, by=st.floats(0, 1))
def test_better_evidence_for_the_first_hit_never_makes_it_less_sure(hits: list[Hit], by: float, evidence: str) -> None:
    assert confidence([better(hits[0], by, in_=evidence), *hits[1:]]) >= confidence(hits) - 1e-12


@given(RANKED, st.floats(0, 1))
def test_a_nearer_second_hit_never_makes_it_surer(hits: list[Hit], by: float) -> None:
    if len(hits) > 1:
        assert confidence([hits[0], better(hits[1], by, in_="final"), *hits[2:]]) <= confidence(hits) + 1e-12


def test_each_kind_of_evidence_counts() -> None:
    plain = confidence([hit(1, final=2.0), hit(2, sentence=0.7, final=1.0)])
    assert confidence([hit(1, passage=0.9, final=2.0), hit(2, sentence=0.7, final=1.0)]) > plain
    assert confidence([hit(1, sentence=0.9, final=2.0), hit(2, sentence=0.7, final=1.0)]) > plain
    assert confidence([hit(1, final=3.0), hit(2, sentence=0.7, final=1.0)]) > plain
    assert confidence([hit(1, final=2.0), hit(2, sentence=0.75, final=1.0)]) < plain


@pytest.mark.parametrize(
    ("sureness", "called"),
    [
        (0.0, "nothing"),
        (NOTHING - 1e-9, "nothing"),
        (NOTHING, "unsure"),
        (ANSWERED - 1e-9, "unsure"),
        (ANSWERED, "answered"),
        (1.0, "answered"),
    ],
)
def test_a_verdict_begins_at_its_threshold(sureness: float, called: str) -> None:
    assert verdict(sureness) == called
