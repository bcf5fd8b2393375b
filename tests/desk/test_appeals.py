"""Appeals: an author asks to look again, a person answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from palabre.accounts.models import User
from palabre.discussion import actions
from palabre.discussion.models import Appeal, Comment
from palabre.discussion.states import Status

Write = Callable[..., Comment]


@pytest.fixture
def appeal(held: Write, colleague: User, noon: datetime) -> Appeal:
    comment = held("Je maintiens.")
    actions.refuse(comment, colleague, noon, "off_topic", "Ce n’est pas le sujet.")
    return actions.appeal(comment, "<b>Si</b>, c’est le sujet.", noon)


def test_it_shows_the_comment_the_decision_and_the_authors_words(desk: Client, appeal: Appeal) -> None:
    shown = desk.get("/desk/gazette/appeals/").content.decode()
    assert "Je maintiens." in shown
    assert "Karim refused it (Off topic)" in shown
    assert "Ce n’est pas le sujet." in shown
    assert "&lt;b&gt;Si&lt;/b&gt;" in shown
    assert "your own decision" not in shown


def test_upholding_publishes_at_once(desk: Client, appeal: Appeal, pages: list[int]) -> None:
    desk.post(f"/desk/gazette/appeals/{appeal.pk}/uphold", {"answer": "Vous avez raison."})
    appeal.refresh_from_db()
    assert (appeal.upheld, appeal.answer) == (True, "Vous avez raison.")
    assert Comment.objects.get().status == Status.PUBLISHED
    assert pages == [appeal.comment.thread_id]


def test_dismissing_leaves_the_decision(desk: Client, appeal: Appeal, pages: list[int]) -> None:
    desk.post(f"/desk/gazette/appeals/{appeal.pk}/dismiss", {"answer": "Non."})
    appeal.refresh_from_db()
    assert (appeal.upheld, appeal.answer) == (False, "Non.")
    assert Comment.objects.get().status == Status.REFUSED
    assert pages == []


def test_the_second_answer_changes_nothing(desk: Client, karim: Client, appeal: Appeal) -> None:
    karim.post(f"/desk/gazette/appeals/{appeal.pk}/dismiss")
    answer = desk.post(f"/desk/gazette/appeals/{appeal.pk}/uphold", follow=True)
    assert "Nothing changed" in answer.content.decode()
    assert Comment.objects.get().status == Status.REFUSED


def test_ones_own_decision_is_pointed_out(karim: Client, appeal: Appeal) -> None:
    assert "your own decision" in karim.get("/desk/gazette/appeals/").content.decode()
