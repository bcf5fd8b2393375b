"""A changed text that remembers where each of its characters came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int32]
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` and, for its character i, the original characters ``[starts[i], ends[i])``.

    Both maps never decrease and stay within the original text, so that a span of the folded text is always a span of
    the original one.
    """

    text: str
    starts: Positions
    ends: Positions

    def original(self, begin: int, end: int) -> tuple[int, int]:
        """The original characters ``[begin, end)`` that the folded ones came from; an empty range stays empty."""
        if begin >= end:
            return (0, 0)
        return int(self.starts[begin]), int(self.ends[end - 1])

    def edited(self, edits: Iterable[Edit]) -> Folded:
        """With each ``(begin, end, replacement)`` carried out; edits are sorted and do not overlap."""
        texts, starts, ends, at = [], [], [], 0
        for begin, end, replacement in edits:
            texts += [self.text[at:begin], replacement]
            starts += [self.starts[at:begin], _repeat(self.starts[begin], replacement)]
            ends += [self.ends[at:begin], _repeat(self.ends[end - 1], replacement)]
            at = end
        if not texts:
            return self
        texts.append(self.text[at:])
        return Folded(
            "".join(texts), np.concatenate([*starts, self.starts[at:]]), np.concatenate([*ends, self.ends[at:]])
        )


def _repeat(position: np.int32, replacement: str) -> Positions:
    return np.full(len(replacement), position, dtype=np.int32)
