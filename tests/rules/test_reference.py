"""The reference page says what the code does: every key, reason, label and phase."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from palabre.engine.types import LABELS
from palabre.rules import REASONS, Limits
from palabre.rules.book import BOUNDS
from palabre.rules.phases import PHASES

PAGE = (Path(__file__).parents[2] / "docs/reference/rule-book.md").read_text(encoding="utf-8")


def test_every_reason_stands_in_the_table():
    for reason in REASONS.values():
        cells = [f"`{reason.id}`", reason.words["en"], reason.words["fr"], f"`{reason.ground}`"]
        assert f"| {' | '.join([*cells, f'`{reason.category}`', f'`{reason.keyword}`'])} |" in PAGE


def test_every_limit_stands_there_with_its_bounds_and_default():
    for name, default in asdict(Limits()).items():
        low, high = BOUNDS[name]
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
        assert row.endswith(f"| {low}–{high} | {default} |")


def test_every_label_and_phase_is_named():
    assert all(f"`{label}`" in PAGE for label in LABELS)
    places = [PAGE.index(f"| `{phase.__name__}` |") for phase in PHASES]
    assert places == sorted(places)
