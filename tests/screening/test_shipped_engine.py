"""The engine as shipped, without a word about its scores: it is asked, and its file may be missing or cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from palabre import engine
from palabre.discussion.states import Status
from palabre.screening import machine, queries
from palabre.screening.sweep import sweep

SHIPPED = Path(engine.__file__).parent / "data" / "fast.model"


@pytest.fixture(autouse=True)
def _not_loaded_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_loaded", None)


def test_a_comment_is_assessed_by_the_shipped_model(settings, write, noon):
    settings.PALABRE_MODEL = None
    comment = write("Le tram va enfin relier la gare à l’hôpital, quelle bonne nouvelle.")
    assert sweep(noon) == 1
    report = queries.report(comment.current)
    assert report.model == machine.engine_status().version == engine.load().version
    assert report.scores


@pytest.mark.parametrize("kept", [None, 0, 1000])
def test_a_missing_empty_or_truncated_model_holds_everything(settings, tmp_path, write, noon, kept):
    settings.PALABRE_MODEL = tmp_path / "fast.model"
    if kept is not None:
        settings.PALABRE_MODEL.write_bytes(SHIPPED.read_bytes()[:kept])
    comment = write()
    assert sweep(noon) == 1
    comment.refresh_from_db()
    assert comment.status == Status.HELD
    assert not machine.engine_status().ok
    assert str(settings.PALABRE_MODEL) in machine.engine_status().problem
