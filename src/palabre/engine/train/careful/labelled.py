"""The labelled comments the heads learn from: how many of each source, in what setting, and what is kept back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palabre.engine.models.pieces import LABELS, setting
from palabre.engine.models.reading import readings
from palabre.engine.train.rows import Row

Floats = NDArray[np.float32]
#: How often a source is read (below 1: that share of its rows). Comments under articles most; sources of other
#: registers for what they know of hate and of French.
TIMES = {
    "desk_train_fr_a": 2.5, "desk_train_fr_b": 2.5, "desk_train_fr_c": 2.5, "desk_train_en": 2.5,
    "contrast_fr": 2.0, "contrast_en": 2.0, "register_fr": 2.0, "wiki6": 1.0, "wiki6_fr_mt": 2.0,
    "civil_spans": 0.6, "wiki_binary": 0.25, "wiki_context": 0.08, "ftr": 1.0, "fox": 0.7, "mlma": 0.35,
    "hatexplain": 0.08, "identity_neutral": 0.15, "stormfront": 0.1,
}  # fmt: skip
#: One group in this many is kept back for calibration and for fitting relevance.
KEPT_BACK = 10
#: Pieces of a comment that are read in training.
LONGEST = 110


@dataclass(frozen=True, slots=True)
class Example:
    """What the heads see: the form that is read, its setting's piece, the targets (NaN unknown) and the weight."""

    text: str
    setting: str
    targets: tuple[float, ...]
    weight: float


def kept_back(row: Row) -> bool:
    """Whether the row's group is kept for calibration: by checksum, the same in every step."""
    return int(hashlib.sha256(row.group.encode()).hexdigest()[:8], 16) % KEPT_BACK == 0


def examples(rows: list[Row], seed: int = 0) -> list[Example]:
    """The training comments as often as their source is read, in random order."""
    random = np.random.default_rng(seed)
    learnt = [row for row in rows if not kept_back(row)]
    found = [example(row) for row in learnt for _ in range(_times(TIMES.get(row.source, 0.0), random))]
    return [found[place] for place in random.permutation(len(found))]


def example(row: Row) -> Example:
    """The last reading: disguises taken off where there are any, as the judge would read it too."""
    text = readings(row.text, row.article, row.parent)[0].form.text
    return Example(text, setting(row.article is not None, bool(row.parent)), tuple(_targets(row)), row.weight)


def _times(often: float, random: np.random.Generator) -> int:
    return int(often) + int(random.random() < often - int(often))


def _targets(row: Row) -> Iterator[float]:
    yield from (row.labels.get(label, float("nan")) for label in LABELS)
