"""Weights to the numbers of a model file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def quantised(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights (buckets x columns) as int8 with one scale a column: ``weight = scale * q * |q|``.

    The square keeps small weights apart (nearly all are small) and leaves room for the few large ones.
    """
    scale = (np.maximum(np.abs(weights).max(axis=0), 1e-6) / 127**2).astype(np.float32)
    roots = np.sqrt(np.abs(weights) / scale)
    return (np.sign(weights) * np.minimum(np.rint(roots), 127)).astype(np.int8), scale
