"""The history of a comment: every line of the log, every decision, every revision, what the machine said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.test import Client

from palabre.accounts.models import User
from palabre.discussion import actions
from palabre.discussion.limits import Limits
from palabre.discussion.models import Comment

Write = Callable[..., Comment]


def history(client: Client, comment: Comment) -> str:
    return client.get(f"/desk/gazette/comment/{comment.pk}/").content.decode()


def test_it_tells_who_did_what(desk: Client, moderator: User, colleague: User, held: Write, noon: datetime) -> None:
    comment = held()
    actions.publish(comment, colleague, noon)
    actions.remove(comment, moderator, noon, "spam", "C’est une réclame.")
    actions.appeal(comment, "Mais non.", noon)
    shown = history(desk, comment)
    told = ["the author sent it", "the machine held it", "Karim published it", "Mona removed it (Advertising or spam)"]
    for line in [*told, "the author appealed", "C’est une réclame.", "Mais non."]:
        assert line in shown


def test_it_shows_what_the_author_changed(desk: Client, held: Write) -> None:
    comment = held("Le tram <b>rouge</b> est lent.")
    actions.correct(comment, "Le tram vert est lent.", Limits(), comment.created_at)
    shown = history(desk, comment)
    assert "<ins>vert</ins>" in shown
    assert "<del>&lt;b&gt;rouge&lt;/b&gt;</del>" in shown


def test_it_shows_scores_phases_and_versions(desk: Client, screened: Write) -> None:
    shown = history(desk, screened("Quel abruti.", 5, 11))
    assert "a-model" in shown
    assert "Phases" in shown
    assert "93&nbsp;%" in shown


def test_an_undone_decision_stays_in_sight(desk: Client, moderator: User, held: Write, noon: datetime) -> None:
    comment = held()
    actions.refuse(comment, moderator, noon, "spam")
    actions.undo(moderator, noon)
    assert "undone" in history(desk, comment)


def test_the_number_of_queries_is_bounded(
    desk: Client, held: Write, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    comment = held()
    for number in range(5):
        actions.correct(comment, f"Version {number}.", Limits(), comment.created_at)
    with django_assert_max_num_queries(24):  # type: ignore[attr-defined]
        history(desk, comment)
