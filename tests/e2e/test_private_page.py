"""The author's private page in a browser: every state reads well, and the forms do what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from palabre.accounts.models import Site, User
from palabre.base import ids
from palabre.discussion import actions
from palabre.discussion.models import Comment, Thread
from tests.conftest import Write
from tests.e2e.conftest import DESKTOP, PHONE, NewPage

Look = Callable[[Page], None]
Picture = Callable[[Page, str], None]


def address(served: str, comment: Comment) -> str:
    assert comment.nonce is not None
    return f"{served}/c/{ids.capability_for(comment.nonce)}/"


@pytest.fixture
def refused(held: Write, moderator: User, noon: datetime) -> Comment:
    comment = held("Vous n’y connaissez *rien*, comme toujours.")
    at = noon + timedelta(minutes=9)
    actions.refuse(comment, moderator, at, "insult", "Visez l’idée, pas la personne.")
    return comment


@pytest.mark.parametrize("width", ["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_refusal_and_its_statement_read_well(
    new_page: NewPage,
    served: str,
    refused: Comment,
    thread: Thread,
    accessible: Look,
    picture: Picture,
    width: str,
    scheme: str,
    language: str,
) -> None:
    actions.describe_thread(thread, language=language)
    page = new_page(viewport=PHONE if width == "phone" else DESKTOP, color_scheme=scheme)
    page.goto(address(served, refused))
    for summary in page.locator("summary").all():
        summary.click()
    expect(page.locator("blockquote").first).to_contain_text("Visez l’idée")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    accessible(page)
    picture(page, f"status-refused-{width}-{scheme}-{language}")


def test_the_author_appeals_without_javascript(plain_page: Page, served: str, refused: Comment, site: Site) -> None:
    page = plain_page
    page.goto(address(served, refused))
    page.get_by_text("Faire un recours contre cette décision").click()
    page.get_by_label("Pourquoi faudrait-il le relire").fill("C’était de l’ironie.")
    page.get_by_role("button", name="Faire un recours").click()
    expect(page.locator("#appealed + blockquote")).to_contain_text("C’était de l’ironie.")
    expect(page.get_by_text("Faire un recours contre cette décision")).to_have_count(0)


def test_the_author_corrects_and_sends_again(page: Page, served: str, refused: Comment) -> None:
    page.goto(address(served, refused))
    page.get_by_text("Le corriger et le renvoyer").click()
    page.locator("#id_text").fill("Je ne suis pas d’accord.")
    page.get_by_role("button", name="Renvoyer").click()
    expect(page.locator("h1")).to_have_text("Votre commentaire attend d’être vérifié")
    expect(page.locator(".palabre-yours")).to_contain_text("Je ne suis pas d’accord.")
