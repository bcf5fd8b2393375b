"""A reader under an article: reading, answering in place, and what the page looks like."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from palabre.accounts.models import User
from palabre.base import clock
from palabre.discussion import actions
from palabre.discussion.models import Comment, Thread
from tests.conftest import Write
from tests.e2e.conftest import DESKTOP, PHONE, NewPage

Look = Callable[[Page], None]
Picture = Callable[[Page, str], None]
Pass = Callable[[], None]


@pytest.fixture
def discussion(article: str, published: Write, worker_passes: Pass) -> str:
    """The article with three comments below it, the last an answer to the second."""
    published("Enfin ! Le **7 h 12** est *plein* dès les Tilleuls.", name="Anne")
    second = published("> On ne veut pas revenir.\n\nMoi non plus, mais la rue des Carmes déborde.", name="Zoé")
    published("Un sens unique, et vite. [Le plan](https://plan.example)", name="Marc", parent=second.number)
    worker_passes()
    return article


def no_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", ["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_reads_well_everywhere(
    new_page: NewPage, discussion: str, accessible: Look, picture: Picture, width: str, scheme: str
) -> None:
    page = new_page(viewport=PHONE if width == "phone" else DESKTOP, color_scheme=scheme)
    page.goto(discussion)
    expect(page.locator(".palabre-comment")).to_have_count(3)
    page.locator("#palabre-text").fill("Un avis.")
    no_sideways(page)
    accessible(page)
    picture(page, f"article-{width}-{scheme}")
    page.locator("#c2 > article .palabre-reply").click()
    no_sideways(page)
    accessible(page)
    picture(page, f"article-reply-{width}-{scheme}")


def test_an_answer_is_written_and_sent_in_place(
    page: Page, discussion: str, moderator: User, thread: Thread, worker_passes: Pass, accessible: Look
) -> None:
    page.goto(discussion)
    page.evaluate("window.here = true")
    page.locator("#c2 > article .palabre-reply").click()
    form = page.locator("#c2 form.palabre-form")
    expect(form.locator("h3")).to_have_text("Répondre au nᵒ 2, Zoé")
    expect(form.locator("#palabre-name")).to_be_focused()
    form.locator("#palabre-name").fill("Lou")
    form.locator("#palabre-text").fill("D’accord avec vous.")
    expect(form.locator(".palabre-left")).to_have_text("Caractères restants : 4981")
    form.locator("button[type=submit]:not([name])").click()
    note = page.locator(".palabre-note[role=status]")
    expect(note).to_contain_text("Merci. Votre commentaire est arrivé")
    expect(note).to_be_focused()
    expect(page.locator("#palabre-text")).to_have_value("")
    assert page.evaluate("window.here"), "nothing was reloaded"
    accessible(page)

    comment = Comment.objects.latest("id")
    assert comment.parent is not None
    assert comment.parent.number == 2
    actions.publish(comment, moderator, clock.now())
    worker_passes()
    page.reload()
    expect(page.locator("#c2 #c4")).to_contain_text("D’accord avec vous.")
    page.locator("#c4 .palabre-act").click()
    expect(page.locator("h1")).to_have_text("Votre commentaire est publié")


def test_the_keyboard_goes_to_the_form_and_back(page: Page, discussion: str) -> None:
    page.goto(discussion)
    reply = page.locator("#c1 > article .palabre-reply")
    reply.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#c1 #palabre-name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(reply).to_be_focused()
    expect(page.locator("#c1 form")).to_have_count(0)
    expect(page.locator("#write h3")).to_have_text("Écrire un commentaire")


def test_a_preview_shows_the_text_and_sends_nothing(page: Page, discussion: str) -> None:
    page.goto(discussion)
    page.locator("#palabre-text").fill("Du *calme*. <img src=x onerror=alert(1)>")
    page.locator("button[name=preview]").click()
    shown = page.locator(".palabre-preview")
    expect(shown).to_have_attribute("aria-label", "Aperçu")
    expect(shown.locator("em")).to_have_text("calme")
    expect(shown.locator("img")).to_have_count(0)
    assert Comment.objects.count() == 3


def test_a_broken_line_loses_no_text(page: Page, discussion: str) -> None:
    page.goto(discussion)
    page.route("**/comment", lambda route: route.abort())
    page.locator("#palabre-name").fill("Lou")
    page.locator("#palabre-text").fill("Un long avis.")
    page.locator("button[type=submit]:not([name])").click()
    expect(page.locator(".palabre-problems")).to_contain_text("Il est toujours là")
    expect(page.locator("#palabre-text")).to_have_value("Un long avis.")
    page.reload()
    expect(page.locator("#palabre-text")).to_have_value("Un long avis.")


def test_what_is_wrong_is_said_above_the_form(page: Page, discussion: str, accessible: Look, picture: Picture) -> None:
    page.goto(discussion)
    page.locator("#palabre-email").fill("nulle part")
    page.locator("button[type=submit]:not([name])").click()
    box = page.locator(".palabre-problems")
    expect(box).to_be_focused()
    expect(box.locator("li")).to_have_count(3)
    accessible(page)
    picture(page, "article-problems")


def test_too_long_a_text_is_counted_and_not_cut(page: Page, discussion: str) -> None:
    page.goto(discussion)
    page.locator("#palabre-text").fill("é" * 5003)
    expect(page.locator(".palabre-left")).to_have_text("Caractères restants : -3")
    page.locator("button[type=submit]:not([name])").click()
    expect(page.locator(".palabre-problems")).to_contain_text("trop long")
    assert len(page.locator("#palabre-text").input_value()) == 5003


def test_without_javascript_everything_works_by_pages(
    plain_page: Page, discussion: str, accessible: Look, picture: Picture
) -> None:
    page = plain_page
    page.goto(discussion)
    page.locator("#c2 > article .palabre-reply").click()
    expect(page.locator(".palabre-quoted")).to_contain_text("la rue des Carmes déborde")
    picture(page, "write")
    page.locator("#palabre-name").fill("Lou")
    page.locator("#palabre-text").fill("D’accord *avec vous*.")
    page.locator("button[name=preview]").click()
    expect(page.locator(".palabre-preview em")).to_have_text("avec vous")
    picture(page, "write-preview")
    page.locator("button[type=submit]:not([name])").click()
    expect(page.locator("h1")).to_have_text("Votre commentaire attend d’être vérifié")
    picture(page, "status-waiting")
    page.locator("#withdraw summary").click()
    page.locator("#withdraw button").click()
    expect(page.locator("h1")).to_have_text("Vous avez retiré votre commentaire")
