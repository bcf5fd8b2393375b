"""The command as people start it: its own process, its own home."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
Palabre = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def clean_environment(home: Path) -> dict[str, str]:
    """None of our settings but the home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PALABRE_", "DJANGO_"))}
    return kept | {"PALABRE_HOME": str(home), "PYTHONPATH": str(SOURCE)}


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    return clean_environment(home)


@pytest.fixture
def palabre(environment: dict[str, str], tmp_path: Path) -> Palabre:
    """``palabre("init", …)`` runs the command to its end."""

    def run(*arguments: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "palabre.cli.main", *arguments]
        env = environment | settings
        return subprocess.run(command, input=given, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=120)

    return run


@pytest.fixture(scope="session")
def model_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; each test takes a copy."""
    home = tmp_path_factory.mktemp("model") / "home"
    command = [sys.executable, "-m", "palabre.cli.main", "init", "--site", "gazette", "--email", "mona@gazette.example"]
    subprocess.run(command, env=clean_environment(home), stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return home


@pytest.fixture
def installed(model_installation: Path, home: Path) -> Path:
    """An installation with the site ``gazette`` and one moderator."""
    shutil.copytree(model_installation, home)
    return home
