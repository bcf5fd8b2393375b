"""One comment as the models read it: its forms, its grams, its named features."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt

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
#: A form longer than this is scored whole and in pieces of this length, and the highest score counts.
LONG = 1200
#: Most forms hashed together: form and bucket share one 32-bit number when sorted.
TOGETHER = 64
_BUCKET_BITS = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """One form of a comment: the form, its named features, and the notes on how it was written."""

    form: Folded
    names: tuple[str, ...]
    disguises: int


def readings(text: str, article: Article | None = None, parent: str = "") -> tuple[Reading, ...]:
    """The plain form, and the form with disguises read back where it differs; of long forms, their pieces too."""
    setting = Setting(article is not None, bool(parent), shouting(text), 0)
    return tuple(
        Reading(part, tuple(features(part.text, replace(setting, disguises=disguises))), disguises)
        for form, disguises in _forms(text, article)
        for part in parts(form)
    )


def wholes(text: str, article: Article | None = None, parent: str = "") -> tuple[Reading, ...]:
    """The same without the pieces: what training learns from."""
    setting = Setting(article is not None, bool(parent), shouting(text), 0)
    return tuple(
        Reading(form, tuple(features(form.text, replace(setting, disguises=disguises))), disguises)
        for form, disguises in _forms(text, article)
    )


def _forms(text: str, article: Article | None) -> list[tuple[Folded, int]]:
    """The forms and how many words each had read back."""
    author, outlet = byline_words(article.byline) if article else ((), ())
    form = masked(plain(text), author, outlet)
    second = unmasked(form)
    return [(form, 0)] if second.form.text == form.text else [(form, 0), (second.form, second.disguises)]


def parts(form: Folded) -> list[Folded]:
    """The form itself and, of a long one, its pieces: what is said once in a long text must not drown in it."""
    size = len(form.text)
    if size <= LONG:
        return [form]
    pieces = [slice(at, at + LONG) for at in range(0, size, LONG)]
    return [form, *(Folded(form.text[one], form.starts[one], form.ends[one]) for one in pieces)]


@lru_cache(maxsize=256)
def byline_words(byline: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The plain words of the author's name and of the paper's, from « Name, role, paper »."""
    parts = [plain(part[:200]).text for part in byline.split(",")[:4]]
    author = tuple(word for word in re.findall(r"[^\W\d_]+", parts[0]) if len(word) > 2)
    paper = parts[-1].strip() if len(parts) > 1 else ""
    return author, (paper,) if len(paper) > 4 else ()


def shouting(text: str) -> float:
    """The share of capitals among the letters of a text of some length, else 0."""
    text = text[:500]
    if text.islower():
        return 0.0
    letters = sum(map(str.isalpha, text))
    return sum(map(str.isupper, text)) / letters if letters > 8 else 0.0


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
    return vectors([reading])[0]


def vectors(forms: Sequence[Reading]) -> list[tuple[Buckets, Values]]:
    """The features of up to ``TOGETHER`` forms, hashed together: the cost of calling numpy is paid once for all."""
    codes, owner = _laid_out(forms)
    ones, pairs = word_grams(codes)
    inside = owner[pairs.begins] == owner[pairs.ends - 1]
    chars = char_grams(codes)
    blocks = [
        _once(buckets, owner[begins], len(forms))
        for buckets, begins in (
            (chars.buckets, chars.begins),
            (ones.buckets, ones.begins),
            (pairs.buckets[inside], pairs.begins[inside]),
        )
    ]
    return [_joined([block[place] for block in blocks], form) for place, form in enumerate(forms)]


def _laid_out(forms: Sequence[Reading]) -> tuple[NDArray[np.uint32], Buckets]:
    """All forms one after the other, a space before and behind each, and the form each character belongs to."""
    codes = codes_of("".join(f" {form.form.text} " for form in forms))
    sizes = [len(form.form.text) + 2 for form in forms]
    return codes, np.repeat(np.arange(len(forms), dtype=np.int32), sizes)


def _once(buckets: Buckets, owner: Buckets, size: int) -> list[Buckets]:
    """The buckets of each form, each once and sorted."""
    keys = np.sort((owner.astype(np.uint32) << np.uint32(_BUCKET_BITS)) | buckets.astype(np.uint32))
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    keys = keys[first]
    ends = np.searchsorted(keys, np.arange(1, size, dtype=np.uint32) << np.uint32(_BUCKET_BITS))
    return np.split((keys & np.uint32((1 << _BUCKET_BITS) - 1)).astype(np.int32), ends)


def _joined(blocks: list[Buckets], form: Reading) -> tuple[Buckets, Values]:
    hashed = named(form.names)
    sizes = [len(block) for block in blocks]
    scales = [weight / sqrt(max(size, 1)) for size, weight in zip(sizes, BLOCKS, strict=False)]
    return np.concatenate([*blocks, hashed]), np.repeat(
        np.array([*scales, BLOCKS[3]], np.float32), [*sizes, len(hashed)]
    )
