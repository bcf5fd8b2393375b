"""Do the marked words match those readers marked? Character F1 (SemEval-2021 task 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from palabre.engine.evaluate import metrics
from palabre.engine.evaluate.rows import Judged, Row

#: Labels whose spans answer "which words are toxic".
TOXIC = ("toxic", "severe", "insult", "attack_author", "attack_commenter", "hate", "threat", "obscene", "sexual")


def span_f1(judged: Sequence[Judged], marks: int = 2) -> float:
    """Mean character F1 over rows with typed spans; a character is true when it was marked at least ``marks`` times.

    Rows without any true character are left out: the set is of toxic comments, an empty truth is a disagreement.
    """
    pairs = [(_said(one), true) for one in judged if (true := true_characters(one.row, marks))]
    return metrics.character_f1([said for said, _ in pairs], [true for _, true in pairs])


def true_characters(row: Row, marks: int = 2) -> set[int]:
    """Characters marked so often, whatever the kind; an exact substring counts as marked by all."""
    seen: Counter[int] = Counter()
    for span in row.spans:
        begin, end, times = _place(span, row.text)
        for at in range(begin, end):
            seen[at] += times
    return {at for at, times in seen.items() if times >= marks}


def _place(span: Any, text: str) -> tuple[int, int, int]:
    if isinstance(span, str):
        begin = text.find(span)
        return (begin, begin + len(span), 99) if begin >= 0 else (0, 0, 0)
    return int(span[0]), int(span[1]), int(span[3])


def _said(one: Judged) -> set[int]:
    found = (span for span in one.assessment.spans if span.label in TOXIC)
    return {at for span in found for at in range(span.begin, span.end)}
