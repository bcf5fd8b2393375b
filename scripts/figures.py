"""Every figure promised of the engine, on the dev sets, in one command: `./run bench figures [--data DIR]`.

Prints target, got, interval and met or missed; writes docs/reference/figures.json and, from it, the model card.
Reads the dev folder only, and the articles of train/desk_train_en where the dev set has fewer than five others.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from palabre.engine import load
from palabre.engine.evaluate import agreement, bias, exchange, metrics, slices, spans
from palabre.engine.evaluate.checks import run as checks
from palabre.engine.evaluate.report import check_lines, plain
from palabre.engine.evaluate.rows import Judged, Row, judge, read
from palabre.engine.judge import Engine

OUT = Path("docs/reference/figures.json")
SETS = (
    "wiki6", "civil_spans", "wiki_multi", "forum_fr_agreement", "hateday_fr",
    "desk_fr", "desk_en", "contrast_fr", "contrast_en", "register_fr",
)  # fmt: skip
OPEN = SETS[:5]
DESKS = ("desk_fr", "desk_en")
CONTRAST = tuple(label for label in slices.REFUSING if label not in ("off_topic", "spam"))
ATTACKS = ("attack_author", "attack_commenter", "hate", "threat", "spam")

#: (set, language or "" for all, label, least AUC), in the order of the promise.
TARGETS = (
    ("wiki6", "en", "toxic", 0.965),
    ("civil_spans", "en", "insult", 0.76),
    ("wiki_multi", "fr", "toxic", 0.82),
    ("forum_fr_agreement", "fr", "toxic", 0.77),
    ("hateday_fr", "fr", "toxic", 0.80),
    ("desk_fr", "fr", "publish", 0.92),
    ("desk_en", "en", "publish", 0.89),
    ("contrast_fr", "fr", "publish", 0.86),
    ("contrast_en", "en", "publish", 0.86),
    ("register_fr", "fr", "publish", 0.95),
    *((desk, desk[-2:], "insult", 0.90) for desk in DESKS),
    *((desk, desk[-2:], label, 0.94) for label in ATTACKS for desk in DESKS),
    *((desk, desk[-2:], "off_topic", 0.92) for desk in DESKS),
)
EXCHANGE, SPANS, DISGUISED, ECE, CHECKS = 0.87, 0.60, 0.90, 0.05, 0.70


def main(argv: Sequence[str]) -> int:
    """Measure, print, write; 1 when a promised figure is missed, so that CI can hold the line if asked to."""
    given = _parser().parse_args(argv)
    engine = load(given.model)
    figures = measure(engine, given.data)
    print("\n".join(_lines(figures)))
    if not given.dry:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        subprocess.run([sys.executable, str(Path(__file__).with_name("model_card.py"))], check=True)
    missed = [line for line in figures["targets"] if not line["met"]]
    return 1 if missed and given.strict else 0


def measure(engine: Engine, data: Path) -> dict[str, Any]:
    """Everything, as plain data; the same on every run of the same model."""
    rows = {name: list(read(data / f"dev/{name}.jsonl.gz")) for name in SETS}
    judged = {name: judge(found, engine) for name, found in rows.items()}
    hidden = agreement.agreement([row for name in DESKS for row in rows[name]], engine)
    return {
        "model": engine.version,
        "targets": [*_auc_lines(judged), *_exchange_lines(rows, engine, data), *_other_lines(judged, hidden)],
        "slices": [line.as_dict() for one in judged.values() for line in slices.table(one)],
        "groups": [plain(asdict(line)) for line in bias.by_group([one for name in OPEN for one in judged[name]])],
        "disguises": {name: _disguise(found) for name, found in hidden.items()},
        "spans_any_mark": round(spans.span_f1(judged["civil_spans"], marks=1), 4),
        "reliability": {name: _reliability(judged[name]) for name in DESKS},
        "checks": [asdict(kind) for kind in checks.by_kind(engine)],
    }


def _auc_lines(judged: Mapping[str, list[Judged]]) -> Iterator[dict[str, Any]]:
    for name, lang, label, target in TARGETS:
        yield _auc_line(name, label, target, [one for one in judged[name] if one.row.lang == lang])


def _auc_line(name: str, label: str, target: float, part: list[Judged]) -> dict[str, Any]:
    """One line of the table of AUCs; a label the engine never judges there counts as 0.5."""
    if label == "publish":
        labels = CONTRAST if name.startswith("contrast") else slices.REFUSING
        found = slices.of_publish(part, name, part[0].row.lang, labels)
    else:
        found = slices.of_label(part, label, name, part[0].row.lang)
    if found is None:
        return _line(name, label, target, 0.5, False)
    return _line(name, label, target, found.auc, found.auc >= target, found.auc_low, found.auc_high, found.n)


def _exchange_lines(rows: Mapping[str, list[Row]], engine: Engine, data: Path) -> Iterator[dict[str, Any]]:
    """Trust these for relevance; the English set has five articles, its fifth other one is lent by the train set."""
    for desk in DESKS:
        foils = [] if desk == "desk_fr" else list(read(data / "train/desk_train_en.jsonl.gz"))
        found = exchange.exchange(rows[desk], engine, foils)
        yield _line(desk, "exchange", EXCHANGE, found.value, found.value >= EXCHANGE, found.low, found.high)


def _other_lines(
    judged: Mapping[str, list[Judged]], hidden: Mapping[str, tuple[int, float]]
) -> Iterator[dict[str, Any]]:
    """Calibration, spans and disguises."""
    for desk in DESKS:
        worst = max((_ece(judged[desk], label), label) for label in slices.REFUSING)
        yield _line(desk, f"ECE, worst label ({worst[1]})", ECE, worst[0], worst[0] <= ECE)
    found = spans.span_f1(judged["civil_spans"])
    yield _line("civil_spans", "span character F1", SPANS, found, found >= SPANS)
    for name, (_, still) in hidden.items():
        yield _line("desk_fr, desk_en", f"insults still found, {name}", DISGUISED, still, still >= DISGUISED)


def _line(
    name: str, figure: str, target: float, got: float, met: bool, low: float | None = None, high: float | None = None,
    n: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    rounded = {key: None if value is None else round(value, 4) for key, value in (("low", low), ("high", high))}
    return {"set": name, "figure": figure, "target": target, "got": round(got, 4), **rounded, "n": n, "met": bool(met)}


def _ece(judged: Sequence[Judged], label: str) -> float:
    known = [one for one in judged if one.row.truth(label) is not None and label in one.assessment.scores]
    truth = np.array([bool(one.row.truth(label)) for one in known], dtype=np.bool_)
    return metrics.ece(truth, np.array([one.score(label) for one in known]))


def _reliability(judged: Sequence[Judged]) -> dict[str, list[tuple[int, float, float]]]:
    """By refusing label, (n, said, seen) of each tenth of the score."""
    curves = {}
    for label in slices.REFUSING:
        known = [one for one in judged if one.row.truth(label) is not None and label in one.assessment.scores]
        truth = np.array([bool(one.row.truth(label)) for one in known], dtype=np.bool_)
        points = metrics.reliability(truth, np.array([one.score(label) for one in known]))
        curves[label] = [(n, round(said, 3), round(seen, 3)) for n, said, seen in points]
    return curves


def _disguise(found: tuple[int, float]) -> dict[str, Any]:
    return {"found": found[0], "still": round(found[1], 4)}


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    yield f"Model {figures['model']}\n"
    yield f"{'set':<20}{'figure':<34}{'target':>7}{'got':>8}   95 %"
    for one in figures["targets"]:
        sign = "<=" if one["figure"].startswith("ECE") else ">="
        between = "" if one["low"] is None else f"{one['low']:.3f}-{one['high']:.3f}"
        met = "met" if one["met"] else "MISSED"
        yield f"{one['set']:<20}{one['figure']:<34}{sign}{one['target']:>5.3g}{one['got']:>8.3f}   {between:<13}{met}"
    yield ""
    yield from check_lines(figures["checks"])
    short = sum(kind["right"] < CHECKS for kind in figures["checks"])
    yield f"\n{sum(one['met'] for one in figures['targets'])} of {len(figures['targets'])} targets met; "
    yield f"{short} of {len(figures['checks'])} kinds of functional checks under 70 % (reasons in the model card)"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("./run bench figures", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a target is missed")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
