"""The model card says what the committed figures and the committed model say."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import palabre.engine
from palabre.engine.evaluate.card import card, weak_kinds
from palabre.engine.evaluate.checks.cases import all_cases

ROOT = Path(__file__).resolve().parents[2]
RERUN = "run ./run bench figures and commit what it writes"


def committed(path: str) -> dict[str, Any]:
    if not (ROOT / path).exists():
        pytest.skip(f"{path} is not there yet: {RERUN}")
    found: dict[str, Any] = json.loads((ROOT / path).read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return committed("docs/reference/figures.json")


@pytest.fixture(scope="module")
def trained() -> dict[str, Any]:
    return committed("src/palabre/engine/data/fast.json")


def test_the_card_is_the_one_made_from_the_figures(figures: dict[str, Any], trained: dict[str, Any]) -> None:
    written = (ROOT / "docs/reference/model-card.md").read_text(encoding="utf-8")
    assert written == card(figures, trained), RERUN


def test_the_figures_are_those_of_the_committed_model(figures: dict[str, Any], trained: dict[str, Any]) -> None:
    assert figures["model"] == trained["version"] == palabre.engine.load().version, RERUN


def test_every_weak_kind_has_a_written_reason(figures: dict[str, Any]) -> None:
    said = tomllib.loads(files("palabre.engine.evaluate").joinpath("card.toml").read_text(encoding="utf-8"))
    assert set(weak_kinds(figures["checks"])) <= set(said["weak"])


def test_reasons_are_given_for_kinds_that_exist() -> None:
    said = tomllib.loads(files("palabre.engine.evaluate").joinpath("card.toml").read_text(encoding="utf-8"))
    assert set(said["weak"]) - {"other"} <= {case.kind for case in all_cases()}
