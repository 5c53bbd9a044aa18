"""Figures are what they are called, and their intervals what chance leaves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, precision_score, recall_score, roc_auc_score

from retrieval.evaluation.figures import ALL, by_pair, figures
from retrieval.evaluation.measuring import Outcome
from retrieval.evaluation.resampling import RESAMPLES, area, resamples
from tests.retrieval.evaluation.outcomes import outcome, unanswerable


def values(outcomes: list[Outcome]) -> dict[str, float]:
    return {name: figure.value for name, figure in figures(outcomes).items()}


def test_recall_and_reciprocal_ranks_count_answerable_questions_only() -> None:
    found = figures([outcome(1, 1), outcome(2, 4), outcome(3, 15), unanswerable(4)])
    shares = {name: found[name].value for name in ("R@1", "R@3", "R@5", "R@20", "MRR@10")}
    assert shares == pytest.approx({"R@1": 1 / 3, "R@3": 1 / 3, "R@5": 2 / 3, "R@20": 1, "MRR@10": 1.25 / 3})
    assert found["R@1"].questions == 3


def test_marks_count_where_the_first_quote_is_right_and_their_lengths_where_there_are_any() -> None:
    found = figures(
        [
            outcome(1, marked=True, marked_length=100, marked_sentences=1),
            outcome(2, marked=False, marked_length=50, marked_sentences=2),
            outcome(3, 5),
            unanswerable(4, marked_length=30, marked_sentences=3),
        ]
    )
    assert (found["marked"].value, found["marked"].questions) == (0.5, 2)
    assert (found["marked characters"].value, found["marked sentences"].value) == (60, 2)


def test_the_gain_is_the_mean_over_questions_of_relevance_and_absent_without_them() -> None:
    assert values([outcome(1, gain=1.0), outcome(2, gain=0.5), outcome(3)])["nDCG@10"] == 0.75
    assert "nDCG@10" not in figures([outcome(1)])
    assert "marked" not in figures([outcome(1)])


def test_the_area_under_the_curve_counts_pairs_in_the_right_order_and_ties_as_half() -> None:
    asked = [outcome(n, confidence=c) for n, c in enumerate((0.9, 0.6, 0.4))]
    asked += [unanswerable(f"u{n}", confidence=c) for n, c in enumerate((0.6, 0.1))]
    assert values(asked)["AUC answerable"] == pytest.approx(4.5 / 6)


def test_there_is_no_area_where_all_are_of_one_kind() -> None:
    assert not {"AUC answerable", "AUC right"} & set(figures([outcome(1), outcome(2)]))
    assert "AUC right" in figures([outcome(1), outcome(2, 3)])


def test_the_verdict_is_precise_when_what_is_answered_is_right_and_recalls_what_is_answerable() -> None:
    asked = [
        *(outcome(n, verdict="answered") for n in range(3)),
        outcome(4, 2, verdict="answered"),
        *(outcome(n, verdict="nothing") for n in range(5, 7)),
        unanswerable(8, verdict="answered"),
        *(unanswerable(n, verdict="nothing") for n in range(9, 12)),
    ]
    found = values(asked)
    assert (found["answered"], found["precision"], found["recall"]) == (0.5, 3 / 5, 3 / 6)
    assert (found["rightly nothing"], found["wrongly nothing"]) == (3 / 4, 2 / 6)


def test_over_ranks_of_one_figures_agree_with_scikit_learn() -> None:
    random = np.random.default_rng(3)
    asked = [
        outcome(n, confidence=sure, verdict="answered" if sure > 0.6 else "unsure")
        if random.random() < 0.4 + sure / 2
        else unanswerable(n, sure, verdict="answered" if sure > 0.6 else "unsure")
        for n, sure in enumerate(random.random(300).round(2))
    ]
    right = [asked.answerable for asked in asked]
    sure = [asked.confidence for asked in asked]
    answered = [asked.verdict == "answered" for asked in asked]
    found = values(asked)
    assert found["AUC right"] == pytest.approx(roc_auc_score(right, sure))
    assert found["Brier"] == pytest.approx(brier_score_loss(right, sure))
    assert found["precision"] == pytest.approx(precision_score(right, answered))
    assert found["recall"] == pytest.approx(recall_score(right, answered))


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from((0.1, 0.5, 0.50001, 0.9)), st.integers(1, 4)), min_size=2, max_size=30
    ).filter(lambda rows: len({row[0] for row in rows}) == 2)
)
def test_areas_of_resamples_are_those_of_scikit_learn_with_weights(rows: list[tuple[bool, float, int]]) -> None:
    positive, scores, counts = map(np.array, zip(*rows, strict=True))
    drawn = np.stack([counts, np.ones_like(counts)]).astype(np.float64)
    wanted = [roc_auc_score(positive, scores, sample_weight=weights) for weights in drawn]
    assert area(drawn, positive, scores) == pytest.approx(wanted)


@pytest.mark.parametrize("questions", [1, 7, 5000])
def test_a_resample_draws_as_many_questions_as_there_are(questions: int) -> None:
    drawn = np.concatenate(list(resamples(questions)))
    assert drawn.shape == (RESAMPLES, questions)
    assert (drawn.sum(axis=1) == questions).all()
    assert questions == 1 or len(np.unique(drawn, axis=0)) > RESAMPLES / 3


def test_an_interval_is_as_wide_as_the_binomial_law_says() -> None:
    found = figures([outcome(n, n % 4 + 1) for n in range(400)])["R@1"]
    assert (found.value, found.questions) == (0.25, 400)
    half = 1.96 * (0.25 * 0.75 / 400) ** 0.5
    assert (found.low, found.high) == pytest.approx((0.25 - half, 0.25 + half), abs=0.006)


def test_figures_are_the_same_every_time() -> None:
    asked = [outcome(n, n % 3, confidence=n / 30) for n in range(30)]
    assert figures(asked) == figures(asked)


def test_each_pair_has_a_row_and_questions_about_no_article_count_in_every_pair_of_their_language() -> None:
    asked = [
        *(outcome(n) for n in range(3)),
        *(outcome(n, 2, pair="en→en") for n in range(3, 5)),
        outcome(5, pair="fr→it"),
        unanswerable(6, pair="en→–"),
        unanswerable(7, pair="de→–"),
    ]
    rows = by_pair(asked)
    assert {row: found["answered"].questions for row, found in rows.items()} == {
        ALL: 8,
        "de→–": 1,
        "en→en": 3,
        "en→it": 4,
        "fr→it": 1,
    }
    assert rows["en→it"]["R@1"].value == 1
    assert rows["en→en"]["R@1"].value == 0
    assert "AUC answerable" in rows["en→it"]
    assert "AUC answerable" not in rows["fr→it"]
    assert rows[ALL]["R@1"].value == pytest.approx(4 / 6)


def test_of_one_pair_there_is_one_row_and_of_nothing_no_figure() -> None:
    assert list(by_pair([outcome(1), unanswerable(2, pair="en→–")])) == [ALL]
    assert figures([]) == {}
