"""A setting is documented, read as said, and a wrong one stops the start with a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from palabre.config.env import SETTINGS, read_all

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"


def test_every_setting_is_in_the_reference_and_nothing_else() -> None:
    rows = dict(re.findall(r"^\| `PALABRE_(\w+)` \| (.*) \|$", REFERENCE.read_text(), re.MULTILINE))
    said = {name: cells.split(" | ") for name, cells in rows.items()}
    assert {name: (cells[0], cells[1]) for name, cells in said.items()} == {
        setting.name: (f"`{setting.default}`" if setting.default else "", setting.doc) for setting in SETTINGS
    }
    assert {name for name, cells in said.items() if cells[2] == "yes"} == {s.name for s in SETTINGS if s.secret}


def test_defaults_alone_can_be_read() -> None:
    assert read_all({})["DEBUG"] is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("PUBLIC_URL", "comments.example.org"),
        ("DATABASE_URL", "mysql://x/y"),
        ("TRUSTED_PROXIES", "not-a-network"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("LANGUAGE", "klingon"),
        ("PASSES", "slow"),
        ("SENDER_DAYS", "0"),
        ("SENDER_DAYS", "soon"),
        ("MAIL_URL", "gopher://x"),
        ("SECRET_KEY_FILE", "/no/such/file"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PALABRE_" + name.removesuffix("_FILE")):
        read_all({f"PALABRE_{name}": value})


def test_a_misspelt_setting_is_not_passed_over() -> None:
    with pytest.raises(ImproperlyConfigured, match="PALABRE_PUBLIC_ULR"):
        read_all({"PALABRE_PUBLIC_ULR": "https://a.example"})


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("very secret\n")
    assert read_all({"PALABRE_SECRET_KEY_FILE": str(key)})["SECRET_KEY"] == "very secret"


def test_databases_are_read_from_their_address() -> None:
    sqlite = read_all({"PALABRE_DATABASE_URL": "sqlite:///srv/p.sqlite3"})["DATABASE_URL"]
    assert (sqlite["NAME"], sqlite["OPTIONS"]["transaction_mode"]) == ("/srv/p.sqlite3", "IMMEDIATE")
    postgres = read_all({"PALABRE_DATABASE_URL": "postgres://u:p%40ss@db:5433/palabre"})["DATABASE_URL"]
    assert (postgres["PASSWORD"], postgres["PORT"], postgres["NAME"]) == ("p@ss", "5433", "palabre")
