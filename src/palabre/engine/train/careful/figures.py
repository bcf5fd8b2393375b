"""What the training says of itself, beside the model: sources with licences and rows, losses, translations found."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from palabre.engine.train.careful import texts
from palabre.engine.train.careful.distil import vectors
from palabre.engine.train.careful.labelled import TIMES, kept_back
from palabre.engine.train.careful.network import Encoder
from palabre.engine.train.rows import Row
from palabre.engine.train.sources import BY_NAME

_LOSS = re.compile(r" (\w+) (\d+)/\d+ loss ([\d.]+)")
_HELD_OUT = 500


def sources(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """By source: licence, rows learnt from, rows kept back for calibration, how often each is read."""
    counts = Counter((row.source, kept_back(row)) for row in rows)
    return [
        {"source": name, "licence": BY_NAME[name].licence, "rows": counts[name, False], "kept_back": counts[name, True],
         "times": times}
        for name, times in TIMES.items()
    ]  # fmt: skip


def losses(log: Path) -> dict[str, list[tuple[int, float]]]:
    """By training: (step, smoothed loss), read from its log; a step done twice counts once."""
    found: dict[str, dict[int, float]] = {}
    for name, step, loss in _LOSS.findall(log.read_text(encoding="utf-8") if log.exists() else ""):
        found.setdefault(name, {})[int(step)] = float(loss)
    return {name: sorted(by_step.items()) for name, by_step in found.items()}


def translations_found(encoder: Encoder, ids: Callable[[list[str]], list[list[int]]], data: Path) -> float | None:
    """Share of held-out French sentences whose nearest English one, of 500, is their translation."""
    held = [
        cells[1:3] for cells, _ in zip(texts.lines(data / "text/eval/fr-en.tsv.gz"), range(_HELD_OUT), strict=False)
    ]
    if not held:
        return None
    french, english = (vectors(encoder, ids([pair[side] for pair in held])) for side in (0, 1))
    return float(((french @ english.T).argmax(1) == np.arange(len(held))).mean())


def write(path: Path, told: dict[str, Any]) -> None:
    """As JSON, a line a figure."""
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
