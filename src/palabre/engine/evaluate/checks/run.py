"""Put the cases to the engine and count what it gets right, by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from palabre.engine.evaluate.checks.cases import Case, all_cases
from palabre.engine.evaluate.slices import HOLDING, THRESHOLDS
from palabre.engine.judge import Engine


@dataclass(frozen=True, slots=True)
class KindFigures:
    """One kind in one language: cases, share right, and up to three texts it got wrong."""

    kind: str
    lang: str
    n: int
    right: float
    wrong: tuple[str, ...]


def by_kind(
    engine: Engine, thresholds: Mapping[str, float] = THRESHOLDS, cases: Iterable[Case] | None = None
) -> list[KindFigures]:
    """Every kind, in the order of the files."""
    found: dict[tuple[str, str], list[tuple[Case, bool]]] = {}
    for case in all_cases() if cases is None else cases:
        found.setdefault((case.kind, case.lang), []).append((case, is_right(case, engine, thresholds)))
    return [_figures(kind, lang, results) for (kind, lang), results in found.items()]


def is_right(case: Case, engine: Engine, thresholds: Mapping[str, float] = THRESHOLDS) -> bool:
    """A case to hold is held for one of its labels; a case to publish is held for none.

    The rule on insults listens to ``toxic`` and ``severe`` too: what may be held as an insult may be held by them.
    """
    scores = engine.assess(case.text, case.article, case.parent).scores
    held = {label for label in HOLDING if scores.get(label, 0) >= thresholds[label]}
    wanted = {*case.holds, *(("toxic", "severe") if "insult" in case.holds else ())}
    return bool(held & wanted) if case.holds else not held


def _figures(kind: str, lang: str, results: list[tuple[Case, bool]]) -> KindFigures:
    wrong = tuple(case.text for case, right in results if not right)
    return KindFigures(kind, lang, len(results), 1 - len(wrong) / len(results), wrong[:3])
