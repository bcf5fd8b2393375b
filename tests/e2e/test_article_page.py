"""The demonstration’s articles in a real browser: on a phone, in the dark, without script, for everyone."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from palabre.press.demo.load import load_demo
from palabre.press.library import library
from palabre.snapshots.sweep import sweep
from tests.e2e.conftest import DESKTOP, PHONE, NewPage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demo(served: str) -> str:
    """The address of the served demonstration site."""
    load_demo()
    library().look_every = 0
    sweep()
    return f"{served}/demo"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_article_and_its_discussion_are_for_everyone(
    demo: str,
    new_page: NewPage,
    accessible: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    viewport: dict[str, int],
    scheme: str,
) -> None:
    page = new_page(viewport=viewport, color_scheme=scheme)
    for path in ("/tram/", "/bibliotheque-des-objets/", "/"):
        page.goto(demo + path)
        picture(page, f"press{path}{viewport['width']}-{scheme}")
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_page_reaches_its_own_server_only_and_breaks_none_of_its_rules(demo: str, page: Page) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(str(urlsplit(request.url).netloc)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{demo}/tram/")
    expect(page.locator(".palabre-count")).to_have_text("9 commentaires")
    assert set(asked) == {urlsplit(demo).netloc}
    assert [text for text in complaints if "favicon" not in text] == []


def test_without_script_everything_is_there(demo: str, plain_page: Page) -> None:
    plain_page.goto(f"{demo}/tram/")
    expect(plain_page.get_by_text("9 commentaires")).to_be_visible()
    expect(plain_page.get_by_text("mardi 2 décembre 2025", exact=True)).to_be_visible()
    expect(plain_page.locator("form.palabre-form textarea")).to_be_visible()
    plain_page.goto(f"{demo}/tram/?reply=2")
    expect(plain_page.locator("form.palabre-form h3")).to_contain_text("Riverain des Carmes")
