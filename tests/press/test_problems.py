"""Whoever can mend a broken article file is told of it: at the desk for their site, by doctor for all."""

from __future__ import annotations

from django.test import Client

from palabre.accounts.models import Site
from palabre.base import problems
from palabre.press import library
from tests.press.conftest import Newsroom


def test_the_desk_shows_the_file_the_line_and_the_reason(newsroom: Newsroom, desk: Client) -> None:
    newsroom.write("casse", "---\ntitle: A\nauther: B\ndate: 2025-12-02\n---\nx")
    newsroom.publish()
    html = desk.get("/desk/gazette/problems/").content.decode()
    assert "casse.md" in html
    assert "auther" in html


def test_a_site_sees_its_own_problems_only(newsroom: Newsroom, other_site: Site) -> None:
    newsroom.write("casse", "---\ntitle: A\nauther: B\ndate: 2025-12-02\n---\nx")
    newsroom.sweep()
    assert [found.where for found in problems.of_site("gazette")] == ["casse.md, line 3"]
    assert problems.of_site("herald") == []


def test_doctor_sees_all_of_them(newsroom: Newsroom) -> None:
    path = newsroom.write("casse", "---\ntitle: A\nauther: B\ndate: 2025-12-02\n---\nx")
    newsroom.sweep()
    assert library.problems() == [
        library.Problem(path, 3, "There is no key “auther”; did you mean “author”?"),
    ]
