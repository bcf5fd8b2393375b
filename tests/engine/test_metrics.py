"""The figures are those of the textbooks."""

from __future__ import annotations

import numpy as np
import pytest

from palabre.engine.evaluate import metrics

TRUTH = np.array([True, True, False, True, False, False])
SCORE = np.array([0.9, 0.8, 0.7, 0.4, 0.4, 0.1])


def test_auc_counts_the_pairs_in_order_and_half_the_ties() -> None:
    assert metrics.auc(TRUTH, SCORE) == pytest.approx((3 + 3 + 1.5) / 9)


def test_auc_agrees_with_scikit_learn_ties_included() -> None:
    from sklearn.metrics import average_precision_score, roc_auc_score

    random = np.random.default_rng(1)
    truth, score = random.random(400) < 0.3, np.round(random.random(400), 1)
    assert metrics.auc(truth, score) == pytest.approx(roc_auc_score(truth, score))
    assert metrics.average_precision(truth, score) == pytest.approx(average_precision_score(truth, score))


def test_the_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    found = metrics.auc_interval(TRUTH, SCORE)
    assert found.low <= found.value <= found.high
    assert found == metrics.auc_interval(TRUTH, SCORE)


def test_one_class_or_no_row_gives_no_figure() -> None:
    nothing = np.array([], dtype=np.bool_)
    assert np.isnan(metrics.auc(~nothing, np.array([])))
    assert np.isnan(metrics.auc_interval(np.array([True]), np.array([0.5])).low)
    assert np.isnan(metrics.average_precision(np.array([False]), np.array([0.5])))
    assert np.isnan(metrics.f1(np.array([False]), np.array([0.5]), 0.5))
    assert np.isnan(metrics.ece(nothing, np.array([])))


def test_f1_and_the_share_of_good_comments_held_use_the_threshold() -> None:
    assert metrics.f1(TRUTH, SCORE, 0.5) == pytest.approx(2 * 2 / (3 + 3))
    assert metrics.share_above(~TRUTH, SCORE, 0.5) == pytest.approx(1 / 3)


def test_ece_is_nought_for_an_honest_score_and_large_for_a_boast() -> None:
    truth = np.array([True] * 3 + [False] * 7)
    assert metrics.ece(truth, np.full(10, 0.3)) == pytest.approx(0)
    assert metrics.ece(truth, np.full(10, 0.9)) == pytest.approx(0.6)
    assert metrics.reliability(truth, np.full(10, 0.3)) == [(10, pytest.approx(0.3), pytest.approx(0.3))]


def test_character_f1_is_a_mean_over_texts() -> None:
    assert metrics.character_f1([{1, 2}, set()], [{2, 3}, set()]) == pytest.approx((0.5 + 1) / 2)
    assert metrics.character_f1([{1}], [set()]) == 0
