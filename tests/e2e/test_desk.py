"""The desk in a browser: a whole shift with the keyboard alone, without JavaScript, and how it looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from palabre.accounts.models import Site, User
from palabre.base import clock
from palabre.discussion import actions
from palabre.discussion.models import Comment, Thread
from palabre.engine.types import Assessment, Span
from palabre.rules import RuleBook, default_text
from palabre.screening import actions as screening
from palabre.screening.rulebooks import Current
from tests.conftest import PASSWORD
from tests.e2e.conftest import DESKTOP, PHONE

Write = Callable[..., Comment]
Check = Callable[[Page], None]
Picture = Callable[[Page, str], None]

PAGES = {
    "queue": "",
    "waiting": "comments/waiting/",
    "published": "comments/published/",
    "refused": "comments/refused/",
    "appeals": "appeals/",
    "problems": "problems/",
}


def status(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.status


@pytest.fixture
def insulting(write: Write, site: Site) -> Write:
    """A reader writes, and the machine holds it for the word between ``begin`` and ``end``."""

    def screen(text: str, begin: int, end: int, **fields: Any) -> Comment:
        comment = write(text, **fields)
        book = RuleBook.default()
        version = screening.use_rule_book(site, Current(book, default_text()), clock.now())
        spans = (Span(begin, end, "insult", 0.93),)
        assessed = Assessment("fr", {"insult": 0.93, "toxic": 0.61, "off_topic": 0.08}, spans, "fast-2025-11")
        screening.screen(comment, assessed, book, version, clock.now())
        return comment

    return screen


@pytest.fixture
def busy(
    thread: Thread, moderator: User, colleague: User, published: Write, held: Write, insulting: Write, write: Write
) -> Comment:
    """A site in the middle of its day; the comment whose turn it is."""
    now = clock.now()
    actions.describe_thread(
        thread, lead="La ligne 2 ouvre en mars ; les travaux de la place ont pris six mois de retard."
    )
    parent = published("J’attends cette ligne depuis dix ans. Enfin une bonne nouvelle pour le quartier !", name="Luc")
    text = "Il faut vraiment être un abruti pour *attendre* dix ans un tram.\n\nPrenez le vélo, comme tout le monde."
    first = insulting(text, text.index("abruti"), text.index("abruti") + 6, name="Bruno", parent=parent.number)
    actions.claim(held("Et les vélos, on les met où ?", name="Chloé"), colleague, now)
    held("Le maire avait promis mars **de l’an dernier**.", name="Denise")
    write("Personne n’a encore regardé ce commentaire.", name="Émile")
    for number in range(3):
        refused = held(f"Achetez mes montres, offre numéro {number} !", name="Vendeur")
        actions.refuse(refused, moderator if number else colleague, now, "spam", "Pas de réclame ici.")
        actions.appeal(refused, "Ce n’était pas de la réclame, mais un conseil d’ami.", now)
    return first


def sign_in(page: Page, served: str, user: User) -> None:
    page.goto(f"{served}/desk/gazette/")
    page.get_by_label("Adresse électronique").or_(page.get_by_label("E-mail")).fill(user.email)
    page.get_by_label("Mot de passe").or_(page.get_by_label("Password")).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served}/desk/gazette/")


def test_a_whole_shift_with_the_keyboard_alone(
    page: Page, served: str, moderator: User, held: Write, published: Write
) -> None:
    shown = published("Déjà publié.", name="Zoé")
    first, second, third = (held(f"Numéro {number}.", name=name) for number, name in enumerate(("Anne", "Bob", "Carl")))
    sign_in(page, served, moderator)
    said = page.locator("main .message")

    expect(page.locator("#typed")).to_have_text("Numéro 0.")
    page.keyboard.press("p")
    expect(said).to_contain_text("Anne")
    assert status(first) == "published"

    page.keyboard.press("u")
    expect(page.locator("#typed")).to_have_text("Numéro 0.")
    assert status(first) == "held"

    page.keyboard.press("s")
    expect(page.locator("#typed")).to_have_text("Numéro 1.")
    page.keyboard.press("j")
    expect(page.locator("#typed")).to_have_text("Numéro 2.")
    page.keyboard.press("k")
    expect(page.locator("#typed")).to_have_text("Numéro 1.")

    page.keyboard.press("r")
    page.keyboard.press("4")
    expect(page.locator("input[value=insult]")).to_be_checked()
    page.keyboard.press("w")
    page.keyboard.type("Restons polis. purs?")
    page.keyboard.press("Control+Enter")
    expect(said).to_contain_text("Bob")
    assert status(second) == "refused"
    assert second.decisions.get().words == "Restons polis. purs?"

    page.keyboard.press("r")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Carl")
    assert status(third) == "refused"

    page.goto(f"{served}/desk/gazette/comments/published/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.wait_for_url(re.compile(r"/remove\?next="))
    page.keyboard.press("7")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Zoé")
    assert status(shown) == "removed"

    page.goto(f"{served}/desk/gazette/comments/removed/")
    page.keyboard.press("j")
    page.keyboard.press("z")
    expect(said).to_contain_text("Zoé")
    assert status(shown) == "published"

    page.keyboard.press("q")
    page.wait_for_url("**/desk/gazette/")


def test_the_question_mark_shows_the_keys_and_they_rest_while_it_is_open(
    page: Page, served: str, moderator: User, held: Write, accessible: Check
) -> None:
    comment = held()
    sign_in(page, served, moderator)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    accessible(page)
    page.keyboard.press("p")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert status(comment) == "held"


def test_keys_rest_while_one_writes_and_with_the_browsers_own_shortcuts(
    page: Page, served: str, moderator: User, held: Write
) -> None:
    comment = held()
    sign_in(page, served, moderator)
    page.keyboard.press("w")
    page.keyboard.type("pp")
    expect(page.locator("#words")).to_have_value("pp")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+p")
    assert status(comment) == "held"


def test_everything_works_without_javascript(plain_page: Page, served: str, moderator: User, held: Write) -> None:
    first, second = held("Numéro 0.", name="Anne"), held("Numéro 1.", name="Bob")
    sign_in(plain_page, served, moderator)
    plain_page.get_by_role("button", name="Publier").click()
    assert status(first) == "published"
    plain_page.get_by_role("button", name="Annuler").click()
    assert status(first) == "held"
    plain_page.get_by_role("button", name="Passer").click()
    plain_page.get_by_label("Publicité ou pourriel").check()
    plain_page.get_by_role("button", name="Refuser").click()
    assert status(second) == "refused"
    assert not plain_page.get_by_role("button", name="Touches").is_visible()


def test_a_decision_is_on_disk_when_the_next_page_is_there(
    page: Page, served: str, moderator: User, held: Write, tmp_path: Path
) -> None:
    held("À lire tout de suite.")
    sign_in(page, served, moderator)
    page.keyboard.press("p")
    expect(page.locator("main .message")).to_be_visible()
    assert "À lire tout de suite." in (tmp_path / "snapshots" / "gazette" / "tram" / "1.html").read_text()


def test_a_hostile_comment_runs_nothing_at_the_desk(page: Page, served: str, moderator: User, held: Write) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)> [clic](javascript:alert(3))'
    comment = held(evil, name='"><svg onload=alert(4)>')
    sign_in(page, served, moderator)
    page.keyboard.press("v")
    expect(page.locator("#typed")).to_contain_text("<script>")
    for tail in ("comments/waiting/", f"comment/{comment.pk}/"):
        page.goto(f"{served}/desk/gazette/{tail}")
    assert alerts == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1280"])
@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
def test_the_desk_is_fit_to_look_at(
    new_page: Callable[..., Page],
    served: str,
    moderator: User,
    busy: Comment,
    accessible: Check,
    picture: Picture,
    scheme: str,
    size: dict[str, int],
    locale: str,
) -> None:
    page = new_page(viewport=size, color_scheme=scheme, locale=locale)
    look = f"{size['width']}-{scheme}-{locale[:2]}"
    page.goto(f"{served}/accounts/login/")
    accessible(page)
    picture(page, f"desk-login-{look}")
    sign_in(page, served, moderator)
    for name, tail in (PAGES | {"history": f"comment/{busy.pk}/", "reason": f"comment/{busy.pk}/refuse"}).items():
        page.goto(f"{served}/desk/gazette/{tail}")
        accessible(page)
        picture(page, f"desk-{name}-{look}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{name} scrolls sideways"
