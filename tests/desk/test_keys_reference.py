"""The keys: every one is documented, in the help, and presses something."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils import translation

from palabre import desk
from palabre.desk.keys import KEYS, REASON_KEYS, reason_keys
from palabre.rules.reasons import REASONS

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "desk-keys.md"
ROOM = Path(desk.__file__).parent


def documented(heading: str) -> list[tuple[str, ...]]:
    section = REFERENCE.read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    return [tuple(cell.strip(" `") for cell in row.split("|")[1:-1]) for row in re.findall(r"^\| `.*$", section, re.M)]


def test_the_reference_lists_the_keys_as_the_desk_has_them() -> None:
    with translation.override("en"):
        assert documented("Keys") == [(key.key, key.where, str(key.words)) for key in KEYS]


def test_the_reference_lists_the_reasons_as_the_desk_offers_them() -> None:
    assert documented("Reasons") == [(key, name, REASONS[name].words["en"]) for name, key in reason_keys().items()]


def test_every_reason_has_a_key_of_its_own() -> None:
    assert len(set(REASON_KEYS)) == len(REASON_KEYS) == len(REASONS)


def test_every_key_presses_something() -> None:
    pages = "".join(path.read_text() for path in (ROOM / "templates").rglob("*.html"))
    in_script = {"j", "k", "w", "?"}
    pressed = set(re.findall(r'data-(?:key|open)="(.)"', pages)) | in_script
    assert {key.key for key in KEYS} == pressed
