"""Publish, refuse, remove, restore, undo: what each does, who wins, and that readers see it at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client

from palabre.accounts.models import User
from palabre.desk import actions as desk_actions
from palabre.discussion import actions
from palabre.discussion.limits import Limits
from palabre.discussion.models import Comment, Decision
from palabre.discussion.states import Status

Write = Callable[..., Comment]


def act(client: Client, comment: Comment, verb: str, **fields: object) -> str:
    """Press a button; the page that follows."""
    answer = client.post(f"/desk/gazette/comment/{comment.pk}/{verb}", fields, follow=True)
    comment.refresh_from_db()
    return answer.content.decode()


def test_publish_puts_the_comment_on_the_page_at_once(desk: Client, held: Write, tmp_path: Path) -> None:
    comment = held("Lu et approuvé.")
    assert "Published: the comment by Anne." in act(desk, comment, "publish", revision=comment.current_id)
    assert comment.status == Status.PUBLISHED
    assert "Lu et approuvé." in (tmp_path / "gazette" / "tram" / "1.html").read_text()


def test_refuse_keeps_the_reason_and_the_words_and_touches_no_page(desk: Client, held: Write, pages: list[int]) -> None:
    comment = held()
    act(desk, comment, "refuse", reason="insult", words="Restons courtois.", revision=comment.current_id)
    decision = comment.decisions.get()
    assert (comment.status, decision.reason, decision.words) == (Status.REFUSED, "insult", "Restons courtois.")
    assert pages == []


@pytest.mark.parametrize("reason", ["", "ugly"])
def test_without_a_known_reason_nothing_is_refused_and_the_words_are_kept(
    desk: Client, held: Write, reason: str
) -> None:
    comment = held()
    address = f"/desk/gazette/comment/{comment.pk}/refuse"
    answer = desk.post(address, {"reason": reason, "words": "Restons courtois."})
    assert answer.status_code == 400
    assert "Choose a reason." in answer.content.decode()
    assert "Restons courtois." in answer.content.decode()
    comment.refresh_from_db()
    assert comment.status == Status.HELD


def test_remove_asks_for_the_reason_first_and_changes_nothing_by_asking(desk: Client, published: Write) -> None:
    comment = published()
    answer = desk.get(f"/desk/gazette/comment/{comment.pk}/remove?next=/gazette/tram/")
    assert 'name="next" value="/gazette/tram/"' in answer.content.decode()
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_remove_and_restore_are_on_the_page_at_once(desk: Client, published: Write, pages: list[int]) -> None:
    comment = published()
    act(desk, comment, "remove", reason="spam")
    assert comment.status == Status.REMOVED
    act(desk, comment, "restore")
    assert comment.status == Status.PUBLISHED
    assert pages == [comment.thread_id, comment.thread_id]


@pytest.mark.parametrize(
    ("wanted", "going"),
    [
        ("/gazette/tram/#c1", "/gazette/tram/#c1"),
        ("", "/desk/gazette/"),
        ("https://evil.example/", "/desk/gazette/"),
        ("//evil.example/", "/desk/gazette/"),
        ("/\\evil.example", "/desk/gazette/"),
        ("javascript:alert(1)", "/desk/gazette/"),
        ("http:evil.example", "/desk/gazette/"),
    ],
)
def test_after_an_act_only_a_path_of_this_server_is_followed(
    desk: Client, published: Write, wanted: str, going: str
) -> None:
    comment = published()
    answer = desk.post(f"/desk/gazette/comment/{comment.pk}/remove", {"reason": "spam", "next": wanted})
    assert answer.headers["Location"] == going


def test_a_page_that_cannot_be_written_does_not_lose_the_decision(
    desk: Client, held: Write, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(thread_id: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(desk_actions.snapshots, "refresh", full)
    comment = held()
    assert "Published" in act(desk, comment, "publish")
    assert comment.status == Status.PUBLISHED
    assert "could not be written" in caplog.text


def test_while_the_database_is_locked_nothing_changes_and_the_words_are_kept(
    desk: Client, held: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise OperationalError("database is locked")

    comment = held()
    with monkeypatch.context() as patched:
        patched.setattr(actions, "refuse", locked)
        fields = {"reason": "spam", "words": "« Pas de réclame »"}
        answer = desk.post(f"/desk/gazette/comment/{comment.pk}/refuse", fields)
    assert answer.status_code == 503
    assert 'name="words" value="« Pas de réclame »"' in answer.content.decode()
    comment.refresh_from_db()
    assert comment.status == Status.HELD


class TestSomebodyWasFaster:
    """Whoever comes second changes nothing, is told who was first, and goes on."""

    def test_a_colleague_decided(self, desk: Client, karim: Client, held: Write) -> None:
        comment = held()
        act(karim, comment, "refuse", reason="spam")
        assert "Karim was faster" in act(desk, comment, "publish")
        assert comment.status == Status.REFUSED

    def test_a_colleague_has_reserved_it(self, desk: Client, karim: Client, held: Write) -> None:
        comment = held()
        karim.get("/desk/gazette/")
        assert "Karim has reserved this comment" in act(desk, comment, "publish")
        assert comment.status == Status.HELD

    def test_the_author_changed_the_text(self, desk: Client, held: Write) -> None:
        comment = held()
        read = comment.current_id
        actions.correct(comment, "Autre chose.", Limits(), comment.created_at)
        assert "no longer as you saw it" in act(desk, comment, "publish", revision=read)
        assert comment.status == Status.SUBMITTED

    def test_the_author_withdrew_it(self, desk: Client, held: Write, noon: datetime) -> None:
        comment = held()
        actions.withdraw(comment, noon)
        assert "the author has withdrawn this comment" in act(desk, comment, "publish")

    def test_a_double_click_decides_once(self, desk: Client, held: Write) -> None:
        comment = held()
        act(desk, comment, "publish")
        assert "Nothing changed" in act(desk, comment, "publish")
        assert comment.decisions.count() == 1


class TestUndo:
    @staticmethod
    def undo(client: Client) -> str:
        last = Decision.objects.latest("pk")
        return client.post(f"/desk/gazette/undo/{last.pk}", follow=True).content.decode()

    def test_it_takes_the_last_decision_back_and_shows_the_comment(
        self, desk: Client, held: Write, pages: list[int]
    ) -> None:
        held("Un autre, plus ancien.")
        comment = held("Celui-ci.")
        assert "Your last decision: the comment by Anne, published." in act(desk, comment, "publish")
        shown = self.undo(desk)
        assert "Undone: your decision on the comment by Anne." in shown
        assert "Celui-ci." in shown
        comment.refresh_from_db()
        assert comment.status == Status.HELD
        assert pages == [comment.thread_id, comment.thread_id]

    def test_a_removal_undone_is_on_the_page_again(self, desk: Client, published: Write) -> None:
        comment = published()
        act(desk, comment, "remove", reason="other")
        self.undo(desk)
        comment.refresh_from_db()
        assert comment.status == Status.PUBLISHED

    def test_nobody_undoes_a_colleagues_decision(self, desk: Client, karim: Client, held: Write) -> None:
        comment = held()
        act(karim, comment, "publish")
        assert "can no longer be undone" in self.undo(desk)
        comment.refresh_from_db()
        assert comment.status == Status.PUBLISHED

    def test_an_older_page_does_not_undo_a_newer_decision(self, desk: Client, held: Write) -> None:
        first, second = held("Un."), held("Deux.")
        act(desk, first, "publish")
        older = Decision.objects.latest("pk")
        act(desk, second, "publish")
        answer = desk.post(f"/desk/gazette/undo/{older.pk}", follow=True)
        assert "can no longer be undone" in answer.content.decode()
        assert set(Comment.objects.values_list("status", flat=True)) == {Status.PUBLISHED}

    def test_it_is_not_offered_once_the_comment_has_moved_on(self, desk: Client, held: Write, noon: datetime) -> None:
        comment = held()
        act(desk, comment, "publish")
        actions.withdraw(comment, noon)
        assert "Your last decision" not in desk.get("/desk/gazette/").content.decode()


def test_an_overlong_word_to_the_author_is_turned_back_with_what_was_typed(desk: Client, held: Write) -> None:
    comment = held()
    words = "mot " * 700
    answer = desk.post(f"/desk/gazette/comment/{comment.pk}/refuse", {"reason": "spam", "words": words})
    assert answer.status_code == 400
    assert "mot mot" in answer.content.decode()


def test_decisions_need_the_forms_token(moderator: User, held: Write) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)
    comment = held()
    assert strict.post(f"/desk/gazette/comment/{comment.pk}/publish").status_code == 403
    comment.refresh_from_db()
    assert comment.status == Status.HELD
