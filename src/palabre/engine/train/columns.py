"""The columns of the matrix: what each is trained to tell, on which rows, and how strongly it is held back.

Open columns learn from the open sets alone. Written columns learn from the comments written for this project, with
the open columns' scores as further inputs; both stay linear in the n-grams, so the two fold into one matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from palabre.engine.train.fit import logistic

Floats = NDArray[np.float64]

OPEN = ("talk", "toxic", "insult", "hate", "obscene", "severe", "threat")
#: « talk » is toxic as talk pages have it: long texts, one family of annotators, hence less held back.
_LABEL = {"talk": "toxic"}
_SOURCES = {"talk": "wiki"}
WRITTEN = (
    "toxic", "insult", "attack_author", "attack_commenter", "hate", "threat", "obscene", "spam", "off_topic",
)  # fmt: skip
#: Columns in the order of the matrix.
COLUMNS = (*(f"open {label}" for label in OPEN), *(f"written {label}" for label in WRITTEN))
_OPEN_PENALTY = {"talk": 0.1, "toxic": 0.25, "insult": 0.3, "hate": 0.5, "obscene": 0.3, "severe": 0.3, "threat": 0.3}
_WRITTEN_PENALTY = 0.15
#: How much an open column's score counts as an input of the written columns.
_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Weights:
    """Linear columns: ``weights`` (buckets x columns) and ``bias`` (columns)."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, matrix: csr_matrix) -> Floats:
        """One row a form, one score a column."""
        scores: Floats = matrix @ self.weights + self.bias
        return scores


def fit_open(
    matrix: csr_matrix, targets: Floats, weight: Floats, sources: NDArray[np.str_], labels: tuple[str, ...]
) -> Weights:
    """The open columns; ``targets`` has a column for each of ``labels``, NaN where unknown."""
    found = []
    for name in OPEN:
        target = targets[:, labels.index(_LABEL.get(name, name))]
        known = np.flatnonzero(~np.isnan(target) & np.char.startswith(sources, _SOURCES.get(name, "")))
        found.append(logistic(matrix[known], target[known], weight[known], _OPEN_PENALTY[name]))
        print(f"  open {name}: {len(known)} rows", flush=True)
    return Weights(
        np.stack([weights for weights, _ in found], axis=1), np.array([bias for _, bias in found], np.float32)
    )


def fit_written(
    matrix: csr_matrix, opened: Floats, targets: Floats, weight: Floats, labels: tuple[str, ...]
) -> tuple[Weights, NDArray[np.float32]]:
    """The written columns over n-grams and the open scores; the second value weighs the open scores (open x
    written).
    """
    joined = hstack([matrix, csr_matrix(opened * _SHARE)], format="csr")
    weights, shares, biases = [], [], []
    for label in WRITTEN:
        target = targets[:, labels.index(label)]
        known = np.flatnonzero(~np.isnan(target))
        found, bias = logistic(joined[known], target[known], weight[known], _WRITTEN_PENALTY, rounds=40)
        weights.append(found[: matrix.shape[1]])
        shares.append(found[matrix.shape[1] :] * _SHARE)
        biases.append(bias)
    return Weights(np.stack(weights, 1), np.array(biases, np.float32)), np.stack(shares, 1)


def folded(opened: Weights, written: Weights, shares: NDArray[np.float32]) -> Weights:
    """Open and written columns as one matrix."""
    weights = written.weights + opened.weights @ shares
    bias = written.bias + opened.bias @ shares
    return Weights(np.hstack([opened.weights, weights]), np.concatenate([opened.bias, bias]).astype(np.float32))
