"""A worker is really killed at the files it writes: readers get complete files, and the next sweep mends the rest."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]

BEGIN = """
import django; django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from palabre.accounts.actions import create_site
from palabre.discussion import actions
from palabre.discussion.models import Thread
from palabre.snapshots.sweep import sweep
noon = datetime(2025, 12, 2, 12, 0, tzinfo=UTC)
def say(text):
    thread = Thread.objects.select_related("site").get()
    actions.import_comment(thread, parent=None, name="Anne", text=text, created_at=noon, now=noon)
"""

SET_UP = """
call_command("migrate", verbosity=0)
actions.open_thread(create_site("gazette", "La Gazette"), "tram", noon)
say("before")
assert sweep() == 1
"""

#: Kills its own process without a chance to tidy up: odd moments with a file half written, even ones with it in place.
KILLED = """
import os, signal
from pathlib import Path
say("after")
written = 0
real = Path.replace
def replace(self, target):
    global written
    written += 1
    if written == MOMENT:
        self.write_bytes(self.read_bytes()[:7])
        os.kill(os.getpid(), signal.SIGKILL)
    moved = real(self, target)
    written += 1
    if written == MOMENT:
        os.kill(os.getpid(), signal.SIGKILL)
    return moved
Path.replace = replace
sweep()
"""

MEND = "print(sweep(), sweep())"


def python(home: Path, code: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "palabre.config.settings",
        "PALABRE_HOME": str(home),
        "PALABRE_SECRET_KEY": "a key for tests only, fifty characters or a few more",
        "PYTHONPATH": str(ROOT / "src"),
    }
    return subprocess.run(
        [sys.executable, "-c", BEGIN + code], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one published comment, to be copied."""
    home = tmp_path_factory.mktemp("begun") / "home"
    home.mkdir()
    done = python(home, SET_UP)
    assert done.returncode == 0, done.stderr
    return home


def complete(folder: Path) -> set[str]:
    """Check that every file a reader may get is whole; which states of the discussion they show."""
    states = set()
    for path in sorted(file for file in folder.rglob("[!.]*") if file.is_file()):
        content = path.read_bytes()
        name = path.name
        if name.endswith(".br"):
            content, name = brotli.decompress(content), name.removesuffix(".br")
        if name.endswith(".gz"):
            content, name = gzip.decompress(content), name.removesuffix(".gz")
        states.add("after" if b"after" in content else "before")
        if name.endswith(".json"):
            json.loads(content)
        elif name.endswith(".atom"):
            etree.fromstring(content)
        else:
            assert content.endswith(b"</section>\n")
    return states


@pytest.mark.parametrize("moment", [1, 2, 5, 6, 9, 12, 17, 18, 19, 24, 29, 30])
def test_a_killed_worker_leaves_complete_files_and_the_next_sweep_mends(
    begun: Path, tmp_path: Path, moment: int
) -> None:
    home = tmp_path / "home"
    shutil.copytree(begun, home)
    killed = python(home, KILLED.replace("MOMENT", str(moment)))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    complete(home / "snapshots")
    mended = python(home, MEND)
    assert mended.stdout.split()[1:] == ["0"], mended.stderr
    shown = (home / "snapshots" / "gazette" / "tram" / "1.html").read_text()
    assert "after" in shown
    assert "before" in shown
    assert complete(home / "snapshots" / "gazette" / "tram") == {"after"}
    assert json.loads((home / "snapshots" / "gazette" / "counts.json").read_text())["counts"] == {"tram": 2}
    assert not list(home.rglob(".new-*"))
