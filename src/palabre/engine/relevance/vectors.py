"""A comment against its article by the encoder's vectors: how near it is to the nearest passage, and its parent too."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
#: How many figures ``features`` gives.
FEATURES = 6


def features(comment: Floats, article: Floats, parent: Floats | None) -> Floats:
    """Cosines of unit vectors: ``comment`` (width), ``article`` (passages x width), ``parent`` (width) if there is one.

    Nearest passage, all passages, whether there is a parent, parent and nearest passage, comment and parent, and the
    nearest passage once more where there is a parent (an answer may stay near its parent only).
    """
    near = article @ comment
    if parent is None:
        return np.array([near.max(), near.mean(), 0, 0, 0, 0], np.float32)
    return np.array([near.max(), near.mean(), 1, (article @ parent).max(), comment @ parent, near.max()], np.float32)
