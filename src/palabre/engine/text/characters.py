"""One character to one plain character: the table behind ``plain``.

Lower case, NFKC, accents off, look-alikes to Latin, quotation marks and dashes to ASCII ones, every kind of blank to a
space; zero-width, bidirectional and combining characters, controls and lone surrogates to nothing.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from palabre.engine.text.confusables import ALWAYS

Codes = NDArray[np.uint32]

DROPPED = 0
EXPANDS = 0xFFFFFFFF
_SIZE = 0x110000
#: Blocks that need a look; the rest of Unicode stands for itself.
_LOOKED_AT = ((0x00, 0x3400), (0xA640, 0xABC0), (0xF900, 0x10000), (0x1D400, 0x1D800), (0x1F100, 0x1F200))
_NOTHING = ((0xD800, 0xE000), (0xE0000, 0xE1000), (0x1F3FB, 0x1F400))  # surrogates, tags, skin tones
_QUOTES = dict.fromkeys("«»“”„‟″❝❞〝〞", '"') | dict.fromkeys("‘’‚‛′`´ʼʻ‹›", "'") | dict.fromkeys("‐‑‒–—―−", "-")
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "…": "..."}


def plain_character(character: str) -> str:
    """What one character becomes: usually one character, none when it is invisible, several for « œ » or « ﬁ »."""
    if character in _QUOTES:
        return _QUOTES[character]
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf", "Cs"):
        return ""
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " " if character.isspace() else ""
    lowered = unicodedata.normalize("NFKD", ALWAYS.get(character, character)).lower()
    return "".join(_base(part) for part in lowered)


def _base(part: str) -> str:
    if part in _LETTERS or part in ALWAYS or part in _QUOTES:
        return _LETTERS.get(part) or ALWAYS.get(part) or _QUOTES[part]
    category = unicodedata.category(part)
    return "" if category in ("Mn", "Me", "Cf", "Cc") else " " if category[0] == "Z" else part


@cache
def table() -> tuple[Codes, dict[int, str]]:
    """Plain code by code (1,114,112 entries), and the texts of the few characters that become several."""
    codes: Codes = np.arange(_SIZE, dtype=np.uint32)
    several: dict[int, str] = {}
    for begin, end in _LOOKED_AT:
        for code in range(begin, end):
            became = plain_character(chr(code))
            if len(became) > 1:
                several[code] = became
            codes[code] = EXPANDS if len(became) > 1 else ord(became) if became else DROPPED
    for begin, end in _NOTHING:
        codes[begin:end] = DROPPED
    return codes, several


def codes_of(text: str) -> Codes:
    """Code points of ``text``, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def text_of(codes: Codes) -> str:
    """The text of code points that hold no lone surrogate."""
    return codes.astype("<u4").tobytes().decode("utf-32-le")
