"""English rows put into other languages word by word: synthetic, rough, and documented as such.

English has by far the most labelled comments. A word table learnt from sentence pairs (IBM Model 1, Brown et al.
1993) and completed by a dictionary turns them into strings of French (or German, …) words in English order: no
readable text, but the right words beside one another, which is what n-grams learn from.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]+(?:'(?:t|s|re|ve|ll|d|m)\b)?")
_FOREIGN = re.compile(r"[^\W\d_]+'?")
#: Translations less likely than this are not used.
LIKELY = 0.08
_ROUNDS = 5
_LONGEST = 30

Table = dict[str, list[tuple[str, float]]]


def word_table(folder: Path, language: str, pairs: int = 200_000) -> Table:
    """English word to its likely translations with their chances, from ``folder/parallel`` and ``folder/words``."""
    table = _learnt(*_sentences(folder / "parallel" / f"{language}-en.tsv.gz", pairs))
    for english, foreign in _dictionary(folder / "words" / f"{language}-en.words.tsv.gz").items():
        known = table.setdefault(english, [])
        if not known or (known[0][1] < 0.3):
            known += [(word, 0.5 / len(foreign)) for word in foreign[:6]]
    return table


def _sentences(path: Path, pairs: int) -> tuple[list[list[str]], list[list[str]]]:
    english, foreign = [], []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line, _ in zip(lines, range(pairs), strict=False):
            parts = line.rstrip("\n").split("\t")
            ours, theirs = _WORD.findall(parts[-1].lower())[:_LONGEST], _FOREIGN.findall(parts[1].lower())[:_LONGEST]
            if ours and theirs:
                english.append(ours)
                foreign.append(theirs)
    return english, foreign


def _numbered(sentences: list[list[str]]) -> tuple[NDArray[np.int64], NDArray[np.int64], list[str]]:
    places: dict[str, int] = {}
    numbers = [places.setdefault(word, len(places)) for words in sentences for word in words]
    return np.array(numbers), np.array([len(words) for words in sentences]), list(places)


def _learnt(english: list[list[str]], foreign: list[list[str]]) -> Table:
    ours, our_sizes, our_words = _numbered(english)
    theirs, their_sizes, their_words = _numbered(foreign)
    linked, slots = _links(ours, our_sizes, theirs, their_sizes, len(their_words))
    kinds, place = np.unique(linked, return_inverse=True)
    owner = kinds // len(their_words)
    chance = np.ones(len(kinds))
    for _ in range(_ROUNDS):
        link = chance[place]
        share = link / np.bincount(slots, link)[slots]
        counts = np.bincount(place, share)
        chance = counts / np.bincount(owner, counts)[owner]
    table: Table = defaultdict(list)
    for at in np.flatnonzero((chance >= LIKELY) & (counts >= 1.5)):
        table[our_words[owner[at]]].append((their_words[kinds[at] % len(their_words)], float(chance[at])))
    return {word: sorted(found, key=lambda pair: -pair[1])[:5] for word, found in table.items()}


def _links(
    ours: NDArray[np.int64],
    our_sizes: NDArray[np.int64],
    theirs: NDArray[np.int64],
    their_sizes: NDArray[np.int64],
    width: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every pair of an English and a foreign word of one sentence as one number, and the foreign word's slot."""
    our_ends, their_ends = np.cumsum(our_sizes), np.cumsum(their_sizes)
    linked, slots = [], []
    for our_end, our_size, their_end, their_size in zip(our_ends, our_sizes, their_ends, their_sizes, strict=True):
        mine, yours = ours[our_end - our_size : our_end], theirs[their_end - their_size : their_end]
        linked.append((mine[:, None] * width + yours[None, :]).ravel())
        slots.append(np.tile(np.arange(their_end - their_size, their_end), our_size))
    return np.concatenate(linked), np.concatenate(slots)


def _dictionary(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    if not path.exists():
        return found
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) > 2 and " " not in parts[2].strip() and 1 < len(parts[1]) < 30:
                found[parts[2].strip().lower()].append(parts[1].strip().lower())
    return found


def translated(text: str, table: Table, chance: Random) -> str:
    """``text`` with every known word replaced by a translation drawn by its chance."""

    def one(match: re.Match[str]) -> str:
        word = match.group().lower()
        found = table.get(word) or table.get(word.removesuffix("s")) or ()
        if not found:
            return match.group()
        drawn = chance.choices([word for word, _ in found], [weight for _, weight in found])[0]
        return drawn.upper() if match.group().isupper() and len(word) > 1 else drawn

    return _WORD.sub(one, text).replace("' ", "'")
