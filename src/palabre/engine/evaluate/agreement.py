"""Of the insults found in clear text, how many are still found in disguise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from palabre.engine.evaluate.obfuscate import DISGUISES, disguised
from palabre.engine.evaluate.rows import Row, judge
from palabre.engine.evaluate.slices import THRESHOLDS
from palabre.engine.judge import Engine

#: Labels that make an insult, whoever it is aimed at.
INSULTING = ("insult", "attack_author", "attack_commenter")


def agreement(
    rows: Sequence[Row], engine: Engine, thresholds: Mapping[str, float] = THRESHOLDS
) -> dict[str, tuple[int, float]]:
    """By disguise: insults found in clear text, and the share of them still held by one of the insulting labels.

    Only rows whose truth is an insult count. The words their spans mark are disguised, or all words without spans.
    """
    insults = [row for row in rows if any(row.truth(label) for label in INSULTING)]
    clear = [one.row for one in judge(insults, engine) if _held(one.assessment.scores, thresholds)]
    return {name: (len(clear), _share(clear, name, engine, thresholds)) for name in DISGUISES}


def hide(row: Row, name: str, seed: int) -> Row:
    """The row with its offending words in disguise, as writers do; the whole text where no words are marked."""
    marked = [span for span in row.spans if isinstance(span, str) and span in row.text]
    text = row.text if marked else disguised(row.text, name, seed)
    for span in marked:
        text = text.replace(span, disguised(span, name, seed))
    return replace(row, text=text, spans=())


def _share(clear: Sequence[Row], name: str, engine: Engine, thresholds: Mapping[str, float]) -> float:
    hidden = [hide(row, name, seed) for seed, row in enumerate(clear)]
    found = [_held(one.assessment.scores, thresholds) for one in judge(hidden, engine)]
    return sum(found) / len(found) if found else float("nan")


def _held(scores: Mapping[str, float], thresholds: Mapping[str, float]) -> bool:
    return any(scores.get(label, 0) >= thresholds[label] for label in INSULTING)
