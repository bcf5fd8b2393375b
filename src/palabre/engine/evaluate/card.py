"""The model card: what the engine learnt from, how well it does, where it fails. Made from figures, never by hand.

After Mitchell et al. 2019, "Model Cards for Model Reporting".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

Data = Mapping[str, Any]

ENOUGH = 0.7


def card(figures: Data, trained: Data) -> str:
    """Markdown from ``figures.json`` (what was measured) and ``fast.json`` (what it was trained on)."""
    said = tomllib.loads(files(__package__).joinpath("card.toml").read_text(encoding="utf-8"))
    parts = (
        _opening(figures, said),
        _section("What it is for", said["purpose"]),
        _section("What it was trained on", said["training"], "\n".join(_sources(trained))),
        _section("Figures", said["figures"], "\n".join(_targets(figures["targets"]))),
        _section("What is missed", "\n".join(_missed(figures["targets"], said["missed"]))),
        _section("Functional checks", said["checks"], "\n".join(_checks(figures["checks"]))),
        _section("Kinds under 70 %", "\n".join(_weak(figures["checks"], said["weak"]))),
        _section("Identity words", said["identity"], "\n".join(_groups(figures["groups"]))),
        _section("What it cannot do", "\n".join(said["cannot"])),
        _section("How it fails", "\n".join(said["fails"])),
    )
    return "\n".join(parts)


def weak_kinds(checks: Sequence[Data]) -> list[str]:
    """Kinds under 70 % in a language, in order, each once."""
    return list(dict.fromkeys(one["kind"] for one in checks if one["right"] < ENOUGH))


def _opening(figures: Data, said: Data) -> str:
    return f"# Model card: {figures['model']}\n\n{said['opening'].strip()}\n"


def _section(title: str, *paragraphs: str) -> str:
    body = "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip())
    return f"## {title}\n\n{body or 'Nothing.'}\n"


def _sources(trained: Data) -> Iterator[str]:
    yield from _head("source", "rows", "licence", "weight")
    for one in trained["sources"]:
        yield _cells(one["name"], f"{one['rows']:,}", one["licence"], f"{one['weight']:g}")
    for name, rows in trained.get("synthetic", {}).items():
        yield _cells(name.replace("+", ", "), f"{rows:,}", "made from the rows above or from our own sentences", "")


def _targets(targets: Sequence[Data]) -> Iterator[str]:
    yield from _head("set", "figure", "target", "got", "95 %", "")
    for one in targets:
        between = "" if one["low"] is None else f"{one['low']:.3f}–{one['high']:.3f}"
        sign = "≤" if one["figure"].startswith("ECE") else "≥"
        met = "met" if one["met"] else "**missed**"
        yield _cells(one["set"], one["figure"], f"{sign} {one['target']:g}", f"{one['got']:.3f}", between, met)


def _missed(targets: Sequence[Data], reasons: Data) -> Iterator[str]:
    """A sentence for each figure that was missed."""
    for one in targets:
        if not one["met"]:
            figure = one["figure"].split(" (")[0]
            reason = reasons.get(f"{one['set']} {figure}") or reasons.get(figure) or reasons["other"]
            yield f"- **{one['set']}, {one['figure']}** ({one['got']:.3f} for {one['target']:g}): {reason}"


def _checks(checks: Sequence[Data]) -> Iterator[str]:
    """One line a kind, the languages side by side."""
    languages = list(dict.fromkeys(one["lang"] for one in checks))
    yield from _head("kind", *languages)
    right = {(one["kind"], one["lang"]): one["right"] for one in checks}
    for kind in dict.fromkeys(one["kind"] for one in checks):
        shares = (right.get((kind, lang)) for lang in languages)
        yield _cells(kind.replace("_", " "), *("" if share is None else f"{share:.0%}" for share in shares))


def _weak(checks: Sequence[Data], reasons: Data) -> Iterator[str]:
    for kind in weak_kinds(checks):
        short = [f"{one['lang']} {one['right']:.0%}" for one in checks if one["kind"] == kind and one["right"] < ENOUGH]
        yield f"- **{kind.replace('_', ' ')}** ({', '.join(short)}): {reasons.get(kind, reasons['other'])}"


def _groups(groups: Sequence[Data]) -> Iterator[str]:
    yield from _head("group", "rows", "toxic", "subgroup", "BPSN", "BNSP")
    for one in groups:
        areas = ("–" if one[name] is None else f"{one[name]:.3f}" for name in ("subgroup", "bpsn", "bnsp"))
        yield _cells(one["group"], str(one["n"]), str(one["positives"]), *areas)


def _head(*names: str) -> Iterator[str]:
    yield _cells(*names)
    yield _cells(*("---" for _ in names))


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
