"""Penalised logistic regression on sparse rows with soft labels and weights, one label at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Vector = NDArray[np.float32]


def document_weights(matrix: csr_matrix) -> Vector:
    """How telling each bucket is: a smoothed inverse document frequency, 0 for buckets of one row."""
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    weights = np.log((1 + matrix.shape[0]) / (1 + seen)) / np.log(1 + matrix.shape[0])
    return np.where(seen >= 2, weights, 0).astype(np.float32)


def logistic(
    matrix: csr_matrix, target: Vector, weight: Vector, penalty: float, start: Vector | None = None, rounds: int = 60
) -> tuple[Vector, float]:
    """Weights and bias that minimise the weighted log-loss of soft targets plus ``penalty``/2 times the squared
    norm.
    """
    transposed = matrix.T.tocsr()
    total = float(weight.sum())
    known = np.concatenate((start if start is not None else np.zeros(matrix.shape[1]), [_log_odds(target, weight)]))

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ point[:-1].astype(np.float32) + np.float32(point[-1])
        chance = 1 / (1 + np.exp(-scores))
        value = float(np.sum(weight * (np.logaddexp(0, scores) - target * scores))) + penalty / 2 * float(
            point[:-1] @ point[:-1]
        )
        wrong = (weight * (chance - target)).astype(np.float32)
        slope = np.concatenate((transposed @ wrong + penalty * point[:-1], [wrong.sum()]))
        return value / total, slope / total

    found = minimize(loss, known, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6, "ftol": 1e-7})
    return found.x[:-1].astype(np.float32), float(found.x[-1])


def _log_odds(target: Vector, weight: Vector) -> float:
    share = float(np.clip((target * weight).sum() / weight.sum(), 1e-4, 1 - 1e-4))
    return float(np.log(share / (1 - share)))
