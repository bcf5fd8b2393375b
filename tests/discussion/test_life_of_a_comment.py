"""Every move of a comment, tried in every order: the page, the log and the numbers stay right."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import data, sampled_from

from palabre.accounts.actions import create_moderator, create_site
from palabre.accounts.models import User
from palabre.discussion import actions, queries
from palabre.discussion.actions import Lost, NotAllowed, Submission
from palabre.discussion.limits import Limits, Refused
from palabre.discussion.models import AuditEntry, Comment, Thread
from palabre.discussion.states import MOVES, Move, Status
from tests.conftest import Write

LOOSE = Limits(max_comments=10_000)


class LifeOfComments(RuleBasedStateMachine):
    """Readers and two moderators act in any order; ``seen`` copies make them race."""

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()  # each example is undone as a whole
        self.example.__enter__()
        self.now = datetime(2025, 12, 2, 12, 0, tzinfo=UTC)
        site = create_site("gazette", "La Gazette", url="https://gazette.example", language="fr")
        self.thread = actions.open_thread(site, "tram", self.now)
        self.people = [create_moderator(site, f"m{i}@gazette.example", "a good long password") for i in (1, 2)]
        self.seen: list[Comment] = []
        self.numbers: dict[int, int] = {}
        self.sent = 0
        self.revision = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def tick(self) -> datetime:
        self.now += timedelta(seconds=61)
        return self.now

    def attempt(self, act, *args: object) -> None:  # type: ignore[no-untyped-def]
        before = AuditEntry.objects.count()
        try:
            act(*args)
        except (Lost, NotAllowed, Refused):
            assert AuditEntry.objects.count() == before, "a failed act leaves nothing in the log"

    @rule()
    def submit(self) -> None:
        self.sent += 1
        sent = Submission(name="Anne", text=f"Avis numéro {self.sent}", nonce=f"n{self.sent}")
        self.seen.append(actions.submit(self.thread, sent, LOOSE, self.tick()).comment)

    @rule(pick=data())
    def look(self, pick) -> None:  # type: ignore[no-untyped-def]
        """Somebody opens a comment as it is now; older copies stay around."""
        if self.seen:
            self.seen.append(Comment.objects.get(pk=pick.draw(sampled_from(self.seen)).pk))

    @rule(pick=data())
    def act(self, pick) -> None:  # type: ignore[no-untyped-def]
        if not self.seen:
            return
        comment = pick.draw(sampled_from(self.seen))
        person: User = pick.draw(sampled_from(self.people))
        now = self.tick()
        acts = {
            "hold": (actions.hold, comment, now, {}),
            "pass": (actions.publish_by_machine, comment, now, {}),
            "claim": (actions.claim, comment, person, now),
            "publish": (actions.publish, comment, person, now),
            "refuse": (actions.refuse, comment, person, now, "insult"),
            "remove": (actions.remove, comment, person, now, "insult"),
            "restore": (actions.restore, comment, person, now),
            "undo": (actions.undo, person, now),
            "correct": (actions.correct, comment, f"Corrigé à {now}", LOOSE, now),
            "withdraw": (actions.withdraw, comment, now),
            "appeal": (actions.appeal, comment, "S'il vous plaît", now),
        }
        self.attempt(*acts[pick.draw(sampled_from(sorted(acts)))])

    @invariant()
    def numbers_are_for_ever(self) -> None:
        for pk, number in Comment.objects.exclude(number=None).values_list("pk", "number"):
            assert self.numbers.setdefault(pk, number) == number
        assert len(set(self.numbers.values())) == len(self.numbers)

    @invariant()
    def the_log_tells_the_status(self) -> None:
        for comment in Comment.objects.all():
            entries = list(queries.audit(comment))
            assert entries[-1].after == comment.status
            for entry in entries:
                edge = MOVES.get(Move(entry.move))
                assert edge is None or (entry.before in edge.sources and entry.after == edge.target)
            for earlier, later in itertools.pairwise(entries):
                assert earlier.after == later.before

    @invariant()
    def the_page_is_due_when_it_changes(self) -> None:
        thread = Thread.objects.get(pk=self.thread.pk)
        assert thread.revision >= self.revision
        self.revision = thread.revision

    @invariant()
    def only_the_present_text_is_shown(self) -> None:
        for comment in queries.shown(self.thread):
            assert comment.number is not None
            if comment.status == Status.PUBLISHED:
                assert comment.current == comment.revisions.order_by("-position").first()


@pytest.mark.django_db
def test_whatever_readers_and_moderators_do_page_log_and_numbers_stay_right() -> None:
    run_state_machine_as_test(LifeOfComments, settings=settings(max_examples=25, stateful_step_count=25, deadline=None))


def test_two_moderators_never_both_win(held: Write, moderator: User, colleague: User, noon: datetime) -> None:
    comment = held()
    theirs = Comment.objects.get(pk=comment.pk)
    actions.publish(comment, moderator, noon)
    with pytest.raises(Lost):
        actions.refuse(theirs, colleague, noon, "insult")
    theirs.refresh_from_db()
    assert theirs.status == Status.PUBLISHED


def test_a_claimed_comment_is_nobody_elses(held: Write, moderator: User, colleague: User, noon: datetime) -> None:
    comment = actions.claim(held(), moderator, noon)
    with pytest.raises(Lost):
        actions.claim(Comment.objects.get(pk=comment.pk), colleague, noon)
    with pytest.raises(Lost):
        actions.publish(Comment.objects.get(pk=comment.pk), colleague, noon)
    actions.publish(Comment.objects.get(pk=comment.pk), colleague, noon + timedelta(minutes=11))


def test_a_text_corrected_meanwhile_is_not_decided_unread(held: Write, moderator: User, noon: datetime) -> None:
    comment = held()
    seen = Comment.objects.get(pk=comment.pk)
    actions.correct(comment, "Un autre texte", Limits(), noon)
    with pytest.raises(Lost):
        actions.publish(seen, moderator, noon)


def test_the_same_form_sent_twice_is_one_comment(thread: Thread, noon: datetime) -> None:
    sent = Submission(name="Anne", text="Bonjour à tous", nonce="once")
    first = actions.submit(thread, sent, Limits(), noon)
    second = actions.submit(thread, sent, Limits(), noon)
    assert (second.comment, second.capability, second.repeated) == (first.comment, first.capability, True)
    assert Comment.objects.count() == 1


def test_a_used_form_does_not_take_another_text(thread: Thread, noon: datetime) -> None:
    actions.submit(thread, Submission(name="Anne", text="Bonjour", nonce="once"), Limits(), noon)
    with pytest.raises(Refused, match="used"):
        actions.submit(thread, Submission(name="Anne", text="Autre chose", nonce="once"), Limits(), noon)


def test_a_parent_from_another_thread_or_gone_is_refused(
    published: Write, thread: Thread, site: object, moderator: User, noon: datetime
) -> None:
    parent = published()
    other = actions.open_thread(thread.site, "jardin", noon)
    with pytest.raises(Refused, match="parent_gone"):
        actions.submit(other, Submission(name="B", text="Bien dit", nonce="a", parent=parent.number), Limits(), noon)
    actions.remove(parent, moderator, noon, "insult")
    with pytest.raises(Refused, match="parent_gone"):
        actions.submit(thread, Submission(name="B", text="Bien dit", nonce="b", parent=parent.number), Limits(), noon)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("", "empty"), ("\u200b\u202e \ufeff", "empty"), ("x" * 5001, "too_long")],
)
def test_what_nobody_could_read_is_turned_down(thread: Thread, noon: datetime, text: str, kind: str) -> None:
    with pytest.raises(Refused, match=kind):
        actions.submit(thread, Submission(name="Anne", text=text, nonce="n"), Limits(), noon)


def test_one_network_sends_so_many_in_so_long(thread: Thread, noon: datetime) -> None:
    for i in range(5):
        sent = Submission(name="Anne", text=f"Avis {i}", nonce=f"n{i}", network="192.0.2.0/24")
        actions.submit(thread, sent, Limits(), noon)
    with pytest.raises(Refused, match="too_many"):
        actions.submit(thread, Submission("Anne", "Encore", "n9", network="192.0.2.0/24"), Limits(), noon)
    actions.submit(thread, Submission("Anne", "Encore", "n9", network="198.51.100.0/24"), Limits(), noon)


def test_an_exact_repeat_is_turned_down_whatever_its_spacing(thread: Thread, noon: datetime) -> None:
    actions.submit(thread, Submission("Anne", "Bonjour à tous", "a", network="192.0.2.0/24"), Limits(), noon)
    with pytest.raises(Refused, match="repeat"):
        actions.submit(thread, Submission("Bob", "BONJOUR  à tous\u200b", "b", network="192.0.2.0/24"), Limits(), noon)


def test_a_closed_thread_takes_nothing(thread: Thread, noon: datetime) -> None:
    actions.describe_thread(thread, closes_at=noon)
    with pytest.raises(Refused, match="closed"):
        actions.submit(thread, Submission("Anne", "Trop tard", "a"), Limits(), noon)


def test_the_log_cannot_be_changed_even_in_the_database(held: Write) -> None:
    entry = held().audit.first()
    assert entry is not None
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.update(actor="nobody")


def test_erasing_keeps_the_place_and_nothing_else(published: Write, noon: datetime) -> None:
    comment = published("Mon adresse est ici", name="Anne Martin", email="anne@example.org")
    reply = published("Merci", parent=comment.number)
    actions.erase(comment, noon)
    shown = queries.shown(comment.thread)
    assert [c.pk for c in shown] == [comment.pk, reply.pk]
    assert "Anne" not in str(list(Comment.objects.filter(pk=comment.pk).values()))
    assert list(comment.revisions.values_list("text", "html")) == [("", "")]
