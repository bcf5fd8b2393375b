"""Vectorised hashing of n-grams: whole arrays at a time, no Python loop over n-grams.

Features of one text are bucket numbers in ``[0, BUCKETS)``. A gram is hashed with a multiply-and-add rolling hash
over code points modulo 2**32 (words: 2**64) and mixed (Steele and Vigna's finaliser), with a seed for each block.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from palabre.engine.text.mask import MASKS

BUCKETS = 7 << 17
CHARS = (2, 3, 4, 5)
#: Distance between the two words of a pair: neighbours, then one or two words apart.
PAIRS = (1, 2, 3)

Buckets = NDArray[np.int32]
_SPACE = np.uint32(32)
_P32 = np.uint32(0x9E3779B1)
_BASE = 0x5851F42D4C957F2D


@dataclass(frozen=True, slots=True)
class Grams:
    """Occurrences of one block's n-grams: bucket, and the form's characters ``[begins, ends)`` each one covers."""

    buckets: Buckets
    begins: Buckets
    ends: Buckets


def _mixed32(values: NDArray[np.uint32], seed: int) -> Buckets:
    values = (values ^ np.uint32(seed)) * np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values *= np.uint32(0xC2B2AE35)
    return ((values.astype(np.uint64) * np.uint64(BUCKETS)) >> np.uint64(32)).astype(np.int32)


def _mixed64(values: NDArray[np.uint64], seed: int) -> Buckets:
    values = (values ^ np.uint64(seed * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)) * np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(29)
    values *= np.uint64(0x94D049BB133111EB)
    return (((values >> np.uint64(32)) * np.uint64(BUCKETS)) >> np.uint64(32)).astype(np.int32)


def char_grams(codes: NDArray[np.uint32]) -> Grams:
    """Character 2-5-grams inside words, word borders included (scikit-learn's ``char_wb``)."""
    padded = np.concatenate(([_SPACE], codes, [_SPACE]))
    space = padded == _SPACE
    spaces = np.concatenate(([0], np.cumsum(space, dtype=np.int32)))
    letters = padded * _P32
    letters ^= letters >> np.uint32(15)
    rolled = letters
    found, begins, lengths = [], [], []
    for n in range(2, CHARS[-1] + 1):
        if len(padded) < n:
            break
        rolled = rolled[:-1] * np.uint32(0x01000193) + letters[n - 1 :]
        at = np.flatnonzero(
            (spaces[n - 1 : -1] == spaces[1 : len(spaces) - n + 1]) & ~(space[: len(rolled)] & space[n - 1 :])
        )
        found.append(_mixed32(rolled[at], n))
        begins.append(at)
        lengths.append(np.full(len(at), n))
    if not found:
        return Grams(*(np.zeros(0, np.int32),) * 3)
    begin = np.concatenate(begins) - 1
    end = np.minimum(begin + np.concatenate(lengths), len(codes))
    return Grams(np.concatenate(found), np.maximum(begin, 0).astype(np.int32), end.astype(np.int32))


@cache
def _word_codes() -> NDArray[np.uint8]:
    """By code point: 0 separates words, 1 is part of one, 2 is a word by itself (emoji, ideograms, masks)."""
    kind = np.ones(0x110000, dtype=np.uint8)
    kind[:0x80] = 0
    for begin, end in ((0x30, 0x3A), (0x61, 0x7B)):
        kind[begin:end] = 1
    kind[0x80:0xC0] = 0
    kind[0x2000:0x2600] = 0
    kind[0x3000:0x3040] = 0
    for begin, end in ((0x2600, 0x2800), (0x3040, 0xA000), (0x1F000, 0x20000), (0x20000, 0x30000)):
        kind[begin:end] = 2
    kind[[ord(mask) for mask in MASKS]] = 2
    kind[[ord("!"), ord("?"), ord('"')]] = 2
    return kind


def word_bounds(codes: NDArray[np.uint32]) -> tuple[Buckets, Buckets]:
    """Begin and end of every word; « ! », « ? » and quotation marks count as words."""
    kind = _word_codes()[codes]
    before = np.concatenate(([0], kind[:-1])) if len(kind) else kind
    after = np.concatenate((kind[1:], [0])) if len(kind) else kind
    begins = np.flatnonzero((kind == 2) | ((kind == 1) & (before != 1)))
    ends = np.flatnonzero((kind == 2) | ((kind == 1) & (after != 1))) + 1
    return begins.astype(np.int32), ends.astype(np.int32)


@cache
def _powers(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    base, inverse = np.uint64(_BASE), np.uint64(pow(_BASE, -1, 1 << 64))
    steps = np.full(size, base), np.full(size, inverse)
    for step in steps:
        step[0] = 1
    return np.cumprod(steps[0]), np.cumprod(steps[1])


def word_hashes(codes: NDArray[np.uint32], begins: Buckets, ends: Buckets) -> NDArray[np.uint64]:
    """A 64-bit hash of each word, from prefix sums of a polynomial: the cost is that of reading the text once."""
    size = 1 << max(10, len(codes).bit_length())
    powers, inverses = _powers(size)
    sums = np.concatenate(
        (np.zeros(1, np.uint64), np.cumsum((codes.astype(np.uint64) + np.uint64(7)) * powers[: len(codes)]))
    )
    hashes: NDArray[np.uint64] = (sums[ends] - sums[begins]) * inverses[begins]
    return hashes


def word_grams(codes: NDArray[np.uint32]) -> tuple[Grams, Grams]:
    """Words, and ordered pairs of words at the distances in ``PAIRS``."""
    begins, ends = word_bounds(codes)
    hashes = word_hashes(codes, begins, ends)
    ones = Grams(_mixed64(hashes, 11), begins, ends)
    found, firsts, lasts = [], [], []
    for distance in PAIRS:
        left, right = hashes[:-distance], hashes[distance:]
        found.append(_mixed64(left * np.uint64(3) + (right ^ (right >> np.uint64(7))), 20 + distance))
        firsts.append(begins[:-distance])
        lasts.append(ends[distance:])
    return ones, Grams(np.concatenate(found), np.concatenate(firsts), np.concatenate(lasts))


def name_bucket(name: str) -> int:
    """The bucket of a feature that has a name instead of characters."""
    codes = np.frombuffer(name.encode("utf-32-le"), dtype="<u4")
    hashed = word_hashes(codes, np.array([0], np.int32), np.array([len(codes)], np.int32))
    return int(_mixed64(hashed, 31)[0])
