"""What stands around the words: who is addressed, what is quoted, what is denied. Named features, one bucket each.

An attack needs a target. « You », the author's name, « the journalist » and the answered reader are looked for in the
whole comment and close to each listed offensive word; quotation marks, reporting verbs, negation and « I » close to
it say that it may be no attack. The models weigh all this; nothing here decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from palabre.engine.text.lexicon import kinds
from palabre.engine.text.mask import AUTHOR, MAIL, OUTLET, URL, USER
from palabre.engine.text.wordlists import sections

_WORD = re.compile(rf"[^\W_]+|[{AUTHOR}{OUTLET}{URL}{USER}{MAIL}\"!?.,;:]")


_LISTS = {
    name: frozenset(" ".join(lines).split())
    for name, lines in sections(Path(__file__).parent / "words" / "around.txt").items()
}
_TOLD = ("you", "i", "press", "group", "violence", "threat", "money", "wrong", "said", "all")
#: Looked for this many words before a listed offensive word; those in ``_AFTER`` behind it too.
_REACH = {"you": 4, "i": 3, "they": 3, "not": 3, "said": 6, "press": 4, "group": 4, "all": 3}
_AFTER = ("you", "press", "group")
_PAIRS = (
    "you&violence group&violence you&threat you&press group&all i&violence you&parent author&you "
    "quoted&wrong said&wrong group&wrong money&url offence&you offence&parent offence&author offence&group "
    "offence&press offence&quoted offence&said offence&i threat&violence"
)
_TOGETHER = tuple(tuple(pair.split("&")) for pair in _PAIRS.split())


#: The features the head is told of (all of them are also buckets of the matrix).
_TOLD_TOO = (
    "url mail user author outlet question exclaims quoted parent alone bare shouting disguised offence insult "
    "obscene slur insult+you< insult+you> insult+author insult+not< insult+said< insult+quoted insult+i< "
    "insult+they< insult+press< slur+quoted slur+said< you&parent author&you offence&you offence&parent "
    "offence&author offence&press group&violence you&violence you&threat length:1 length:2 length:3 length:6 "
    "length:7 "
)
NAMES = (*_TOLD, *_TOLD_TOO.split())


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a comment stands: whether it has an article, answers somebody, and how it was written."""

    article: bool = False
    parent: bool = False
    shouting: float = 0.0
    disguises: int = 0


def features(text: str, setting: Setting) -> list[str]:
    """The names of the features that hold for the (masked) form ``text``."""
    words = _WORD.findall(text)
    present = set(_present(text, words, setting))
    present.update(f"{one}&{other}" for one, other in _TOGETHER if one in present and other in present)
    return sorted(present)


def _present(text: str, words: list[str], setting: Setting) -> Iterator[str]:
    held = set(words)
    yield from (name for name in _TOLD if not _LISTS[name].isdisjoint(held))
    yield from (
        name
        for name, mark in (("url", URL), ("mail", MAIL), ("user", USER), ("author", AUTHOR), ("outlet", OUTLET))
        if mark in held
    )
    yield from (name for name, mark in (("question", "?"), ("exclaims", "!"), ("quoted", '"')) if mark in held)
    yield f"length:{min(len(words), 255).bit_length()}"
    yield from _written(setting)
    yield from _offences(words)


def _written(setting: Setting) -> Iterator[str]:
    yield "parent" if setting.parent else "alone" if setting.article else "bare"
    if setting.shouting > 0.5:
        yield "shouting"
    if setting.disguises:
        yield "disguised"


def _offences(words: list[str]) -> Iterator[str]:
    listed = kinds()
    quoted = False
    for place, word in enumerate(words):
        quoted ^= word == '"'
        kind = listed.get(word)
        if kind is not None:
            yield from ("offence", kind)
            yield from (f"{kind}+{name}" for name in _around(words, place, quoted))


def _around(words: list[str], place: int, quoted: bool) -> Iterator[str]:
    for name, reach in _REACH.items():
        if not _LISTS[name].isdisjoint(words[max(0, place - reach) : place]):
            yield name + "<"
        if name in _AFTER and not _LISTS[name].isdisjoint(words[place + 1 : place + 1 + reach]):
            yield name + ">"
    if AUTHOR in words[max(0, place - 5) : place + 6]:
        yield "author"
    if quoted:
        yield "quoted"
