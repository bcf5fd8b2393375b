"""Alone, the engine is measured at the thresholds of the default rule book."""

from __future__ import annotations

from palabre.engine.evaluate.slices import REFUSING, THRESHOLDS
from palabre.rules import RuleBook


def test_the_thresholds_are_those_of_the_default_rule_book() -> None:
    spoken = {label: value for rule in RuleBook.default().rules for label, value in rule.labels.items()}
    assert spoken == dict(THRESHOLDS)


def test_every_refusing_label_has_a_threshold() -> None:
    assert set(REFUSING) <= set(THRESHOLDS)
