"""Penalised logistic regression on sparse rows with soft labels and weights, one label at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Vector = NDArray[np.float32]
Doubles = NDArray[np.float64]


def document_weights(matrix: csr_matrix) -> Vector:
    """How telling each bucket is: a smoothed inverse document frequency, 0 for buckets of one row."""
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    weights = np.log((1 + matrix.shape[0]) / (1 + seen)) / np.log(1 + matrix.shape[0])
    return np.where(seen >= 2, weights, 0).astype(np.float32)


def logistic(
    matrix: csr_matrix, target: Doubles, weight: Doubles, penalty: float, rounds: int = 80
) -> tuple[Vector, float]:
    """Weights and bias that minimise the weighted log-loss of soft targets plus ``penalty``/2 times the squared norm.

    ``matrix`` is float64: with single precision L-BFGS gives up early on noise in its line search.
    """
    width = matrix.shape[1]
    matrix, used = _without_empty_columns(matrix)
    transposed = matrix.T.tocsr()
    total = float(weight.sum())

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ point[:-1] + point[-1]
        norm = penalty / 2 * float(point[:-1] @ point[:-1])
        value = float(np.sum(weight * (np.logaddexp(0, scores) - target * scores))) + norm
        wrong = weight * (1 / (1 + np.exp(-np.clip(scores, -50, 50))) - target)
        slope = np.concatenate((transposed @ wrong + penalty * point[:-1], [wrong.sum()]))
        return value / total, slope / total

    options = {"maxiter": rounds, "maxcor": 8, "ftol": 1e-8, "gtol": 1e-8}
    known = np.concatenate((np.zeros(len(used)), [_log_odds(target, weight)]))
    found = minimize(loss, known, jac=True, method="L-BFGS-B", options=options)
    weights = np.zeros(width, np.float32)
    weights[used] = found.x[:-1]
    return weights, float(found.x[-1])


def _without_empty_columns(matrix: csr_matrix) -> tuple[csr_matrix, NDArray[np.int64]]:
    """The matrix without the buckets no row has (cheap: only renumbers), and the buckets kept."""
    held = np.bincount(matrix.indices, minlength=matrix.shape[1]) > 0
    places = np.cumsum(held) - 1
    shape = (matrix.shape[0], int(held.sum()))
    return csr_matrix((matrix.data, places[matrix.indices], matrix.indptr), shape=shape), np.flatnonzero(held)


def _log_odds(target: Doubles, weight: Doubles) -> float:
    share = float(np.clip((target * weight).sum() / weight.sum(), 1e-4, 1 - 1e-4))
    return float(np.log(share / (1 - share)))
