"""Everything `palabre evaluate` knows of a set of judged rows, as plain data and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from palabre.engine.evaluate import bias, exchange, slices
from palabre.engine.evaluate.agreement import agreement
from palabre.engine.evaluate.checks import run as checks
from palabre.engine.evaluate.rows import Judged
from palabre.engine.evaluate.spans import span_f1
from palabre.engine.judge import Engine

_HEADER = ("source", "lang", "label", "n", "pos", "AUC", "95 %", "AP", "F1", "at", "ECE", "good held")


def report(judged: Sequence[Judged], engine: Engine, thresholds: Mapping[str, float]) -> dict[str, Any]:
    """Plain data for ``--json``: slices, exchange, identity groups, spans, disguises and functional checks."""
    rows = [one.row for one in judged]
    has_articles = any(row.article and row.truth("off_topic") is False for row in rows)
    return {
        "model": engine.version,
        "slices": [line.as_dict() for line in slices.table(judged, thresholds)],
        "exchange": plain(exchange.exchange(rows, engine)._asdict()) if has_articles else None,
        "groups": [plain(asdict(line)) for line in bias.by_group(judged)],
        "span_f1": plain({"f1": span_f1(judged)})["f1"],
        "disguises": {
            name: {"found": found, **plain({"still": still})}
            for name, (found, still) in agreement(rows, engine, thresholds).items()
        },
        "checks": [asdict(kind) for kind in checks.by_kind(engine, thresholds)],
    }


def as_text(found: Mapping[str, Any]) -> str:
    """The same for a terminal."""
    parts = [f"Model {found['model']}", "", *_slice_lines(found["slices"])]
    if found["exchange"]:
        parts += ["", f"Exchange: {_area(found['exchange'], 'value', 'low', 'high')} (trust this one for off_topic)"]
    if found["span_f1"] is not None:
        parts += ["", f"Spans: character F1 {found['span_f1']:.3f}"]
    parts += ["", *_group_lines(found["groups"]), "", *_disguise_lines(found["disguises"])]
    return "\n".join([*parts, "", *check_lines(found["checks"])])


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """NaN as None, so that the JSON is JSON."""
    return {k: None if isinstance(v, float) and np.isnan(v) else v for k, v in values.items()}


def check_lines(kinds: Sequence[Mapping[str, Any]]) -> list[str]:
    """Functional checks, one line a kind."""
    lines = ["Functional checks: share of cases right"]
    for kind in kinds:
        short = "" if kind["right"] >= 0.7 else "  under 70 %"
        lines.append(f"  {kind['lang']}  {kind['kind']:<28} n {kind['n']:>3}  {kind['right']:.0%}{short}")
    return lines


def _slice_lines(lines: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = [_HEADER, *(_slice_row(line) for line in lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(_HEADER))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _slice_row(line: Mapping[str, Any]) -> tuple[str, ...]:
    figures = (line["average_precision"], line["f1"], line["threshold"], line["ece"], line["good_above"])
    between = f"{_number(line['auc_low'])}-{_number(line['auc_high'])}"
    counts = (str(line["n"]), str(line["positives"]))
    return (line["source"], line["lang"], line["label"], *counts, _number(line["auc"]), between, *map(_number, figures))


def _group_lines(groups: Sequence[Mapping[str, Any]]) -> list[str]:
    lines = ["Identity words (toxic): subgroup, BPSN, BNSP AUC"] if groups else []
    for one in groups:
        areas = " ".join(_number(one[name]) for name in ("subgroup", "bpsn", "bnsp"))
        lines.append(f"  {one['group']:<10} n {one['n']:>4}, positive {one['positives']:>4}  {areas}")
    return lines


def _disguise_lines(disguises: Mapping[str, Mapping[str, Any]]) -> list[str]:
    lines = ["Insults found in clear text still found in disguise"]
    return lines + [f"  {name:<10} {_number(one['still'])} of {one['found']}" for name, one in disguises.items()]


def _area(one: Mapping[str, Any], value: str, low: str, high: str) -> str:
    return f"{_number(one[value])} ({_number(one[low])}-{_number(one[high])})"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
