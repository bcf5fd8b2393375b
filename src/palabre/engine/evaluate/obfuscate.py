"""Eight ways writers disguise an insult, as plain functions of a text and a random generator.

They are written here, apart from ``engine/text`` that undoes them and from training, so that the figure is not marked
by whoever wrote the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Disguise = Callable[[str, np.random.Generator], str]

_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "l": "1", "b": "8"}
_LOOKALIKES = dict(zip("aceiopsxyjABCEHKMOPTX", "асеіорѕхујАВСЕНКМОРТХ", strict=True))
_JOINERS = "\u200b\u200c\u200d\u2060\ufeff"
_MARKS = "\u0301\u0323\u0336\u0308"
_WORD = re.compile(r"[^\W\d_]{3,}")


def _in_words(text: str, change: Callable[[str], str]) -> str:
    """Apply a change to every word of three letters or more: the short ones carry no insult."""
    return _WORD.sub(lambda found: change(found[0]), text)


def leet(text: str, random: np.random.Generator) -> str:
    """c0nn4rd: about two letters in three that have a figure or sign for them."""

    def change(word: str) -> str:
        return "".join(_figure(c, random) if random.random() < 0.67 else c for c in word)

    return _in_words(text, change)


def _figure(letter: str, random: np.random.Generator) -> str:
    signs = _LEET.get(letter.lower(), letter)
    return signs[int(random.integers(len(signs)))]


def spaced(text: str, random: np.random.Generator) -> str:
    """c o n n a r d; the gaps between words are doubled, or no reader could tell them apart."""
    return _in_words(text.replace(" ", "  "), " ".join)


def dotted(text: str, random: np.random.Generator) -> str:
    """c.o.n.n.a.r.d or c-o-n-n-a-r-d."""
    sign = ".-_*"[int(random.integers(4))]
    return _in_words(text, sign.join)


def repeated(text: str, random: np.random.Generator) -> str:
    """connnnaaard: one or two letters held."""

    def change(word: str) -> str:
        held = set(random.integers(1, len(word), size=2).tolist())
        return "".join(c * int(random.integers(3, 6)) if i in held else c for i, c in enumerate(word))

    return _in_words(text, change)


def starred(text: str, random: np.random.Generator) -> str:
    """c*nnard, conn*rd: one inner letter hidden, in words of five letters or more (nobody stars "la")."""

    def change(word: str) -> str:
        if len(word) < 5:
            return word
        at = int(random.integers(1, len(word) - 1))
        return word[:at] + "*" + word[at + 1 :]

    return _in_words(text, change)


def lookalikes(text: str, random: np.random.Generator) -> str:
    """Cyrillic letters that look Latin."""
    return "".join(_LOOKALIKES.get(c, c) if random.random() < 0.7 else c for c in text)


def invisible(text: str, random: np.random.Generator) -> str:
    """Zero-width characters inside words."""

    def change(word: str) -> str:
        return "".join(c + (_JOINERS[int(random.integers(5))] if random.random() < 0.5 else "") for c in word)

    return _in_words(text, change)


def marked(text: str, random: np.random.Generator) -> str:
    """Combining marks on letters: c̶o̶n̶n̶a̶r̶d̶."""

    def change(word: str) -> str:
        mark = _MARKS[int(random.integers(4))]
        return "".join(c + mark if random.random() < 0.8 else c for c in word)

    return _in_words(text, change)


DISGUISES: Mapping[str, Disguise] = {
    one.__name__: one for one in (leet, spaced, dotted, repeated, starred, lookalikes, invisible, marked)
}


def disguised(text: str, name: str, seed: Any = 0) -> str:
    """The text in one disguise, always the same for the same seed."""
    return DISGUISES[name](text, np.random.default_rng(seed))
