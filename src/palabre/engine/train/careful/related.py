"""Comments with the article they stand under, for learning which belongs to which."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from palabre.engine.models.pieces import passages, setting
from palabre.engine.models.reading import readings
from palabre.engine.train.careful.labelled import kept_back
from palabre.engine.train.careful.texts import read
from palabre.engine.train.rows import Row
from palabre.engine.types import Article

#: Articles in a batch, and comments under each.
_ARTICLES, _COMMENTS = 12, 3
#: Of the batches, the share drawn from the written desks (the others: citizens' arguments under their proposals).
_DESK = 0.75
_WORDS = 6


@dataclass(frozen=True, slots=True)
class Batch:
    """Comments (text, setting), passages of articles, the place of each comment's article, whether it is on topic."""

    comments: list[tuple[str, str]]
    passages: list[str]
    under: list[int]
    on_topic: list[bool]


@dataclass(frozen=True)
class Threads:
    """By kind and language: articles as passages, with their comments (text, setting, on topic)."""

    desks: dict[str, list[tuple[list[str], list[tuple[str, str, bool]]]]]

    def batch(self, number: int) -> Batch:
        """The batch of this number: articles of one kind and language, a passage of each."""
        random = np.random.default_rng(number)
        kinds = sorted(self.desks)
        chance = np.array([_DESK if kind.startswith("desk") else 1 - _DESK for kind in kinds])
        held = self.desks[kinds[random.choice(len(kinds), p=chance / chance.sum())]]
        found = Batch([], [], [], [])
        for place, thread in enumerate(random.choice(len(held), min(_ARTICLES, len(held)), replace=False)):
            parts, comments = held[thread]
            found.passages.append(parts[random.integers(len(parts))])
            for one in random.choice(len(comments), min(_COMMENTS, len(comments)), replace=False):
                text, where, on_topic = comments[one]
                found.comments.append((text, where))
                found.under.append(place)
                found.on_topic.append(on_topic)
        return found


def threads(rows: list[Row], data: Path) -> Threads:
    """The written desks without the groups kept back, and proposals with their arguments."""
    found: dict[str, dict[Article, list[tuple[str, str, bool]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.article and "off_topic" in row.labels and not kept_back(row) and len(row.text.split()) >= _WORDS:
            text = readings(row.text, row.article, row.parent)[0].form.text
            on_topic = row.labels["off_topic"] < 0.5 and row.labels.get("spam", 0) < 0.5
            found[f"desk {row.lang}"][row.article].append((text, setting(True, bool(row.parent)), on_topic))
    for article, text in _proposals(data / "text/pairs/pairs.jsonl.gz"):
        found["proposals"][article].append((read(text), setting(True, False), True))
    return Threads(
        {kind: [(list(passages(article)), held) for article, held in by.items()] for kind, by in found.items()}
    )


def _proposals(path: Path) -> list[tuple[Article, str]]:
    """Citizens' arguments; small talk says nothing of articles, and « trashed » ones were off topic or worse."""
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    kept = [
        row
        for row in rows
        if row["source"].startswith("republique") and row["context_title"] and not row.get("trashed")
    ]
    return [(Article(row["context_title"], row["context_text"] or ""), row["text"]) for row in kept]
