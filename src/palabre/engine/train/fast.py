"""The fast pass from rows to file: open columns, written columns, head, calibration, curves."""

from __future__ import annotations

import json
import time
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from palabre.engine.judge import NEAR, near_inputs
from palabre.engine.models import file
from palabre.engine.models.context import NAMES
from palabre.engine.models.fast import Head
from palabre.engine.models.reading import Reading, wholes
from palabre.engine.relevance import Background, judge
from palabre.engine.train import rows as data
from palabre.engine.train.augment import disguised, exchanged, swapped
from palabre.engine.train.calibrate import lines
from palabre.engine.train.columns import COLUMNS, Weights, fit_open, fit_written, folded
from palabre.engine.train.curves import draw
from palabre.engine.train.export import quantised
from palabre.engine.train.fit import document_weights
from palabre.engine.train.generated import generated
from palabre.engine.train.head import fit_head, logits_of, with_own_line
from palabre.engine.train.rows import Row
from palabre.engine.train.sources import BY_NAME
from palabre.engine.train.translate import translated, word_table
from palabre.engine.train.vectors import matrix_of
from palabre.engine.types import LABELS

Floats = NDArray[np.float64]
SEED = 20251202
FOLDS = 3
#: One open row in this many is kept for the head and the calibration.
HELD = 12
#: Languages into which English rows are put word by word, with how many rows.
TRANSLATED = {"fr": 32_000, "de": 4_000, "es": 4_000, "it": 4_000, "pt": 4_000, "nl": 5_000}
#: Where each label may be judged; elsewhere it is absent.
ROMANCE_AND_GERMANIC = ("fr", "en", "de", "es", "it", "pt", "nl")
JUDGED = {
    "toxic": (*ROMANCE_AND_GERMANIC, "ru", "tr"),
    "severe": ("en",),
    "insult": ("fr", "en", "de"),
    "attack_author": ("fr", "en"),
    "attack_commenter": ("fr", "en"),
    "hate": ("fr", "en", "de"),
    "threat": ("fr", "en"),
    "obscene": ROMANCE_AND_GERMANIC,
    "spam": ("fr", "en"),
    "off_topic": ("fr", "en"),
}
_TOXIC = ("open talk", "open toxic", "open insult", "open obscene", "written toxic", "written insult")
#: Held open rows count this much more for the head than for the columns.
_HELD_WEIGHT = 2.0
#: Labels that only the written comments define as the house rules do: calibrated on those alone.
_RULES = ("insult", "attack_author", "attack_commenter", "hate", "threat", "spam", "off_topic")
#: Open sources with both answers, from which rows are held.
_TRUSTED = ("wiki6", "wiki_multi", "civil_spans", "germeval2018", "wiki_binary")
#: Of these, the ones whose share of toxic rows was not raised by choosing rows: fit to say how often.
_UNCHOSEN = ("wiki6", "wiki_multi", "germeval2018")


@dataclass(frozen=True)
class Forms:
    """Rows as the model reads them: one line a form; ``owner`` is the row of each line."""

    matrix: csr_matrix
    owner: NDArray[np.int64]
    readings: list[Reading]


def train(folder: Path, out: Path, curves: Path) -> None:
    """Train on ``folder`` and write ``out``, its description beside it and the reliability curves under ``curves``."""
    begun = time.perf_counter()
    chance = Random(SEED)
    rows = data.read(folder)
    open_rows = [row for row in rows if not row.written]
    held = [row for row in open_rows if _crc(row) % HELD == 0 and row.source in _TRUSTED]
    kept = {id(row) for row in held}
    learnt = [row for row in open_rows if id(row) not in kept]
    learnt += list(_translated(learnt, folder / "text", chance))
    written = [row for row in rows if row.written] + list(generated(chance))
    _say(begun, f"{len(learnt)} open rows, {len(held)} held, {len(written)} written")
    opened, scale = _open(learnt, written, begun)
    columns, inputs, outputs, table = _written(written, held, opened, scale, chance, begun)
    head, calibration = _headed(inputs, outputs, table, curves)
    _say(begun, "head and calibration")
    version = _export(out, columns, scale, head, calibration)
    _describe(out, rows, Counter(row.source for row in [*learnt, *table]), time.perf_counter() - begun, version)
    _say(begun, version)


def _say(begun: float, what: str) -> None:
    print(f"{time.perf_counter() - begun:6.0f} s  {what}", flush=True)


def _crc(row: Row) -> int:
    return zlib.crc32(row.group.encode())


def _translated(rows: list[Row], folder: Path, chance: Random) -> list[Row]:
    """English rows word by word, toxic ones and as many others; none when the folder holds no sentence pairs."""
    english = [
        row for row in rows if row.lang == "en" and row.source in ("wiki6", "wiki_binary", "civil_spans", "hatexplain")
    ]
    found: list[Row] = []
    for language, wanted in TRANSLATED.items():
        if not (folder / "parallel" / f"{language}-en.tsv.gz").exists():
            continue
        table = word_table(folder, language)
        for row in chance.sample(english, min(wanted, len(english))):
            if row.labels.get("toxic", 0) >= 0.5 or chance.random() < 0.6:
                short = row.altered(translated(row.text[:600], table, chance), f"in_{language}", 0.6)
                found.append(replace(short, lang=language))
    return found


def _forms(rows: list[Row], every: bool) -> Forms:
    """``every`` form of a row, or only the one with disguises read back."""
    owner, held = [], []
    for place, row in enumerate(rows):
        found = wholes(row.text, row.article, row.parent)
        for form in found if every else found[-1:]:
            owner.append(place)
            held.append(form)
    return Forms(matrix_of(held), np.array(owner), held)


def _open(learnt: list[Row], written: list[Row], begun: float) -> tuple[Weights, NDArray[np.float32]]:
    """The open columns, and the inverse document frequencies that scale every feature."""
    matrix = matrix_of(wholes(row.text)[-1] for row in learnt)  # some sets tell by having a parent: not shown
    _say(begun, f"features: {matrix.nnz} of {matrix.shape[0]} rows")
    scale = np.maximum(document_weights(matrix), 0.05).astype(np.float32)
    matrix = (matrix @ diags(scale.astype(np.float64))).tocsr()
    weight = np.array([row.weight for row in learnt], np.float64)
    sources = np.array([row.source for row in learnt])
    opened = fit_open(matrix, data.targets(learnt).astype(np.float64), weight, sources, LABELS)
    _say(begun, "open columns")
    return opened, scale


def _written(
    written: list[Row], held: list[Row], opened: Weights, scale: NDArray[np.float32], chance: Random, begun: float
) -> tuple[Weights, Floats, Floats, list[Row]]:
    """All columns; then the head's inputs and targets on rows the columns have not seen, and these rows."""
    more = [*disguised(written, chance, 0.35, 0.35), *swapped(written, chance, 0.3)]
    rows = [*written, *more]
    forms = _forms(rows, every=True)
    matrix = (forms.matrix @ diags(scale.astype(np.float64))).tocsr()
    targets = data.targets(rows).astype(np.float64)[forms.owner]
    weight = np.array([row.weight for row in rows])[forms.owner] / np.bincount(forms.owner)[forms.owner]
    first = opened.scores(matrix)
    fold = np.array([_crc(row) % FOLDS for row in rows])[forms.owner]
    unseen = np.zeros((len(fold), len(COLUMNS)))
    for number in range(FOLDS):
        mine = fold == number
        part, shares = fit_written(matrix[~mine], first[~mine], targets[~mine], weight[~mine], LABELS)
        unseen[mine] = folded(opened, part, shares).scores(matrix[mine])
    columns = folded(opened, *fit_written(matrix, first, targets, weight, LABELS))
    _say(begun, "written columns")
    return columns, *_inputs(rows, forms, unseen, held, columns, scale, chance)


def _inputs(
    rows: list[Row],
    forms: Forms,
    unseen: Floats,
    held: list[Row],
    columns: Weights,
    scale: NDArray[np.float32],
    chance: Random,
) -> tuple[Floats, Floats, list[Row]]:
    background = Background.load()
    last = {int(row): line for line, row in enumerate(forms.owner)}  # the form with disguises read back
    table = list(rows)
    scores = [unseen[last[place]] for place in range(len(rows))]
    named = [forms.readings[last[place]] for place in range(len(rows))]
    places = {row.id: place for place, row in enumerate(rows) if "+" not in row.source}
    plain_rows = [row for row in rows if "+" not in row.source]
    for row in exchanged(plain_rows, chance, 0.8):
        table.append(row)
        scores.append(scores[places[row.id]])
        named.append(named[places[row.id]])
    others = _forms(held, every=False)
    scores += list(columns.scores((others.matrix @ diags(scale.astype(np.float64))).tocsr()))
    table += held
    named += others.readings
    inputs = [
        np.concatenate((score, [name in form.names for name in NAMES], _near(row, background)))
        for row, score, form in zip(table, scores, named, strict=True)
    ]
    return np.array(inputs, np.float64), data.targets(table).astype(np.float64), table


def _near(row: Row, background: Background) -> tuple[float, ...]:
    if row.article is None or not (row.article.title or row.article.text):
        return (0.0,) * NEAR
    return near_inputs(judge(row.text, row.article, row.parent, row.lang, background).score)


def _headed(
    inputs: Floats, targets: Floats, table: list[Row], curves: Path
) -> tuple[Head, dict[str, dict[str, tuple[float, float]]]]:
    """The head on all rows, and lines fitted to what heads say of rows they have not seen."""
    weight = np.array([row.weight if row.written else _HELD_WEIGHT * row.weight for row in table])
    learnt = targets.copy()
    elsewhere = [row.written or row.source == "civil_spans" for row in table]
    learnt[np.ix_(elsewhere, [LABELS.index("toxic")])] = np.nan
    fold = np.array([_crc(row) % FOLDS for row in table])
    unseen = np.zeros(targets.shape)
    for number in range(FOLDS):
        mine = fold == number
        unseen[mine] = logits_of(_head(inputs[~mine], learnt[~mine], weight[~mine]), inputs[mine])
    calibration = {}
    languages = np.array([row.lang for row in table])
    for place, label in enumerate(LABELS):
        if label in JUDGED:
            chosen = _calibrating(table, label) & ~np.isnan(targets[:, place])
            calibration[label] = lines(unseen[chosen, place], targets[chosen, place], languages[chosen])
    draw(curves, calibration, unseen, targets, [_calibrating(table, label) for label in LABELS], languages)
    return _head(inputs, learnt, weight), calibration


def _head(inputs: Floats, targets: Floats, weight: Floats) -> Head:
    """The head; « toxic » is a sum of the columns learnt for it, since only the open sets say what it is."""
    place = LABELS.index("toxic")
    known = ~np.isnan(targets[:, place])
    columns = [COLUMNS.index(name) for name in _TOXIC]
    head = fit_head(inputs, targets, weight, NAMES)
    return with_own_line(head, place, columns, inputs[known], targets[known, place], weight[known])


def _calibrating(table: list[Row], label: str) -> NDArray[np.bool_]:
    """Rows whose share of ``label`` is that of a reader's desk; for the others, of talk pages too."""
    desk = [row.source.startswith("desk_train") and "+" not in row.source for row in table]
    if label in _RULES:
        return np.array(desk)
    return np.array([real or row.source in _UNCHOSEN for real, row in zip(desk, table, strict=True)])


def _export(
    out: Path,
    columns: Weights,
    scale: NDArray[np.float32],
    head: Head,
    calibration: dict[str, dict[str, tuple[float, float]]],
) -> str:
    matrix, steps = quantised(columns.weights * scale[:, None])
    settings = {"columns": COLUMNS, "names": NAMES, "judged": JUDGED, "calibration": calibration}
    arrays: dict[str, NDArray[Any]] = {
        "matrix": matrix, "scale": steps, "bias": columns.bias, "inner": head.inner, "inner_bias": head.inner_bias,
        "outer": head.outer, "direct": head.direct, "head_bias": head.bias,
    }  # fmt: skip
    return file.write(out, "fast", settings, arrays)


def _describe(out: Path, rows: list[Row], used: Counter[str], seconds: float, version: str) -> None:
    """What the model was trained on, for the model card."""
    counted = Counter(row.source for row in rows)
    sources = [
        {
            "name": name,
            "rows": counted[name],
            "licence": source.licence,
            "weight": source.weight,
            "labels": source.labels,
        }
        for name, source in BY_NAME.items()
        if counted[name]
    ]
    synthetic = {name: count for name, count in sorted(used.items()) if "+" in name or name == "generated"}
    described = {
        "version": version,
        "seed": SEED,
        "seconds": round(seconds),
        "sources": sources,
        "synthetic": synthetic,
    }
    out.with_suffix(".json").write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
