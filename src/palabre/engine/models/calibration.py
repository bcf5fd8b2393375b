"""From logits to probabilities, by label and language (Platt 1999): ``1 / (1 + exp(-(slope * logit + shift)))``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Any


@dataclass(frozen=True, slots=True)
class Calibration:
    """``lines[label][language]`` is (slope, shift); language ``""`` serves those with too few rows of their own."""

    lines: Mapping[str, Mapping[str, tuple[float, float]]]

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Calibration:
        """From the settings of a model file."""
        return cls(
            {label: {lang: (float(a), float(b)) for lang, (a, b) in by.items()} for label, by in settings.items()}
        )

    def probability(self, label: str, language: str, logit: float) -> float:
        """The calibrated probability of ``label``."""
        lines = self.lines[label]
        slope, shift = lines.get(language) or lines[""]
        power = min(max(slope * logit + shift, -30.0), 30.0)
        return 1 / (1 + exp(-power))
