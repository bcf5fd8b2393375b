"""Texts to padded batches of pieces, alike in length so that little is padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

#: Texts shuffled together before they are sorted by length.
_POOL = 40


def padded(ids: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """ids and mask (texts, pieces); piece 0 is padding."""
    longest = max(len(one) for one in ids)
    found = np.zeros((len(ids), longest), np.int64)
    for row, one in enumerate(ids):
        found[row, : len(one)] = one
    return torch.from_numpy(found), torch.from_numpy((found != 0).astype(np.int64))


def alike(lengths: Sequence[int], pieces: int, random: np.random.Generator) -> Iterator[list[int]]:
    """Places of texts in batches of about ``pieces`` pieces, each text once, in random order but like with like."""
    order = random.permutation(len(lengths))
    pool = max(1, pieces // 16) * _POOL
    for begin in range(0, len(order), pool):
        some = sorted(order[begin : begin + pool].tolist(), key=lambda place: lengths[place])
        batches = list(_filled(some, lengths, pieces))
        yield from (batches[i] for i in random.permutation(len(batches)))


def _filled(places: Sequence[int], lengths: Sequence[int], pieces: int) -> Iterator[list[int]]:
    held: list[int] = []
    for place in places:
        if held and (len(held) + 1) * lengths[place] > pieces:
            yield held
            held = []
        held.append(place)
    if held:
        yield held
