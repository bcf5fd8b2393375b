"""One comment as the models read it: its forms, its grams, its named features."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from palabre.engine.models.context import Setting, features
from palabre.engine.models.hashing import Buckets, Grams, char_grams, name_bucket, word_grams
from palabre.engine.text.characters import codes_of
from palabre.engine.text.folded import Folded
from palabre.engine.text.mask import masked
from palabre.engine.text.plain import plain
from palabre.engine.text.unmask import unmasked
from palabre.engine.types import Article

Values = NDArray[np.float32]
#: How much each block counts: characters, words, pairs of words, named features (per feature).
BLOCKS = (1.0, 1.0, 0.7, 0.25)


@dataclass(frozen=True, slots=True)
class Reading:
    """One form of a comment: the form, its named features, and the notes on how it was written."""

    form: Folded
    names: tuple[str, ...]
    disguises: int


def readings(text: str, article: Article | None = None, parent: str = "") -> tuple[Reading, ...]:
    """The plain form, and the form with disguises read back where it differs."""
    author, outlet = byline_words(article.byline) if article else ((), ())
    form = masked(plain(text), author, outlet)
    second = unmasked(form)
    setting = Setting(article is not None, bool(parent), shouting(text), 0)
    first = Reading(form, tuple(features(form.text, setting)), 0)
    if second.form.text == form.text:
        return (first,)
    names = tuple(
        features(second.form.text, Setting(setting.article, setting.parent, setting.shouting, second.disguises))
    )
    return (first, Reading(second.form, names, second.disguises))


@lru_cache(maxsize=256)
def byline_words(byline: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The plain words of the author's name and of the paper's, from « Name, role, paper »."""
    parts = [plain(part[:200]).text for part in byline.split(",")[:4]]
    author = tuple(word for word in re.findall(r"[^\W\d_]+", parts[0]) if len(word) > 2)
    paper = parts[-1].strip() if len(parts) > 1 else ""
    return author, (paper,) if len(paper) > 4 else ()


def shouting(text: str) -> float:
    """The share of capitals among the letters of a text of some length, else 0."""
    letters = [letter for letter in text[:500] if letter.isalpha()]
    return sum(map(str.isupper, letters)) / len(letters) if len(letters) > 8 else 0.0


@lru_cache(maxsize=4096)
def _bucket(name: str) -> int:
    return name_bucket(name)


def named(names: tuple[str, ...]) -> Buckets:
    """The buckets of named features."""
    return np.array([_bucket(name) for name in names], dtype=np.int32)


def grams(form: Folded) -> tuple[Grams, Grams, Grams]:
    """Character grams, words, pairs of words of a form."""
    codes = codes_of(form.text)
    ones, pairs = word_grams(codes)
    return char_grams(codes), ones, pairs


def vector(reading: Reading) -> tuple[Buckets, Values]:
    """The features of one form: each bucket of a block once, scaled so that a block's length is ``BLOCKS``."""
    blocks = [np.unique(block.buckets) for block in grams(reading.form)]
    values = [
        np.full(len(block), weight / np.sqrt(max(len(block), 1)), np.float32)
        for block, weight in zip(blocks, BLOCKS, strict=False)
    ]
    hashed = named(reading.names)
    return np.concatenate([*blocks, hashed]), np.concatenate([*values, np.full(len(hashed), BLOCKS[3], np.float32)])
