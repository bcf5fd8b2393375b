"""Platt lines by label and language, from rows the scores were not trained on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
#: A language gets its own line from this many positives on.
POSITIVES = 40


def line(logits: Floats, target: Floats, weight: Floats | None = None) -> tuple[float, float]:
    """Slope (at least 0.05: never upside down) and shift that minimise the log-loss, with Platt's smoothed targets."""
    weight = np.ones_like(logits) if weight is None else weight
    positives, negatives = float((target * weight).sum()), float(((1 - target) * weight).sum())
    smooth = target * (positives + 1) / (positives + 2) + (1 - target) / (negatives + 2)

    def loss(point: Floats) -> float:
        scores = point[0] * logits + point[1]
        return float((weight * (np.logaddexp(0, scores) - smooth * scores)).mean())

    found = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=[(0.05, 20), (-20, 20)])
    return float(found.x[0]), float(found.x[1])


def lines(logits: Floats, target: Floats, languages: NDArray[np.str_]) -> dict[str, tuple[float, float]]:
    """A line for each language with enough positives, and one for all (``""``); NaN targets are left out."""
    known = ~np.isnan(target)
    found = {"": line(logits[known], target[known])}
    for language in np.unique(languages[known]):
        mine = known & (languages == language)
        if target[mine].sum() >= POSITIVES and (1 - target[mine]).sum() >= POSITIVES:
            found[str(language)] = line(logits[mine], target[mine])
    return found
