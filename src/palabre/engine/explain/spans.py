"""Exact attributions of a label to characters, summed to words and merged to spans.

The columns are linear, so a gram's part is its weight times its value; the head is followed by its slope at the
point. A gram's part is shared equally among its occurrences, then among its characters.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from palabre.engine.models.fast import FastModel, Floats
from palabre.engine.models.hashing import Grams
from palabre.engine.models.reading import BLOCKS, Reading, grams
from palabre.engine.types import Span

_WORD = re.compile(r"[^\s.,;:!?…«»\"“”()\[\]]+")
#: A word carries a label when its part is at least this share of the strongest word's, and at least this much
#: (log-odds).
SHARE, LEAST = 0.4, 0.12
_MOST = 12


def character_parts(model: FastModel, reading: Reading, slopes: Floats, size: int) -> NDArray[np.float64]:
    """The log-odds each of the ``size`` original characters brings; ``slopes`` weigh the model's columns."""
    parts = np.zeros(len(reading.form.text) + 1)
    for block, blocks in zip(grams(reading.form), BLOCKS, strict=False):
        _add(parts, block, model, slopes, blocks)
    return _on_original(reading, np.cumsum(parts)[:-1], size)


def _add(parts: NDArray[np.float64], block: Grams, model: FastModel, slopes: Floats, share: float) -> None:
    if not len(block.buckets):
        return
    found, inverse, counts = np.unique(block.buckets, return_inverse=True, return_counts=True)
    worth = (model.weights(found) @ slopes) * (share / np.sqrt(len(found))) / counts
    each = worth[inverse] / np.maximum(block.ends - block.begins, 1)
    parts += np.bincount(block.begins, each, len(parts)) - np.bincount(block.ends, each, len(parts))


def _on_original(reading: Reading, parts: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    starts, ends = reading.form.starts, reading.form.ends
    each = parts / np.maximum(ends - starts, 1)
    moved = np.bincount(starts, each, size + 1) - np.bincount(ends, each, size + 1)
    return np.cumsum(moved)[:size]


def spans(text: str, parts: NDArray[np.float64], label: str) -> list[Span]:
    """The words that carried ``label``, neighbours merged, strongest ``_MOST`` kept, in reading order."""
    sums = np.concatenate(([0.0], np.cumsum(parts)))
    words = [(m.start(), m.end(), float(sums[m.end()] - sums[m.start()])) for m in _WORD.finditer(text, 0, len(parts))]
    strongest = max((part for _, _, part in words), default=0.0)
    kept = [word for word in words if word[2] >= max(LEAST, SHARE * strongest)]
    merged: list[Span] = []
    for begin, end, part in kept:
        if merged and not re.search(r"[^\s,'’-]", text[merged[-1].end : begin]):
            merged[-1] = Span(merged[-1].begin, end, label, merged[-1].score + part)
        else:
            merged.append(Span(begin, end, label, part))
    return sorted(sorted(merged, key=lambda span: -span.score)[:_MOST], key=lambda span: span.begin)
