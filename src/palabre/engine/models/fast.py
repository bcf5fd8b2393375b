"""The fast pass: one quantised matrix gives every column's score, a small head turns columns and setting into labels.

``columns = bias + values @ (scale * q * |q|)`` with q the matrix's rows of the buckets: linear in the n-grams, so
each character's part in a column is known exactly. The head (one hidden layer, ``tanh``) sees the columns, the named
features and the relevance to the article: it is what lets « an insulting word » and « you » together mean more than
the sum of the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from palabre.engine.models import file
from palabre.engine.models.calibration import Calibration
from palabre.engine.models.hashing import BUCKETS, Buckets
from palabre.engine.models.reading import TOGETHER, Reading, Values, vector, vectors

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """``logits = direct @ x + outer @ tanh(inner @ x + inner_bias) + bias`` with x the columns, names and relevance."""

    names: tuple[str, ...]
    inner: Floats
    inner_bias: Floats
    outer: Floats
    direct: Floats
    bias: Floats

    def logits(self, x: Floats) -> Floats:
        """One logit a label from one input vector."""
        logits: Floats = self.direct @ x + self.outer @ np.tanh(self.inner @ x + self.inner_bias) + self.bias
        return logits

    def slopes(self, x: Floats, label: int) -> Floats:
        """How the logit of ``label`` moves with each input at ``x``."""
        bend = 1 - np.tanh(self.inner @ x + self.inner_bias) ** 2
        slopes: Floats = self.direct[label] + (self.outer[label] * bend) @ self.inner
        return slopes


@dataclass(frozen=True, slots=True)
class FastModel:
    """The matrix (int8, ``BUCKETS`` x columns), its scales and biases, the head, the calibration and where each
    holds.
    """

    version: str
    matrix: NDArray[np.int8]
    scale: Floats
    bias: Floats
    head: Head
    calibration: Calibration
    settings: Mapping[str, Any]

    def columns(self, buckets: Buckets, values: Values) -> Floats:
        """The raw score of each column."""
        summed: Floats = values @ self.weights(buckets)
        return summed + self.bias

    def columns_of(self, forms: Sequence[Reading]) -> list[Floats]:
        """The raw scores of several forms."""
        together = (forms[at : at + TOGETHER] for at in range(0, len(forms), TOGETHER))
        return [self.columns(*found) for some in together for found in vectors(some)]

    def weights(self, buckets: Buckets) -> Floats:
        """The weights of some buckets (buckets x columns): ``scale * q * |q|`` of the stored numbers."""
        stored = self.matrix[buckets].astype(np.float32)
        weights: Floats = stored * np.abs(stored) * self.scale
        return weights

    def inputs(self, reading: Reading, relevance: Sequence[float], columns: Floats | None = None) -> Floats:
        """What the head sees of one form; ``columns`` when they are known already."""
        columns = self.columns(*vector(reading)) if columns is None else columns
        held = frozenset(reading.names)
        names = [float(name in held) for name in self.head.names]
        return np.concatenate((columns, np.array([*names, *relevance], np.float32)))


def load(path: Path) -> FastModel:
    """Read the model; raises ``file.ModelError`` with a sentence."""
    held = file.read(path)
    try:
        return _built(held)
    except (KeyError, TypeError, ValueError) as error:
        raise file.ModelError(
            f"The model file {path} was written by another version of Palabre. Install Palabre again."
        ) from error


def _built(held: file.ModelFile) -> FastModel:
    arrays, settings = held.arrays, held.settings
    if arrays["matrix"].shape[0] != BUCKETS:
        raise ValueError("buckets")
    parts = (arrays[name] for name in ("inner", "inner_bias", "outer", "direct", "head_bias"))
    head = Head(tuple(settings["names"]), *parts)
    calibration = Calibration.of(settings["calibration"])
    return FastModel(held.version, arrays["matrix"], arrays["scale"], arrays["bias"], head, calibration, settings)
