"""Texts the vocabulary and the distillation learn from, in the plain form the engine reads."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from palabre.engine.text.mask import masked
from palabre.engine.text.plain import plain
from palabre.engine.train.rows import Row

#: Words about menus and monsters teach nothing about the news.
_LEFT_OUT = ("shattered_pixel_dungeon", "coral_talk_locales")
#: Sentences longer than this are cut: the cost of attention and of padding.
_LETTERS = 400
#: Of the French passages, one in this many: debates and novels would else outnumber readers.
_PASSAGES = 5


def lines(path: Path) -> Iterator[list[str]]:
    """The tab-separated cells of a gzip file, none if there is no such file."""
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                yield line.rstrip("\n").split("\t")


def read(text: str) -> str:
    """The plain, masked form of a text, as the encoder sees it."""
    return masked(plain(text[:_LETTERS])).text


def pairs(data: Path) -> list[tuple[str, str]]:
    """(French, English) sentences as they were written, shortest commonplaces left out, each once."""
    found = {
        (cells[1][:_LETTERS], cells[2][:_LETTERS])
        for cells in lines(data / "text/parallel/fr-en.tsv.gz")
        if cells[0] not in _LEFT_OUT and len(cells[1].split()) > 2
    }
    return sorted(found)


def words(data: Path) -> list[tuple[str, str]]:
    """(French, English) words of Wiktionary."""
    cells = lines(data / "text/words/fr-en.words.tsv.gz")
    return [(one[1], one[2].split("(")[0].removeprefix("to ").strip()) for one in cells if len(one[2].split()) < 5]


def french(data: Path) -> Iterator[str]:
    """One in ``_PASSAGES`` of the French passages."""
    for number, cells in enumerate(lines(data / "text/french/all.txt.gz")):
        if number % _PASSAGES == 0:
            yield cells[1]


def comments(rows: list[Row], language: str) -> Iterator[str]:
    """The training comments in a language."""
    return (row.text for row in rows if row.lang == language)
