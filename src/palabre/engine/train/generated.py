"""Rows generated from the sentence frames in ``words/sentences.txt``: synthetic, written for this project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from palabre.engine.text.wordlists import sections
from palabre.engine.train.rows import REFUSING, Row
from palabre.engine.types import Article

SOURCE = "generated"
WEIGHT = 0.8
_TIMES = 12
_ARTICLES = {
    "fr": Article("", "", "Odile Marchetti, La Feuille de Sainte-Aubière"),
    "en": Article("", "", "Harriet Dunmore, local reporter, The Millbrook Leaf"),
}
_NAMED = {
    "fr": ("Odile Marchetti", "Marchetti", "Madame Marchetti"),
    "en": ("Harriet Dunmore", "Dunmore", "Ms Dunmore"),
}
_PARENT = {"fr": "Je trouve que la mairie a bien fait.", "en": "I think the council did the right thing."}


def generated(chance: Random) -> Iterator[Row]:
    """``_TIMES`` rows from every frame."""
    lists = sections(Path(__file__).parent / "words" / "sentences.txt")
    for number, frame in enumerate(lists["frames"]):
        lang, label, setting, words = (part.strip() for part in frame.split("|"))
        for turn in range(_TIMES if "{" in words else 3):
            yield _row(f"generated-{number}-{turn}", lang, label, setting, _filled(words, lang, lists, chance))


def _filled(frame: str, lang: str, lists: dict[str, list[str]], chance: Random) -> str:
    text = frame.replace("{author}", chance.choice(_NAMED[lang])).replace("{number}", str(chance.randrange(10, 9000)))
    for slot in ("insults", "insult", "obscene", "groups", "group", "thing"):
        if f"{{{slot}}}" in text:
            word = chance.choice(" ".join(lists[f"{lang} {slot}"]).split())
            text = text.replace(f"{{{slot}}}", word.replace("-", " "))
    return text[0].upper() + text[1:]


def _row(identity: str, lang: str, label: str, setting: str, text: str) -> Row:
    labels = dict.fromkeys(("toxic", "spam", *REFUSING), 0.0)
    if label != "publish":
        labels[label] = 1.0
        labels["toxic"] = float(label != "spam")
    article = None if setting == "-" else _ARTICLES[lang]
    parent = _PARENT[lang] if setting == "parent" else ""
    group = identity.rsplit("-", 1)[0]
    return Row(identity, text, lang, SOURCE, WEIGHT, group, labels, article, parent, written=True)
