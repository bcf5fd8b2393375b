"""Decide purely: an assessment, what is known beside the text and a rule book in, a verdict out. No side effect."""

from __future__ import annotations

from palabre.engine.types import Assessment
from palabre.rules.book import Rule, RuleBook
from palabre.rules.phases import PHASES, Case
from palabre.rules.verdict import Context, Spoken, Verdict


def decide(assessment: Assessment | None, context: Context, book: RuleBook) -> Verdict:
    """What ``book`` makes of ``assessment`` (None: no engine could be asked). Publishes or holds, never refuses."""
    spoke = tuple(spoken for rule in book.rules for spoken in _speak(rule, assessment))
    case = Case(assessment, context, book, spoke)
    results = tuple(phase(case) for phase in PHASES)
    held = any(result.outcome == "hold" for result in results)
    return Verdict("hold" if held else "publish", spoke, results, book.hash, _concern(assessment, book))


def _speak(rule: Rule, assessment: Assessment | None) -> list[Spoken]:
    if assessment is None:
        return []
    return [
        _spoken(rule, label, threshold, assessment)
        for label, threshold in rule.labels.items()
        # "not below" rather than "at least": a score that is no number must hold, not pass.
        if label in assessment.scores and not assessment.scores[label] < threshold
    ]


def _spoken(rule: Rule, label: str, threshold: float, assessment: Assessment) -> Spoken:
    spans = tuple(span for span in assessment.spans if span.label == label)
    return Spoken(rule.id, rule.reason, label, _number(assessment.scores[label]), threshold, rule.does, spans)


def _concern(assessment: Assessment | None, book: RuleBook) -> float:
    if assessment is None:
        return 0.0
    labels = {label for rule in book.rules if rule.does == "hold" for label in rule.labels}
    return max((_number(score) for label, score in assessment.scores.items() if label in labels), default=0.0)


def _number(score: float) -> float:
    """JSON knows no ``NaN``; what is no number counts as certain, so that it is looked at first."""
    return min(max(float(score), 0.0), 1.0) if score == score else 1.0
