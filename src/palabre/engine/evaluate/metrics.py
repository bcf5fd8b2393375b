"""Figures on scores and truths: plain functions of arrays, no engine.

Everywhere ``truth`` is a boolean array of shape (n,), ``score`` a float array of shape (n,), in any order.
A figure that does not exist (one class only, no row) is NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Truth = NDArray[np.bool_]
Scores = NDArray[np.float64]

_RESAMPLES = 500
_CHUNK = 50


class Interval(NamedTuple):
    """A figure and the 95 % interval of its bootstrap."""

    value: float
    low: float
    high: float


def auc(truth: Truth, score: Scores) -> float:
    """Share of (positive, negative) pairs in the right order; ties count half (Hanley & McNeil 1982)."""
    return float(_weighted_auc(truth, score, np.ones((1, len(truth))))[0])


def auc_interval(truth: Truth, score: Scores, seed: int = 0, resamples: int = _RESAMPLES) -> Interval:
    """AUC with the 2.5 and 97.5 percentiles of a bootstrap over rows (Efron 1979), seeded."""
    value = auc(truth, score)
    if np.isnan(value):
        return Interval(value, np.nan, np.nan)
    random, found, n = np.random.default_rng(seed), [], len(truth)
    for _ in range(0, resamples, _CHUNK):
        drawn = random.multinomial(n, np.full(n, 1 / n), size=_CHUNK).astype(np.float64)
        found.append(_weighted_auc(truth, score, drawn))
    low, high = np.nanpercentile(np.concatenate(found), (2.5, 97.5))
    return Interval(value, float(low), float(high))


def average_precision(truth: Truth, score: Scores) -> float:
    """Mean precision at each positive, from the highest score down; ties are taken together."""
    if not truth.any():
        return float("nan")
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(truth[order])
    last = np.append(np.flatnonzero(np.diff(score[order])), len(score) - 1)
    precision, recall = hits[last] / (last + 1), hits[last] / hits[-1]
    return float((np.diff(recall, prepend=0) * precision).sum())


def f1(truth: Truth, score: Scores, threshold: float) -> float:
    """Harmonic mean of precision and recall of ``score >= threshold``."""
    said = score >= threshold
    found = 2 * int((said & truth).sum())
    total = int(said.sum()) + int(truth.sum())
    return found / total if truth.any() else float("nan")


def ece(truth: Truth, score: Scores, bins: int = 10) -> float:
    """Expected calibration error: mean distance of said and seen share over equal-width bins (Guo et al. 2017)."""
    if not len(truth):
        return float("nan")
    place = np.minimum((score * bins).astype(int), bins - 1)
    said = np.bincount(place, weights=score, minlength=bins)
    seen = np.bincount(place, weights=truth.astype(float), minlength=bins)
    return float(np.abs(said - seen).sum() / len(truth))


def reliability(truth: Truth, score: Scores, bins: int = 10) -> list[tuple[int, float, float]]:
    """The reliability curve: (n, mean score, share of positives) of each bin that is not empty."""
    place = np.minimum((score * bins).astype(int), bins - 1)
    full = [place == one for one in range(bins) if (place == one).any()]
    return [(int(at.sum()), float(score[at].mean()), float(truth[at].mean())) for at in full]


def share_above(good: Truth, score: Scores, threshold: float) -> float:
    """Share of the good comments held: scored at or above the threshold."""
    return float((score[good] >= threshold).mean()) if good.any() else float("nan")


def character_f1(said: Sequence[set[int]], true: Sequence[set[int]]) -> float:
    """Mean over texts of the F1 of marked characters; both empty is 1 (SemEval-2021 task 5)."""
    return float(np.mean([_one_character_f1(a, b) for a, b in zip(said, true, strict=True)])) if said else float("nan")


def _one_character_f1(said: set[int], true: set[int]) -> float:
    if not said or not true:
        return float(said == true)
    return 2 * len(said & true) / (len(said) + len(true))


def _weighted_auc(truth: Truth, score: Scores, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """AUC under each row of ``weights`` (resamples x n)."""
    _, place = np.unique(score, return_inverse=True)
    order = np.argsort(place, kind="stable")
    starts = np.flatnonzero(np.diff(place[order], prepend=-1))
    if not len(starts):
        return np.full(len(weights), np.nan)
    good = np.add.reduceat((weights * truth)[:, order], starts, axis=1)
    bad = np.add.reduceat((weights * ~truth)[:, order], starts, axis=1)
    below = np.cumsum(bad, axis=1) - bad
    with np.errstate(invalid="ignore", divide="ignore"):
        share: NDArray[np.float64] = (good * (below + bad / 2)).sum(1) / (good.sum(1) * bad.sum(1))
    return share
