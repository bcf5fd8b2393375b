"""The browser itself: it opens pages of two origins and reaches nobody else."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e.conftest import ForeignHost


def test_the_browser_opens_a_foreign_page_and_axe_reads_it(
    page: Page, foreign_host: ForeignHost, accessible: Callable[[Page], None]
) -> None:
    foreign_host.pages["/"] = '<!doctype html><html lang="fr"><title>Essai</title><main><h1>Bonjour</h1></main></html>'
    page.goto(foreign_host.origin + "/")
    assert page.title() == "Essai"
    accessible(page)


def test_the_application_answers_the_browser(page: Page, served: str) -> None:
    answer = page.goto(served + "/accounts/login/")
    assert answer is not None
    assert answer.status == 200
