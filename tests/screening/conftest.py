"""Screening's own props: a fake engine, and a folder for rule books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from palabre.accounts.models import Site
from palabre.screening import machine
from palabre.screening.fakes import FakeEngine

ASSISTED = """\
verify = "assisted"
[[rules]]
id = "calm"
reason = "insult"
labels = { insult = 0.5 }
title = { fr = "Restez calmes", en = "Stay calm" }
text = { fr = "Pas d’insultes.", en = "No insults." }
"""


@pytest.fixture(autouse=True)
def rules_folder(settings, tmp_path: Path) -> Path:
    settings.PALABRE_RULES = tmp_path / "rules"
    settings.PALABRE_RULES.mkdir()
    return settings.PALABRE_RULES


@pytest.fixture
def engine() -> Iterator[FakeEngine]:
    """An engine that knows one insult, « nigaud », and one word that breaks it."""
    fake = FakeEngine({"nigaud": ("insult", 0.9), "bogue": ("crash", 1.0)})
    with machine.using(fake):
        yield fake


@pytest.fixture
def no_engine() -> Iterator[None]:
    with machine.using(None):
        yield


@pytest.fixture
def rule_file(rules_folder: Path) -> Callable[..., Path]:
    """Write the rule book of a site: ``rule_file(site, text)``."""

    def write(site: Site, text: str | bytes = ASSISTED) -> Path:
        path = rules_folder / f"{site.slug}.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write
