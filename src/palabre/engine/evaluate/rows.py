"""Labelled comments from JSON Lines, and what the engine says of them."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from palabre.engine.judge import Engine, load
from palabre.engine.types import Article, Assessment

#: A label from here on is a positive; one that is absent is unknown and left out.
POSITIVE = 0.5

_FEW = 200
_engine: Engine | None = None


class RowError(ValueError):
    """A file is not in the documented form; says which line and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comment in its setting with its known ``labels`` (0..1) and ``spans`` as the file gives them."""

    id: str
    text: str
    lang: str
    source: str
    labels: Mapping[str, float]
    article: Article | None = None
    parent: str = ""
    spans: tuple[Any, ...] = field(default=())

    def truth(self, label: str) -> bool | None:
        """Whether the label holds, None where it is unknown."""
        value = self.labels.get(label)
        return None if value is None else value >= POSITIVE


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and the assessment the engine made of it."""

    row: Row
    assessment: Assessment

    def score(self, label: str) -> float:
        """The engine's score, 0 for a label it does not judge there: such a label never holds a comment."""
        return self.assessment.scores.get(label, 0.0)


def read(path: Path) -> Iterator[Row]:
    """Rows of a JSON Lines file, plain or gzipped; RowError names the line."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _row(line, path, number)


def judge(rows: Sequence[Row], engine: Engine) -> list[Judged]:
    """Assess every row, over all cores when there are many; the order is kept."""
    if len(rows) < _FEW or (os.cpu_count() or 1) == 1:
        return [Judged(row, assess(row, engine)) for row in rows]
    with ProcessPoolExecutor(initializer=_start, initargs=(engine,)) as pool:
        found = pool.map(_assess, rows, chunksize=64)
        return [Judged(row, one) for row, one in zip(rows, found, strict=True)]


def assess(row: Row, engine: Engine) -> Assessment:
    """The engine's word on one row; the language is left for it to find."""
    return engine.assess(row.text, row.article, row.parent)


def _start(engine: Engine) -> None:
    global _engine
    _engine = engine


def _assess(row: Row) -> Assessment:
    return assess(row, _engine or load())


def _row(line: bytes, path: Path, number: int) -> Row:
    try:
        found = json.loads(line)
        labels = {name: float(value) for name, value in found.get("labels", {}).items() if value is not None}
        text = found["text"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RowError(f"{path}, line {number}: not a labelled comment ({error}).") from error
    if not isinstance(text, str):
        raise RowError(f"{path}, line {number}: text is not a string.")
    source, lang = found.get("source") or path.name.split(".")[0], found.get("lang") or "unknown"
    spans = tuple(found.get("spans") or ())
    name, parent = str(found.get("id", number)), found.get("parent") or ""
    return Row(name, text, lang, source, labels, _article(found), parent, spans)


def _article(found: Mapping[str, Any]) -> Article | None:
    """The article of a row, None where it has neither title nor text."""
    parts = [found.get(f"article_{part}") or "" for part in ("title", "text", "byline")]
    return Article(*parts) if any(parts) else None
