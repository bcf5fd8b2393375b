"""Rows of a data folder, as the training sees them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from palabre.engine.train.sources import SOURCES, Source
from palabre.engine.types import LABELS, Article

#: Longer training texts are cut: what is wrong with them is nearly always said by then.
LONGEST = 1500
REFUSING = ("attack_author", "attack_commenter", "insult", "hate", "threat")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled comment. ``group`` keeps together what must not be split (an article, a contrast group)."""

    id: str
    text: str
    lang: str
    source: str
    weight: float
    group: str
    labels: dict[str, float] = field(default_factory=dict)
    article: Article | None = None
    parent: str = ""
    written: bool = False

    def altered(self, text: str, kind: str, weight: float) -> Row:
        """The same comment with another text, known as ``kind``."""
        return replace(self, text=text, source=f"{self.source}+{kind}", weight=self.weight * weight)


def read(folder: Path) -> list[Row]:
    """Every believed row under ``folder/train``; a missing source is skipped, a publisher's own folder may have
    fewer.
    """
    return [row for source in SOURCES for row in _rows(folder / "train" / f"{source.name}.jsonl.gz", source)]


def _rows(path: Path, source: Source) -> Iterator[Row]:
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield row_of(json.loads(line), source)


def row_of(raw: dict[str, Any], source: Source) -> Row:
    """One line of a source, with only the labels that are believed."""
    article = None
    if raw.get("article_title") or raw.get("article_byline"):
        article = Article(*(str(raw.get(f"article_{part}") or "") for part in ("title", "text", "byline")))
    identity = str(raw["id"])
    return Row(
        identity, str(raw["text"])[:LONGEST], str(raw["lang"]), source.name, source.weight, _group(raw, identity),
        _believed(raw["labels"], source), article, str(raw.get("parent") or ""), source.written,
    )  # fmt: skip


def _group(raw: dict[str, Any], identity: str) -> str:
    return f"{raw['source']}:{raw.get('group') or raw.get('article_title') or identity}"


def _believed(labels: Any, source: Source) -> dict[str, float]:
    kept = {label: float(labels[label]) for label in source.labels if label in labels}
    kept = {label: value for label, value in kept.items() if value > 0 or label not in source.only_positive}
    if source.written and "toxic" not in kept:
        kept["toxic"] = max(kept.get(label, 0.0) for label in REFUSING)
    return kept


def targets(rows: list[Row]) -> NDArray[np.float32]:
    """Labels as a matrix (rows x ``LABELS``); NaN where unknown."""
    matrix = np.full((len(rows), len(LABELS)), np.nan, np.float32)
    for place, row in enumerate(rows):
        for label, value in row.labels.items():
            matrix[place, LABELS.index(label)] = value
    return matrix
