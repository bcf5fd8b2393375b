"""Reliability curves, drawn as SVG: what was said against what was so, by label and language."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from palabre.engine.types import LABELS

Floats = NDArray[np.float64]
_SIDE, _GAP, _BINS = 150, 30, 8
_COLOURS = {"fr": "#1f5fa8", "en": "#b3541e", "": "#666"}


def draw(
    folder: Path, lines: dict[str, dict[str, tuple[float, float]]], logits: Floats, targets: Floats,
    chosen: list[NDArray[np.bool_]], languages: NDArray[np.str_],
) -> None:  # fmt: skip
    """Write ``reliability.svg`` under ``folder``: one square a label, one line a language, from unseen rows."""
    squares = []
    for number, label in enumerate(label for label in LABELS if label in lines):
        place = LABELS.index(label)
        known = chosen[place] & ~np.isnan(targets[:, place])
        curves = [
            (language, _curve(_said(lines[label], language, logits[mine, place]), targets[mine, place]))
            for language in ("fr", "en")
            if (mine := known & (languages == language)).sum() > 50
        ]
        squares.append(_square(number, label, curves))
    rows = (len(squares) + 4) // 5
    size = f'width="{5 * (_SIDE + _GAP) + _GAP}" height="{rows * (_SIDE + 2 * _GAP) + _GAP}"'
    folder.mkdir(parents=True, exist_ok=True)
    style = "<style>text{font:11px sans-serif;fill:#555}</style>"
    body = "\n".join(squares)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="Reliability">{style}\n{body}\n</svg>\n'
    )
    (folder / "reliability.svg").write_text(svg, encoding="utf-8")


def _said(lines: dict[str, tuple[float, float]], language: str, logits: Floats) -> Floats:
    slope, shift = lines.get(language, lines[""])
    said: Floats = 1 / (1 + np.exp(-(slope * logits + shift)))
    return said


def _curve(said: Floats, so: Floats) -> list[tuple[float, float]]:
    """Mean score and share of positives in bins of equal width that hold at least ten rows."""
    bins = np.minimum((said * _BINS).astype(int), _BINS - 1)
    return [
        (float(said[bins == one].mean()), float(so[bins == one].mean()))
        for one in range(_BINS)
        if (bins == one).sum() >= 10
    ]


def _square(number: int, label: str, curves: list[tuple[str, list[tuple[float, float]]]]) -> str:
    left, top = _GAP + number % 5 * (_SIDE + _GAP), _GAP + number // 5 * (_SIDE + 2 * _GAP)
    parts = [
        f'<rect x="{left}" y="{top}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#aaa"/>',
        f'<path d="M{left} {top + _SIDE}L{left + _SIDE} {top}" stroke="#ccc"/>',
        f'<text x="{left}" y="{top - 6}">{label} ({", ".join(language for language, _ in curves)})</text>',
    ]
    for language, points in curves:
        path = "L".join(f"{left + said * _SIDE:.1f} {top + (1 - so) * _SIDE:.1f}" for said, so in points)
        if path:
            parts.append(f'<path d="M{path}" fill="none" stroke="{_COLOURS[language]}" stroke-width="2"/>')
    return "\n".join(parts)
