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
from palabre.engine.models.reading import BLOCKS, Reading, grams, named
from palabre.engine.text.lexicon import kinds
from palabre.engine.types import Span

_WORD = re.compile(r"[^\s.,;:!?…«»\"“”()\[\]]+")
#: A word carries a label when its part is at least this share of the strongest word's, and at least this much
#: (log-odds).
SHARE, LEAST = 0.5, 0.12
_MOST = 12
_LISTED = re.compile(r"[^\W_]+")
#: Names of features that hold because of a listed word.
_ON_WORDS = ("insult", "obscene", "slur", "offence")


def character_parts(model: FastModel, reading: Reading, slopes: Floats, size: int) -> NDArray[np.float64]:
    """The log-odds each of the ``size`` original characters brings; ``slopes`` weigh the head's inputs.

    What a named feature on listed words brings (« an insult stands after « you » ») goes to these words.
    """
    columns = slopes[: len(model.scale)]
    parts = np.zeros(len(reading.form.text) + 1)
    for block, share in zip(grams(reading.form), BLOCKS, strict=False):
        _add(parts, block, model, columns, share)
    each = np.cumsum(parts)[:-1]
    listed = [match.span() for match in _LISTED.finditer(reading.form.text) if match.group() in kinds()]
    for begin, end in listed:
        each[begin:end] += named_part(model, reading, slopes) / len(listed) / (end - begin)
    return _on_original(reading, each, size)


def named_part(model: FastModel, reading: Reading, slopes: Floats) -> float:
    """The log-odds that the named features on listed words bring, through the matrix and directly."""
    names = tuple(name for name in reading.names if name.startswith(_ON_WORDS))
    weights = model.weights(named(names)).sum(axis=0) if names else np.zeros(len(model.scale))
    direct = dict(zip(model.head.names, slopes[len(model.scale) :], strict=False))
    return float(weights @ slopes[: len(model.scale)]) * BLOCKS[3] + float(sum(direct.get(name, 0.0) for name in names))


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
