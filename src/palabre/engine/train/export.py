"""Weights to the numbers of a model file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def quantised(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights (buckets x columns) as int8 with one scale a column; the largest 0.02 % are clipped."""
    top = np.maximum(np.quantile(np.abs(weights), 0.9998, axis=0), 1e-6)
    scale = (top / 127).astype(np.float32)
    return np.clip(np.rint(weights / scale), -127, 127).astype(np.int8), scale
