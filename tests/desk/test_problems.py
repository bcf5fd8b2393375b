"""What is broken is shown at the desk, whichever room it is in."""

from __future__ import annotations

import pytest
from django.test import Client

from palabre.base import problems
from palabre.base.problems import Problem


@pytest.fixture(autouse=True)
def _no_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "_sources", {})


def test_a_broken_article_is_listed_with_line_and_cure(desk: Client) -> None:
    problems.register("press", lambda slug: [Problem(f"{slug}/tram.md:3", "<date> is no date", "Write 2025-12-02.")])
    shown = desk.get("/desk/gazette/problems/").content.decode()
    assert "gazette/tram.md:3" in shown
    assert "&lt;date&gt; is no date" in shown
    assert "Write 2025-12-02." in shown


def test_a_room_that_fails_to_tell_hides_no_other(desk: Client) -> None:
    def broken(slug: str) -> list[Problem]:
        raise OSError("the disk is gone")

    problems.register("press", broken)
    problems.register("screening", lambda slug: [Problem("gazette.toml:1", "no rule")])
    shown = desk.get("/desk/gazette/problems/").content.decode()
    assert "the disk is gone" in shown
    assert "gazette.toml:1" in shown


def test_without_problems_it_says_so(desk: Client) -> None:
    assert "Nothing is broken" in desk.get("/desk/gazette/problems/").content.decode()
