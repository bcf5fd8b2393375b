"""The small head over the columns: one hidden layer, fitted on rows the columns have not seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from palabre.engine.models.fast import Head

Floats = NDArray[np.float64]
HIDDEN = 24
_PENALTY_DIRECT, _PENALTY_BENT = 40.0, 40.0


def fit_head(inputs: Floats, targets: Floats, weight: Floats, names: tuple[str, ...], seed: int = 7) -> Head:
    """Minimises the masked log-loss over all labels (NaN targets are unknown) with penalised weights (L-BFGS)."""
    mean, spread = inputs.mean(0), inputs.std(0) + 0.05
    x = (inputs - mean) / spread
    shape = _Shape(x.shape[1], targets.shape[1])
    known = ~np.isnan(targets)
    target, mask = np.where(known, targets, 0.0), known * weight[:, None]
    start = np.random.default_rng(seed).normal(0, 0.1, shape.size)

    def loss(point: Floats) -> tuple[float, Floats]:
        return _loss(point, x, target, mask, shape)

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 250, "maxcor": 15, "ftol": 1e-9})
    inner, inner_bias, outer, direct, bias = shape.parts(found.x)
    inner, direct_scaled = inner / spread, direct / spread
    inner_bias = inner_bias - inner @ mean
    bias = bias - direct_scaled @ mean
    arrays = (array.astype(np.float32) for array in (inner, inner_bias, outer, direct_scaled, bias))
    return Head(names, *arrays)


def with_own_line(head: Head, label: int, columns: list[int], inputs: Floats, target: Floats, weight: Floats) -> Head:
    """``head`` with ``label`` a sum of a few columns, none of them counted backwards, and nothing else."""
    x = inputs[:, columns]

    def loss(point: Floats) -> tuple[float, Floats]:
        logits = x @ point[:-1] + point[-1]
        value = float((weight * (np.logaddexp(0, logits) - target * logits)).sum()) + float(point[:-1] @ point[:-1])
        wrong = weight * (1 / (1 + np.exp(-np.clip(logits, -50, 50))) - target)
        return value, np.concatenate([x.T @ wrong + 2 * point[:-1], [wrong.sum()]])

    bounds = [(0, None)] * len(columns) + [(None, None)]
    found = minimize(loss, np.full(len(columns) + 1, 0.1), jac=True, method="L-BFGS-B", bounds=bounds)
    direct, outer, bias = head.direct.copy(), head.outer.copy(), head.bias.copy()
    direct[label], outer[label], bias[label] = 0, 0, found.x[-1]
    direct[label, columns] = found.x[:-1]
    return replace(head, direct=direct, outer=outer, bias=bias)


class _Shape:
    """Where each array of the head lies in one flat vector."""

    def __init__(self, inputs: int, labels: int) -> None:
        self.shapes = ((HIDDEN, inputs), (HIDDEN,), (labels, HIDDEN), (labels, inputs), (labels,))
        self.ends = np.cumsum([int(np.prod(shape)) for shape in self.shapes])
        self.size = int(self.ends[-1])

    def parts(self, point: Floats) -> list[Floats]:
        return [part.reshape(shape) for part, shape in zip(np.split(point, self.ends[:-1]), self.shapes, strict=True)]


def _loss(point: Floats, x: Floats, target: Floats, mask: Floats, shape: _Shape) -> tuple[float, Floats]:
    inner, inner_bias, outer, direct, bias = shape.parts(point)
    bent = np.tanh(x @ inner.T + inner_bias)
    logits = x @ direct.T + bent @ outer.T + bias
    value = float((mask * (np.logaddexp(0, logits) - target * logits)).sum())
    wrong = mask * (1 / (1 + np.exp(-np.clip(logits, -50, 50))) - target)
    back = (wrong @ outer) * (1 - bent**2)
    slopes = [back.T @ x, back.sum(0), wrong.T @ bent, wrong.T @ x, wrong.sum(0)]
    for place, penalty, array in ((0, _PENALTY_BENT, inner), (2, _PENALTY_BENT, outer), (3, _PENALTY_DIRECT, direct)):
        value += penalty / 2 * float((array**2).sum())
        slopes[place] = slopes[place] + penalty * array
    total = float(mask.sum())
    return value / total, np.concatenate([slope.ravel() for slope in slopes]) / total


def logits_of(head: Head, inputs: Floats) -> Floats:
    """The head's logits of many inputs at once."""
    bent = np.tanh(inputs @ head.inner.T + head.inner_bias)
    logits: Floats = inputs @ head.direct.T + bent @ head.outer.T + head.bias
    return logits
