"""Snapshots of each test lie in its own folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where the test's snapshots lie."""
    settings.PALABRE_SNAPSHOTS = tmp_path / "snapshots"
    return tmp_path / "snapshots"


@pytest.fixture
def tram(folder: Path) -> Path:
    """The folder of the thread of the cast."""
    return folder / "gazette" / "tram"
