"""A text as the relevance measures see it: folded stems, names, numbers and pieces of words."""

from __future__ import annotations

import re
import unicodedata

#: Characters read of a comment, and of an article: what follows changes no verdict and would cost time.
COMMENT_LIMIT = 4_000
ARTICLE_LIMIT = 20_000

#: Stems are the first letters of a word: for French and English this finds what a stemmer finds, without tables.
STEM = 6
PIECE = 5

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][\w-]{2,}")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def fold(text: str) -> str:
    """Lower case without accents: ``"Élysée"`` and ``"elysee"`` are one word."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def stems(folded: str, language: str) -> list[str]:
    """The distinct stems of a folded text in order, each marked with the first letter of its language."""
    mark = language[:1]
    return list(dict.fromkeys(mark + word[:STEM] for word in _WORD.findall(folded) if len(word) > 1))


def pieces(folded: str) -> set[str]:
    """Every run of five letters inside a word: survives endings, compounds and small misspellings."""
    found: set[str] = set()
    for word in set(_WORD.findall(folded)):
        found.update(word[i : i + PIECE] for i in range(len(word) - PIECE + 1))
    return found


def numbers(folded: str) -> set[str]:
    """Figures as written, ``12,5`` included."""
    return set(_NUMBER.findall(folded))


def names(text: str, language: str) -> set[str]:
    """Stems of capitalised words that do not open a sentence."""
    return set(stems(fold(" ".join(_NAME.findall(text))), language))


def count(text: str) -> int:
    """Words between spaces, as a reader counts them."""
    return len(text.split())
