"""The engine of a process: loaded once, missed in one log line, taken up again when its file is mended."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from palabre import engine as engine_room
from palabre.screening import machine
from palabre.screening.fakes import FakeEngine


class ModelError(Exception):
    """Stands in for the engine's own."""


@pytest.fixture(autouse=True)
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """The paths the engine was loaded from; a file that says ``good`` is a model."""
    asked: list[Path | None] = []

    def load(path: Path | None = None, passes: str = "") -> FakeEngine:
        asked.append(path)
        if path is not None and (not path.exists() or path.read_text() != "good"):
            raise ModelError(f"{path} is no model of Palabre's. Install it again.")
        return FakeEngine()

    monkeypatch.setattr(engine_room, "load", load, raising=False)
    monkeypatch.setattr(engine_room, "ModelError", ModelError, raising=False)
    monkeypatch.setattr(machine, "_loaded", None)
    return asked


def test_the_engine_is_loaded_once(loads, settings):
    settings.PALABRE_MODEL = None
    assert machine.engine_status() == machine.EngineStatus("fake-1")
    assert machine.engine_status().ok
    assert loads == [None]


def test_a_missing_model_is_logged_once_and_told_in_a_sentence(loads, settings, tmp_path, caplog):
    settings.PALABRE_MODEL = tmp_path / "fast.model"
    with caplog.at_level(logging.ERROR):
        first, second = machine.engine_status(), machine.engine_status()
    assert first == second
    assert not first.ok
    assert "Install it again." in first.problem
    assert len(caplog.records) == 1
    assert len(loads) == 1


def test_a_mended_model_is_taken_up_without_a_restart(loads, settings, tmp_path):
    settings.PALABRE_MODEL = tmp_path / "fast.model"
    settings.PALABRE_MODEL.write_text("truncat")
    assert not machine.engine_status().ok
    settings.PALABRE_MODEL.write_text("good")
    assert machine.engine_status().ok


def test_the_fake_tells_words_by_their_place():
    said = FakeEngine({"sot": ("insult", 0.7)}).assess("Un sot, un vrai sot.")
    assert [(span.begin, span.end) for span in said.spans] == [(3, 6), (16, 19)]
    assert said.scores["insult"] == 0.7
