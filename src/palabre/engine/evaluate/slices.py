"""Figures by source, language and label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from palabre.engine.evaluate import metrics
from palabre.engine.evaluate.rows import Judged
from palabre.engine.types import LABELS

#: Labels that refuse a comment; the others describe it. The highest of them decides ``publish``.
REFUSING: tuple[str, ...] = ("attack_author", "attack_commenter", "insult", "hate", "threat", "spam", "off_topic")

#: What makes a comment wait under the default rule book: its rule on insults listens to two wide labels too.
HOLDING: tuple[str, ...] = (*REFUSING, "toxic", "severe")

#: Thresholds of the default rule book, for the engine used alone; a test holds the two together.
THRESHOLDS: Mapping[str, float] = {
    "toxic": 0.5,
    "severe": 0.3,
    "insult": 0.3,
    "attack_author": 0.3,
    "attack_commenter": 0.3,
    "hate": 0.2,
    "threat": 0.2,
    "obscene": 0.5,
    "sexual": 0.5,
    "spam": 0.3,
    "off_topic": 0.3,
}


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of the table. ``good_above`` is the share of comments to publish that score above the threshold."""

    source: str
    lang: str
    label: str
    n: int
    positives: int
    auc: float
    auc_low: float
    auc_high: float
    average_precision: float
    threshold: float
    f1: float
    ece: float
    good_above: float

    def as_dict(self) -> dict[str, Any]:
        """Plain data, NaN as None."""
        return {k: None if isinstance(v, float) and np.isnan(v) else v for k, v in asdict(self).items()}


def table(judged: Sequence[Judged], thresholds: Mapping[str, float] = THRESHOLDS) -> list[Figures]:
    """Every (source, language, label) there is a truth for and the engine judges; ``publish`` where rows say it."""
    found: list[Figures | None] = []
    for source, lang in dict.fromkeys((one.row.source, one.row.lang) for one in judged):
        part = [one for one in judged if (one.row.source, one.row.lang) == (source, lang)]
        found += [of_label(part, label, source, lang, thresholds) for label in LABELS]
        found.append(of_publish(part, source, lang))
    return [line for line in found if line]


def of_label(
    judged: Sequence[Judged], label: str, source: str, lang: str, thresholds: Mapping[str, float] = THRESHOLDS
) -> Figures | None:
    """Figures of one label, None where no row knows it or the engine never judges it."""
    known = [one for one in judged if one.row.truth(label) is not None]
    if not any(label in one.assessment.scores for one in known):
        return None
    truth = np.array([bool(one.row.truth(label)) for one in known])
    score = np.array([one.score(label) for one in known])
    said = np.array([label in one.assessment.scores for one in known])
    good = np.array([bool(one.row.truth("publish")) and not bad for one, bad in zip(known, truth, strict=True)])
    if not any("publish" in one.row.labels for one in known):
        good = ~truth
    line = _line(truth, score, good, thresholds.get(label, 0.5))
    return Figures(source, lang, label, **{**line, "ece": metrics.ece(truth[said], score[said])})


def of_publish(
    judged: Sequence[Judged], source: str, lang: str, labels: Sequence[str] = REFUSING, threshold: float = 0.7
) -> Figures | None:
    """Figures of ``publish`` = 1 - the highest of ``labels``; here ``good_above`` is the share published."""
    known = [one for one in judged if one.row.truth("publish") is not None]
    if not known:
        return None
    truth = np.array([bool(one.row.truth("publish")) for one in known])
    score = np.array([publish(one, labels) for one in known])
    return Figures(source, lang, "publish", **_line(truth, score, truth, threshold))


def publish(one: Judged, labels: Sequence[str] = REFUSING) -> float:
    """How free of reasons to refuse a comment is: 1 - the highest refusing score."""
    return 1 - max(one.score(label) for label in labels)


def _line(truth: metrics.Truth, score: metrics.Scores, good: metrics.Truth, threshold: float) -> dict[str, Any]:
    area = metrics.auc_interval(truth, score)
    return {
        "n": len(truth),
        "positives": int(truth.sum()),
        "auc": area.value,
        "auc_low": area.low,
        "auc_high": area.high,
        "average_precision": metrics.average_precision(truth, score),
        "threshold": threshold,
        "f1": metrics.f1(truth, score, threshold),
        "ece": metrics.ece(truth, score),
        "good_above": metrics.share_above(good, score, threshold),
    }
