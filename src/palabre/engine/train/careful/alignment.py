"""Which English pieces a French piece stands for: IBM Model 1 (Brown et al. 1993) on the translated sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_ROUNDS = 5
#: Sentences longer than this say little on which piece answers which.
_LONGEST = 40


def translations(
    french: Sequence[Sequence[int]], english: Sequence[Sequence[int]], size: int
) -> tuple[Ints, Ints, Floats]:
    """Links (French piece, English piece, probability of the English one given the French one)."""
    sentence, links = _links(french, english, size)
    links, place = np.unique(links, return_inverse=True)
    chance = np.ones(len(links), np.float32)
    for _ in range(_ROUNDS):
        chance = _round(chance, place, sentence, links // size)
    return links // size, links % size, chance


def _links(french: Sequence[Sequence[int]], english: Sequence[Sequence[int]], size: int) -> tuple[Ints, Ints]:
    """By occurrence: a number for each English piece in its sentence, and the link French * size + English."""
    owners, links, next_owner = [], [], 0
    for ours, theirs in zip(french, english, strict=True):
        if not ours or not theirs or max(len(ours), len(theirs)) > _LONGEST:
            continue
        one, other = np.array(ours, np.int64), np.array(theirs, np.int64)
        links.append((one[:, None] * size + other[None, :]).ravel())
        owners.append(np.tile(np.arange(next_owner, next_owner + len(other)), len(one)))
        next_owner += len(other)
    return np.concatenate(owners), np.concatenate(links)


def _round(chance: Floats, place: Ints, sentence: Ints, french: Ints) -> Floats:
    """Share each English piece among the French ones of its sentence, then count again."""
    each = chance[place]
    total = np.bincount(sentence, each)
    counts = np.bincount(place, each / total[sentence], len(chance))
    return (counts / np.bincount(french, counts)[french]).astype(np.float32)


def expected(
    links: tuple[Ints, Ints, Floats], vectors: Floats, sharpness: float = 1.7
) -> tuple[Floats, NDArray[np.bool_]]:
    """For each piece, the mean of the vectors it stands for, and whether it stands for any."""
    french, english, chance = links
    heavy = chance**sharpness
    heavy[chance < 0.02] = 0
    total = np.bincount(french, heavy, len(vectors))
    found = np.zeros_like(vectors)
    for begin in range(0, len(french), 500_000):
        part = slice(begin, begin + 500_000)
        np.add.at(found, french[part], vectors[english[part]] * heavy[part, None])
    known = total > 0
    found[known] /= total[known, None]
    return found.astype(np.float32), known
