"""Disguised spellings read back: ``c o n n a r d``, ``i.d.i.o.t``, ``1d10t``, ``f**k``, ``connnnard``, ``соnnаrd``.

The result is a second reading beside the plain one, never instead of it: the engine scores both, so a wrong guess here
can hide nothing. Linear: every pattern is bounded or possessive in effect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from palabre.engine.text.confusables import IN_LATIN_TABLE, LEET, LEET_L
from palabre.engine.text.folded import Edit, Folded
from palabre.engine.text.lexicon import SHORT, completed, is_offensive, listed

_SIGNS = "*#%_?@$!|€£+"
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:(?P<by>[ .\-_*/|·,~]{1,3})[^\W\d_])(?:(?P=by)[^\W\d_]){1,30}(?![^\W_])")
_TOKEN = re.compile(
    rf"[^\W_][\w@$!|€£+*#%?.\-']{{1,38}}[^\W_]|[{re.escape(_SIGNS)}][\w@$!|€£+*#%]{{2,38}}|[^\W_]{{2,40}}[{re.escape(_SIGNS)}]{{1,6}}"
)
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_BETWEEN = re.compile(r"[.\-_*'·|/+#~ ]+")
_NON_LATIN = re.compile(r"[^\W\d_a-z]")
_INNER_LEET = re.compile(r"(?<=[a-z])[0134578@$!|€]{1,2}(?=[a-z])")
_WORTH = re.compile(r"[\d@$!|€£+*#%?._\-·'~/]")


_LETTERS = re.compile(r"[a-z]+")
#: What any disguise of an ASCII text has: a sign or digit beside a letter, a lone letter's neighbour, a repetition.
_SUSPECT = re.compile(
    r"[a-z][\d@$!|+*#%_.\-/~,?]{1,3}[a-z\d@$!|+*#%]|[\d@$!|+*#%_][a-z]|[a-z][\d@$|+*#%_]|\b[a-z] [a-z]\b|([a-z])\1\1"
)


@dataclass(frozen=True, slots=True)
class Unmasked:
    """The second reading, and how many words it had to read back."""

    form: Folded
    disguises: int


def unmasked(form: Folded) -> Unmasked:
    """``form`` (plain) with its disguised words written out."""
    if not _SUSPECT.search(form.text) and form.text.isascii() and SHORT.keys().isdisjoint(_LETTERS.findall(form.text)):
        return Unmasked(form, 0)
    disguises = 0
    for find in (_scripts, _spaced, _tokens):
        edits = list(find(form.text))
        disguises += len(edits)
        form = form.edited(edits)
    repeated = [(m.start(), m.end(), m.group(1)) for m in _REPEATED.finditer(form.text)]
    return Unmasked(form.edited(repeated), disguises)


def mixed_scripts(text: str) -> bool:
    """Whether some word of a plain text mixes Latin letters with look-alikes of another alphabet."""
    return any(True for _ in _scripts(text))


def _scripts(text: str) -> Iterator[Edit]:
    if text.isascii():
        return
    latin = sum(map(text.count, "aeinorst")) * 2 > len(text) // 8
    for match in re.finditer(r"[^\W\d_]{2,60}", text):
        word = match.group()
        read = word.translate(IN_LATIN_TABLE)
        if read != word and read.isascii() and (latin or re.search("[a-z]", word)):
            yield match.start(), match.end(), read


def _spaced(text: str) -> Iterator[Edit]:
    found = [(match.start(), match.end(), re.sub(r"[^\w]|_", "", match.group())) for match in _SPACED.finditer(text)]
    least = 3 if any(len(joined) > 4 for _, _, joined in found) else 4  # « y a à » is no disguise, unless others are
    return (edit for edit in found if len(edit[2]) >= least or is_offensive(edit[2]))


def _tokens(text: str) -> Iterator[Edit]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        read = _read(word)
        if read is not None and read != word:
            yield match.start(), match.end(), read


def _read(word: str) -> str | None:
    if word in SHORT:
        return SHORT[word]
    if not _WORTH.search(word):
        return _read_repeated(word)
    if word.isdigit() or not any("a" <= letter <= "z" for letter in word):
        return None
    for attempt in _ATTEMPTS:
        read = attempt(word)
        if read is not None:
            return read
    return None


def _read_repeated(word: str) -> str | None:
    if not _REPEATED.search(word):
        return None
    for replacement in (r"\1", r"\1\1"):
        read = _REPEATED.sub(replacement, word)
        if is_offensive(read):
            return read
    return None


def _leet(word: str) -> str | None:
    for table in (LEET, LEET_L):
        read = listed(word.translate(table))
        if read:
            return read
    bare = word.rstrip("!?+|")
    trimmed = bare.translate(LEET)
    return listed(trimmed) if trimmed != bare else None


def _joined(word: str) -> str | None:
    read = _BETWEEN.sub("", word)
    return listed(read) if read != word and len(read) > 3 else None


def _both(word: str) -> str | None:
    read = _BETWEEN.sub("", word).translate(LEET)
    return listed(read) if len(read) > 3 else None


def _starred(word: str) -> str | None:
    known = word.rstrip(".?'")
    return (
        completed(re.sub(r"[*#%_@$!?.\-+|]|\d", "*", known))
        if re.search(r"[*#%_@$]|[a-z][.!\-]{1,3}[a-z]", known)
        else None
    )


def _inner(word: str) -> str | None:
    """A word that is no listed one, when a figure stands between two of its letters: then all its figures are."""
    return word.rstrip("!?+|").translate(LEET) if _INNER_LEET.search(word) else None


_ATTEMPTS: tuple[Callable[[str], str | None], ...] = (_leet, _joined, _both, _starred, _inner)
