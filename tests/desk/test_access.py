"""Who may come in: a site's moderators. Strangers see no difference between a site of others and none at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from palabre.accounts.models import User
from palabre.desk.urls import urlpatterns
from palabre.discussion import actions
from palabre.discussion.models import Appeal, AuditEntry, Comment
from tests.desk.conftest import browser

Write = Callable[..., Comment]

READ = {
    "queue": "",
    "comments": "comments/published/",
    "appeals": "appeals/",
    "problems": "problems/",
    "audit": "comment/{held}/",
}
ACT = {
    "publish": "comment/{held}/publish",
    "refuse": "comment/{held}/refuse",
    "remove": "comment/{published}/remove",
    "restore": "comment/{removed}/restore",
    "release": "comment/{held}/release",
    "undo": "undo/{decision}",
    "uphold": "appeals/{appeal}/uphold",
    "dismiss": "appeals/{appeal}/dismiss",
}
FIELDS = {"reason": "spam"}


@pytest.fixture
def address(held: Write, published: Write, moderator: User, noon: datetime) -> Callable[[str], str]:
    """The address of a page or act with something behind it that it is good for."""
    waiting, shown, gone = held(), published("Visible."), published("Parti.")
    refused = held("Refusé.")
    actions.refuse(refused, moderator, noon, "spam")
    appeal = actions.appeal(refused, "Pourquoi ?", noon)
    decision = actions.remove(gone, moderator, noon, "spam")
    known = {
        "held": waiting.pk,
        "published": shown.pk,
        "removed": gone.pk,
        "appeal": appeal.pk,
        "decision": decision.pk,
    }
    return lambda tail: f"/desk/gazette/{tail.format(**known)}"


def test_every_address_of_the_desk_is_tried_here() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*READ, *ACT, "home", "language"}


@pytest.mark.parametrize("name", READ)
def test_pages_open_for_moderators_alone(
    address: Callable[[str], str], moderator: User, stranger: User, client: Client, name: str
) -> None:
    page = address(READ[name])
    assert browser(moderator).get(page).status_code == 200
    assert browser(stranger).get(page).status_code == 404
    assert client.get(page).headers["Location"].startswith("/accounts/login/?next=/desk/gazette/")
    assert browser(moderator).post(page).status_code == 405


@pytest.mark.parametrize("name", ACT)
def test_acts_are_for_moderators_alone(
    address: Callable[[str], str], moderator: User, stranger: User, client: Client, name: str
) -> None:
    button = address(ACT[name])
    before = (AuditEntry.objects.count(), Appeal.objects.filter(decided_at=None).count())
    assert browser(stranger).post(button, FIELDS).status_code == 404
    assert client.post(button, FIELDS).headers["Location"].startswith("/accounts/login/")
    assert (AuditEntry.objects.count(), Appeal.objects.filter(decided_at=None).count()) == before
    assert browser(moderator).post(button, FIELDS).status_code == 302
    assert AuditEntry.objects.count() == before[0] + (0 if name == "release" else 1)


@pytest.mark.parametrize("name", ACT)
def test_looking_at_an_act_does_nothing(address: Callable[[str], str], desk: Client, name: str) -> None:
    button = address(ACT[name])
    before = AuditEntry.objects.count()
    assert desk.get(button).status_code == (200 if name in ("refuse", "remove") else 405)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("name", [name for name, tail in (READ | ACT).items() if "{" in tail and name != "undo"])
def test_a_comment_of_another_site_is_not_reached_through_ones_own(
    address: Callable[[str], str], stranger: User, name: str
) -> None:
    theirs = address((READ | ACT)[name]).replace("/gazette/", "/herald/")
    assert browser(stranger).post(theirs, FIELDS).status_code in (404, 405)
    assert browser(stranger).get(theirs).status_code in (404, 405)


def test_a_site_of_others_and_no_site_at_all_look_the_same(stranger: User, moderator: User) -> None:
    visitor = browser(stranger)
    assert visitor.get("/desk/gazette/").content == visitor.get("/desk/nowhere/").content


@pytest.mark.parametrize("pk", ["0", "9" * 18, "9" * 30])
def test_a_comment_that_is_not_there_is_not_found(desk: Client, pk: str) -> None:
    assert desk.get(f"/desk/gazette/comment/{pk}/").status_code == 404
    assert desk.post(f"/desk/gazette/comment/{pk}/publish").status_code == 404


def test_an_account_without_a_site_learns_what_to_do(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("nobody@gazette.example", "a good long password"))
    assert "You moderate no site yet" in client.get("/desk/").content.decode()


def test_pages_of_the_desk_are_not_kept_by_caches(desk: Client, moderator: User) -> None:
    assert "no-store" in desk.get("/desk/gazette/").headers["Cache-Control"]
