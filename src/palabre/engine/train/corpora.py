"""Texts the word vectors learn from, as sets of stems; labels are not looked at."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from palabre.engine.relevance.words import fold, stems

#: Train files read for their words alone.
_COMMENTS = (
    "civil_spans",
    "wiki_binary",
    "wiki_context",
    "wiki6",
    "fox",
    "desk_train_fr_a",
    "desk_train_fr_b",
    "desk_train_fr_c",
    "desk_train_en",
    "contrast_fr",
    "contrast_en",
    "register_fr",
)
_OTHER_TONGUES = ("de", "es", "it", "nl", "pt")
#: Words about menus and monsters teach nothing about the news.
_LEFT_OUT = ("shattered_pixel_dungeon", "coral_talk_locales")
#: Stems in one document: what stands within it is taken to belong together.
_PASSAGE = 80
_PAIR_LETTERS = 600


def lines(path: Path) -> Iterator[str]:
    """The lines of a gzip file, none if there is no such file: a publisher's folder may hold less than ours."""
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            yield from stream


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a gzipped JSON Lines file."""
    return (json.loads(line) for line in lines(path))


def passages(data: Path) -> Iterator[list[str]]:
    """Every document: French passages, translated sentences (both tongues at once), pairs, comments, articles."""
    yield from _french(data / "text/french/all.txt.gz")
    yield from _translations(data / "text/parallel/fr-en.tsv.gz")
    for code in _OTHER_TONGUES:
        yield from _english_sides(data / f"text/parallel/{code}-en.tsv.gz")
    yield from _pairs(data / "text/pairs/pairs.jsonl.gz")
    for name in _COMMENTS:
        yield from _comments(data / f"train/{name}.jsonl.gz")


def _cut(text: str, language: str) -> list[str]:
    return stems(fold(text), language)


def _french(path: Path) -> Iterator[list[str]]:
    """Debates and half of the old novels, whose words would else outnumber today's."""
    for number, line in enumerate(lines(path)):
        source, _, text = line.partition("\t")
        if source == "cv_assemblee_nationale" or number % 2:
            yield _cut(text, "fr")


def _translations(path: Path) -> Iterator[list[str]]:
    for line in lines(path):
        source, french, english = line.rstrip("\n").split("\t")[:3]
        if source not in _LEFT_OUT:
            yield _cut(french, "fr") + _cut(english, "en")


def _english_sides(path: Path) -> Iterator[list[str]]:
    for line in lines(path):
        found = _cut(line.rstrip("\n").split("\t")[2], "en")
        if len(found) > 7:
            yield found


def _pairs(path: Path) -> Iterator[list[str]]:
    for row in records(path):
        above = f"{row['context_title'] or ''} {(row['context_text'] or '')[:_PAIR_LETTERS]}"
        yield _cut(f"{above} {row['text'][:_PAIR_LETTERS]}", row["lang"])


def _comments(path: Path) -> Iterator[list[str]]:
    """Comments in pieces of a passage each; every article of the written sets once."""
    read: set[str] = set()
    for row in records(path):
        if row["lang"] not in ("fr", "en"):
            continue
        found = _cut(row["text"][:4000], row["lang"])
        yield from (found[i : i + _PASSAGE] for i in range(0, len(found), _PASSAGE) if len(found) - i > 4)
        article = f"{row.get('article_title') or ''} {row.get('article_text') or ''}"
        if path.name.startswith("desk") and article not in read:
            read.add(article)
            yield _cut(article, row["lang"])
