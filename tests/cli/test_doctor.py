"""`palabre doctor`: in order, or each failure with its cure."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import Palabre


def test_a_fresh_installation_is_in_order(palabre: Palabre, installed: Path) -> None:
    done = palabre("doctor")
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith("Everything is in order.\n")


@pytest.mark.parametrize(
    ("settings", "failure", "cure"),
    [
        ({"PALABRE_PUBLIC_URL": "https://comments.example"}, "no proxy is trusted", "PALABRE_TRUSTED_PROXIES"),
        ({"PALABRE_TRUSTED_PROXIES": "0.0.0.0/0"}, "trusts everybody", "Name the proxy's own address"),
        ({"PALABRE_MODEL": "/no/such/model"}, "FAIL  model", "PALABRE_MODEL"),
        ({"PALABRE_MAIL_URL": "smtp://127.0.0.1:9"}, "127.0.0.1 does not take it", "PALABRE_MAIL_URL"),
        ({"PALABRE_SNAPSHOTS": "/proc/nowhere"}, "cannot be written", "PALABRE_SNAPSHOTS"),
        ({"PALABRE_DEBUG": "yes"}, "PALABRE_DEBUG is on", "PALABRE_DEBUG=no"),
        ({"PALABRE_SECRET_KEY": "short"}, "the secret key is short", "50 random characters"),
        ({"PALABRE_DATABASE_URL": "sqlite:////no/such/folder/db"}, "cannot be reached", "PALABRE_DATABASE_URL"),
    ],
)
def test_a_failure_comes_with_its_cure(
    palabre: Palabre, installed: Path, settings: dict[str, str], failure: str, cure: str
) -> None:
    done = palabre("doctor", **settings)
    assert done.returncode == 1
    assert failure in done.stdout
    assert any(cure in line for line in done.stdout.splitlines() if line.startswith("      cure: "))


def test_a_secret_others_can_read_is_a_failure(palabre: Palabre, installed: Path) -> None:
    (installed / "secret").chmod(0o644)
    assert "cure: chmod 600 " in palabre("doctor").stdout


def test_a_database_behind_the_code_is_a_failure(palabre: Palabre, installed: Path) -> None:
    with closing(sqlite3.connect(installed / "db.sqlite3")) as database, database:
        database.execute("DELETE FROM django_migrations WHERE app = 'transfer'")
    assert "cure: Run: palabre manage migrate" in palabre("doctor").stdout


def test_a_clock_that_went_back_is_a_failure(palabre: Palabre, installed: Path) -> None:
    export = installed / "export.xml"
    export.write_text(
        '<disqus xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="1"><link>https://a.example/x</link>'
        '</thread><post dsq:id="2"><message>Hello there.</message><createdAt>2020-01-01T00:00:00Z</createdAt>'
        '<thread dsq:id="1"/></post></disqus>'
    )
    assert palabre("import", "disqus", str(export), "--site", "gazette").returncode == 0
    with closing(sqlite3.connect(installed / "db.sqlite3")) as database, database:
        database.execute("DROP TRIGGER IF EXISTS audit_is_append_only_update")
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE discussion_auditentry SET at = '2999-01-01 00:00:00'")
    assert "the clock has gone back" in palabre("doctor").stdout


def test_a_broken_rule_book_is_named_with_its_file(palabre: Palabre, installed: Path) -> None:
    (installed / "rules" / "gazette.toml").write_text("verify = [")
    done = palabre("doctor")
    assert done.returncode == 1
    assert "gazette.toml" in done.stdout
