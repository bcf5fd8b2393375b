"""The cases, made from the written sentences and word lists of ``written/*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from palabre.engine.evaluate.obfuscate import DISGUISES, disguised
from palabre.engine.types import Article

LANGUAGES = ("fr", "en")
_PARTS = ("attacks", "fine", "desk")
#: Cases of a kind: its sentences are taken in rounds, each round with other words, until there are so many.
ENOUGH = 20
_ROUNDS = 10

_SLOT = re.compile(r"(^|[.!?] )?\{(\w+)\}")
_HIDDEN = re.compile(r"\[([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Case:
    """One text in its setting. ``holds``: the labels of which one must reach its threshold; empty: none may."""

    kind: str
    lang: str
    text: str
    holds: tuple[str, ...] = ()
    article: Article | None = None
    parent: str = ""


def all_cases() -> list[Case]:
    """Every case, French first, in the order of the files."""
    return [case for lang in LANGUAGES for case in cases(lang)]


def cases(lang: str) -> Iterator[Case]:
    """The cases of a language: those of its kinds, then the spelling tricks."""
    parts = [_load(f"{lang}_{part}.toml") for part in _PARTS]
    desk = next(part for part in parts if "articles" in part)
    for part in parts:
        for kind in part["kinds"]:
            yield from _of_kind(kind, part["lists"], desk, lang)
    yield from _spelling(desk, lang)


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("written", name).read_text(encoding="utf-8"))


def _of_kind(
    kind: Mapping[str, Any], lists: Mapping[str, Sequence[str]], desk: Mapping[str, Any], lang: str
) -> Iterator[Case]:
    """At least twenty different texts, each sentence as often as the others while it has new words."""
    seen: set[str] = set()
    for turn in range(_ROUNDS):
        for place, sentence in enumerate(kind["cases"]):
            article = Article(**desk["articles"][(place + turn) % len(desk["articles"])])
            text = fill(sentence, {**lists, **_authors(article)}, place + 3 * turn)
            if text not in seen:
                seen.add(text)
                parent = desk["parents"][(place + turn) % len(desk["parents"])] if kind.get("parent") else ""
                shown = article if kind.get("article") else None
                yield Case(kind["name"], lang, text, tuple(kind.get("holds", ())), shown, parent)
        if len(seen) >= ENOUGH:
            return


def _authors(article: Article) -> dict[str, Sequence[str]]:
    return {"auteur": [article.byline], "author": [article.byline]}


def _spelling(desk: Mapping[str, Any], lang: str) -> Iterator[Case]:
    """Each clear insult, then the same with the word between brackets in each of the eight disguises."""
    holds = tuple(desk["spelling"]["holds"])
    written = [fill(text, desk["lists"], place) for place, text in enumerate(desk["spelling"]["cases"])]
    for text in written:
        yield Case("spelling_clear", lang, _HIDDEN.sub(r"\1", text), holds)
    for name in DISGUISES:
        for seed, text in enumerate(written):
            yield Case(f"spelling_{name}", lang, hide(text, name, seed), holds)


def hide(text: str, name: str, seed: int) -> str:
    """The text with the words between brackets in disguise."""
    return _HIDDEN.sub(lambda found: disguised(found[1], name, seed), text)


def fill(sentence: str, lists: Mapping[str, Sequence[str]], turn: int) -> str:
    """Put a word in every slot, another each ``turn``; a word that opens a sentence gets its capital."""

    def word(found: re.Match[str]) -> str:
        words = lists[found[2]]
        chosen = words[(turn + found.start()) % len(words)]
        opens = found[1] is not None and "." not in chosen
        return (found[1] or "") + (chosen[:1].upper() + chosen[1:] if opens else chosen)

    return _SLOT.sub(word, sentence)
