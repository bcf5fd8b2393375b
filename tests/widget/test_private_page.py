"""The author's private page: how the comment stands, and withdraw, correct, appeal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from palabre.accounts.models import User
from palabre.base import clock
from palabre.discussion import actions
from palabre.discussion.models import Comment, Thread
from palabre.discussion.states import Status
from palabre.screening import machine
from palabre.screening.fakes import FakeEngine
from palabre.screening.sweep import sweep as screening_sweep
from tests.conftest import Write
from tests.widget.conftest import GAZETTE, SCRIPT

Capability = Callable[[Comment], str]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, noon: datetime) -> None:
    """The cast writes at noon; the page is opened five minutes later."""
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(minutes=5))


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    moment = clock.now() + by
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def refused(held: Write, moderator: User, noon: datetime) -> Comment:
    return _refuse(held("Un avis **brutal**."), moderator, noon)


def _refuse(comment: Comment, moderator: User, at: datetime) -> Comment:
    actions.refuse(comment, moderator, at, "insult", "Visez l’idée, pas la personne.")
    return comment


def test_a_wrong_capability_is_not_found(reader: Client, thread: Thread) -> None:
    for secret in ("x", "0" * 40, "é", "a b", "%00"):
        answer = reader.get(f"/c/{secret}/", headers={"Accept-Language": "fr"})
        assert answer.status_code == 404
        assert "Cette page n’existe pas" in answer.text
        assert reader.post(f"/c/{secret}/withdraw").status_code == 404


def test_the_page_is_kept_and_passed_on_by_nobody(reader: Client, write: Write, capability: Capability) -> None:
    page = reader.get(f"/c/{capability(write())}/")
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_a_waiting_comment_says_since_when(reader: Client, write: Write, capability: Capability) -> None:
    page = reader.get(f"/c/{capability(write())}/").text
    assert '<html lang="fr">' in page
    assert "attend d’être vérifié" in page
    assert "5\u00a0minutes" in page
    assert "Une personne le lit" in page
    assert "2 décembre 2025 13:00" in page, "in the site's time zone"


def test_the_usual_delay_is_that_of_the_last_week(
    reader: Client, write: Write, published: Write, capability: Capability, noon: datetime
) -> None:
    for number in range(5):
        published(f"Avis {number}", at=noon - timedelta(days=1, minutes=number))
    page = reader.get(f"/c/{capability(write())}/").text
    assert "Ces sept derniers jours" in page


def test_a_published_comment_is_linked(reader: Client, published: Write, capability: Capability) -> None:
    comment = published()
    page = reader.get(f"/c/{capability(comment)}/").text
    assert f'href="{GAZETTE}/tram#c{comment.number}"' in page
    assert "Votre commentaire est publié" in page


def test_the_link_leads_to_the_page_of_the_discussion_the_comment_is_on(
    reader: Client, published: Write, capability: Capability
) -> None:
    for number in range(50):
        published(f"Avis {number}.")
    page = reader.get(f"/c/{capability(published('Sur la deuxième page.'))}/").text
    assert f'href="{GAZETTE}/tram?discussion=2#c51"' in page


def test_a_refused_comment_comes_with_its_statement(reader: Client, refused: Comment, capability: Capability) -> None:
    page = reader.get(f"/c/{capability(refused)}/").text
    assert "Insulte" in page
    assert "Visez l’idée, pas la personne." in page
    assert "Une personne a lu votre commentaire et a décidé." in page, "no program had judged it"
    assert "Un avis <strong>brutal</strong>" in page
    assert "mona@" not in page
    assert "Mona" not in page


def test_the_statement_names_the_rule_and_the_passage_and_the_programs_part(
    reader: Client, write: Write, moderator: User, capability: Capability, noon: datetime
) -> None:
    comment = write("Encore un avis de nigaud, et de <nigaud>.")
    with machine.using(FakeEngine({"nigaud": ("insult", 0.97)})):
        screening_sweep(noon + timedelta(minutes=1))
    comment.refresh_from_db()
    actions.refuse(comment, moderator, noon + timedelta(minutes=3), "insult")
    page = reader.get(f"/c/{capability(comment)}/").text
    assert page.count("<li><q>nigaud</q></li>") == 1
    assert "La règle" in page
    assert "Un programme avait signalé" in page


def test_a_removal_names_its_reason(
    reader: Client, published: Write, moderator: User, capability: Capability, noon: datetime
) -> None:
    comment = published()
    actions.remove(comment, moderator, noon + timedelta(minutes=3), "off_topic")
    page = reader.get(f"/c/{capability(comment)}/").text
    assert "Votre commentaire a été retiré" in page
    assert "Hors sujet" in page


def test_a_script_gets_it_in_short_for_the_sites_pages_only(
    reader: Client, published: Write, capability: Capability
) -> None:
    comment = published()
    for origin, allowed in ((GAZETTE, GAZETTE), ("https://evil.example", None)):
        answer = reader.get(f"/c/{capability(comment)}/", headers={"Origin": origin, **SCRIPT})
        assert answer.json()["state"] == "published"
        assert answer.json()["number"] == comment.number
        assert answer.get("Access-Control-Allow-Origin") == allowed


def test_withdrawing_takes_the_comment_back_for_good(reader: Client, published: Write, capability: Capability) -> None:
    comment = published()
    address = f"/c/{capability(comment)}/"
    # What a browser sends from a page that says "no-referrer".
    answer = reader.post(f"{address}withdraw", headers={"Origin": "null"})
    assert answer.status_code == 303
    comment.refresh_from_db()
    assert comment.status == Status.WITHDRAWN
    page = reader.get(address).text
    assert "Vous avez retiré votre commentaire" in page
    assert "<form" not in page
    assert reader.post(f"{address}withdraw").status_code == 409


def test_a_get_changes_nothing(reader: Client, write: Write, capability: Capability) -> None:
    comment = write()
    for act in ("withdraw", "correct", "appeal"):
        assert reader.get(f"/c/{capability(comment)}/{act}").status_code == 405
    comment.refresh_from_db()
    assert comment.status == Status.SUBMITTED


@pytest.mark.parametrize(("minutes", "status"), [(9, 303), (11, 422)])
def test_a_comment_can_be_corrected_for_a_quarter_of_an_hour(
    reader: Client, write: Write, capability: Capability, monkeypatch: pytest.MonkeyPatch, minutes: int, status: int
) -> None:
    comment = write()
    later(monkeypatch, timedelta(minutes=minutes))
    answer = reader.post(f"/c/{capability(comment)}/correct", {"text": "Un avis relu."})
    assert answer.status_code == status
    comment.refresh_from_db()
    assert comment.current is not None
    assert (comment.current.text == "Un avis relu.") == (status == 303)
    assert status == 303 or "Le temps de corriger" in answer.text


def test_a_refused_comment_can_be_corrected_at_any_time(
    reader: Client, refused: Comment, capability: Capability, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, timedelta(days=30))
    assert reader.post(f"/c/{capability(refused)}/correct", {"text": "Un avis posé."}).status_code == 303
    refused.refresh_from_db()
    assert refused.status == Status.SUBMITTED


@pytest.mark.parametrize(("text", "status"), [("\u200b", 422), ("é" * 5001, 413)])
def test_a_correction_has_the_limits_of_a_comment_and_is_not_lost(
    reader: Client, write: Write, capability: Capability, text: str, status: int
) -> None:
    answer = reader.post(f"/c/{capability(write())}/correct", {"text": text})
    assert answer.status_code == status
    assert text in answer.text
    assert '<details class="palabre-more" open>' in answer.text


def test_a_refusal_can_be_appealed_once(reader: Client, refused: Comment, capability: Capability) -> None:
    address = f"/c/{capability(refused)}/"
    assert reader.post(f"{address}appeal", {"words": "C’était de l’ironie."}).status_code == 303
    page = reader.get(address).text
    assert "C’était de l’ironie." in page
    assert "regardera de nouveau" in page
    assert reader.post(f"{address}appeal", {"words": "Encore."}).status_code == 409


def test_the_outcome_of_an_appeal_is_told(
    reader: Client, refused: Comment, moderator: User, capability: Capability, noon: datetime
) -> None:
    opened = actions.appeal(refused, "Relisez.", noon)
    actions.dismiss(opened, moderator, noon, "Relu : c’est bien une insulte.")
    page = reader.get(f"/c/{capability(refused)}/").text
    assert "la décision reste" in page
    assert "Relu : c’est bien une insulte." in page


def test_a_published_comment_cannot_be_appealed(reader: Client, published: Write, capability: Capability) -> None:
    assert reader.post(f"/c/{capability(published())}/appeal", {"words": "?"}).status_code == 409


def test_a_locked_database_keeps_the_correction(
    reader: Client, write: Write, capability: Capability, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "correct", locked)
    answer = reader.post(f"/c/{capability(write())}/correct", {"text": "Un avis relu."})
    assert answer.status_code == 503
    assert "Un avis relu." in answer.text
