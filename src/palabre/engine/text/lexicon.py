"""Offensive words, in their plain form, chosen and written for this project.

Two uses: reading disguised spellings back (``c*nnard``, ``1d10t``), and telling the models that an offensive word
stands beside « you », inside a quotation or after « not ». The list decides nothing by itself: most of its words have
an innocent use, and most attacks need none of them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from palabre.engine.text.wordlists import sections

_LISTS = sections(Path(__file__).parent / "words" / "offensive.txt")
SHORT = dict(line.split(" = ") for line in _LISTS["short"])


def _words(name: str) -> list[str]:
    return " ".join(_LISTS[name]).split()


def _inflected(name: str) -> set[str]:
    listed = _words(name)
    return {*listed, *(word + "s" for word in listed if not word.endswith(("s", "x")))}


@cache
def offensive() -> frozenset[str]:
    """Every listed word with its plural."""
    return frozenset(_inflected("insult") | _inflected("obscene") | _inflected("slur"))


@cache
def kinds() -> dict[str, str]:
    """Word to kind: ``insult``, ``obscene`` or ``slur`` (the last listed wins)."""
    return {word: kind for kind in ("insult", "obscene", "slur") for word in _inflected(kind)}


def is_offensive(word: str) -> bool:
    """Whether the plain form of a word is listed, or a usual short form of one."""
    return word in offensive() or word in SHORT


def listed(word: str) -> str | None:
    """The listed word that ``word`` is, or is short for."""
    return word if word in offensive() else SHORT.get(word)


@cache
def _by_shape() -> dict[tuple[str, int], tuple[str, ...]]:
    shapes: dict[tuple[str, int], list[str]] = {}
    for word in [*_words("likely"), *sorted(offensive() - set(_words("innocent")))]:
        if len(word) > 3:
            shapes.setdefault((word[0], len(word)), []).append(word)
    return {shape: tuple(words) for shape, words in shapes.items()}


def completed(pattern: str, unknown: str = "*") -> str | None:
    """The one listed word of the same length that agrees with every known letter, if at least half are known."""
    if not pattern or sum(letter != unknown for letter in pattern) * 2 < len(pattern):
        return None
    for word in _by_shape().get((pattern[0], len(pattern)), ()):
        if all(mine in (unknown, theirs) for mine, theirs in zip(pattern, word, strict=True)):
            return word
    return None
