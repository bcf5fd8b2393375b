"""More rows from the rows there are: disguised spellings, exchanged groups, exchanged articles. All synthetic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from palabre.engine.text.wordlists import sections
from palabre.engine.train.rows import Row

_LEET = {"a": "@4", "e": "3€", "i": "1!", "o": "0", "s": "$5", "t": "7", "b": "8"}
_LOOK = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "i": "і", "x": "х", "y": "у"}
_LISTS = sections(Path(__file__).parent / "words" / "groups.txt")
_GROUPS = {
    language: [" ".join(lines).split() for name, lines in _LISTS.items() if name.startswith(language)]
    for language in ("fr", "en")
}


def disguised(rows: list[Row], chance: Random, share: float, weight: float) -> Iterator[Row]:
    """Copies with a third of their longer words disguised, good rows as often as bad: a disguise alone proves
    nothing.
    """
    for row in rows:
        if chance.random() < share:
            yield row.altered(disguise(row.text, chance), "disguised", weight)


def disguise(text: str, chance: Random) -> str:
    """``text`` with some words spelt as readers do to pass a filter."""
    trick = chance.choice((_leet, _look, _spaced, _dotted, _starred, _repeated, _hidden, _dropped))
    return re.sub(
        r"[^\W\d_]{4,}", lambda match: trick(match.group(), chance) if chance.random() < 0.35 else match.group(), text
    )


def _leet(word: str, chance: Random) -> str:
    return "".join(chance.choice(_LEET[c]) if c in _LEET and chance.random() < 0.6 else c for c in word)


def _look(word: str, chance: Random) -> str:
    return "".join(_LOOK[c] if c in _LOOK and chance.random() < 0.6 else c for c in word)


def _spaced(word: str, chance: Random) -> str:
    return " ".join(word)


def _dotted(word: str, chance: Random) -> str:
    return chance.choice(".-_*").join(word)


def _starred(word: str, chance: Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + "*" + word[at + 1 :]


def _repeated(word: str, chance: Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at - 1] * chance.randrange(2, 6) + word[at:]


def _hidden(word: str, chance: Random) -> str:
    return "\u200b".join(word)


def _dropped(word: str, chance: Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1 :]


def swapped(rows: list[Row], chance: Random, weight: float) -> Iterator[Row]:
    """Copies about another group: what is said decides, not of whom."""
    for row in rows:
        for words in _GROUPS.get(row.lang, ()):
            pattern = rf"(?i)\b(?:{'|'.join(words)})\b"
            if re.search(pattern, row.text):
                other = chance.choice(words)
                yield row.altered(re.sub(pattern, other, row.text), "swapped", weight)
                break


def exchanged(rows: list[Row], chance: Random, weight: float) -> Iterator[Row]:
    """On-topic comments of at least eight words under another article of their language: off topic there."""
    under = [row for row in rows if row.article and "off_topic" in row.labels]
    for row in under:
        if row.labels["off_topic"] == 0 and len(row.text.split()) >= 8 and not row.labels.get("spam"):
            other = chance.choice([one for one in under if one.lang == row.lang and one.group != row.group])
            yield replace(row.altered(row.text, "exchanged", weight), article=other.article, labels={"off_topic": 1.0})
