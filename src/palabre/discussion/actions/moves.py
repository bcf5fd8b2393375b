"""How a comment moves: only from the status the caller saw, with one line in the log. Used by the actions alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from palabre.accounts.models import User
from palabre.discussion.models import AuditEntry, Comment, Thread
from palabre.discussion.states import MOVES, Move, Status, allowed, shows

AUTHOR, MODERATOR, MACHINE, IMPORTER = "author", "moderator", "machine", "importer"


class NotAllowed(Exception):  # noqa: N818 - named for what it says
    """This move does not start from this status."""

    def __init__(self, move: Move, status: Status) -> None:
        super().__init__(f"{move} is not possible for a comment that is {status}")
        self.move, self.status = move, status


class Lost(Exception):  # noqa: N818 - named for what it says
    """Somebody else was faster: the comment is no longer as it was seen."""


@transaction.atomic
def move(
    comment: Comment,
    step: Move,
    actor: str,
    now: datetime,
    *,
    person: User | None = None,
    detail: dict[str, Any] | None = None,
    same_revision: bool = False,
    **fields: Any,
) -> Comment:
    """Take ``step`` from the status ``comment`` was loaded with.

    Raises ``NotAllowed`` if no such step exists and ``Lost`` if the row has moved since (or, with
    ``same_revision``, its text has changed). A person's step also fails while someone else holds the claim.
    """
    before = Status(comment.status)
    if not allowed(step, before):
        raise NotAllowed(step, before)
    after = MOVES[step].target
    if after is Status.PUBLISHED:
        fields |= _publication(comment, now)
    rows = Comment.objects.filter(pk=comment.pk, status=before)
    if same_revision:
        rows = rows.filter(current_id=comment.current_id)
    if person is not None:
        rows = rows.filter(Q(claimed_by=None) | Q(claimed_by=person) | Q(claimed_until__lt=now))
    if not rows.update(status=after.value, **fields):
        raise Lost
    record(comment, step, actor, now, before=before, after=after, person=person, detail=detail)
    if shows(before, after):
        touch(comment.thread_id)
    _mirror(comment, status=after.value, **fields)
    return comment


def status_now(comment: Comment) -> Status:
    """Where the comment stands in the database, held there until the caller's transaction ends."""
    return Status(Comment.objects.select_for_update().values_list("status", flat=True).get(pk=comment.pk))


def _publication(comment: Comment, now: datetime) -> dict[str, Any]:
    if comment.number is not None:
        return {}
    return {"number": number_next(comment.thread_id), "published_at": now}


def number_next(thread_id: int) -> int:
    """The thread's next number; the update locks the row, so no two comments get one number."""
    Thread.objects.filter(pk=thread_id).update(last_number=F("last_number") + 1)
    return Thread.objects.values_list("last_number", flat=True).get(pk=thread_id)


def touch(thread_id: int) -> None:
    """The published page of the thread must be written anew."""
    Thread.objects.filter(pk=thread_id).update(revision=F("revision") + 1)


def record(
    comment: Comment,
    step: Move,
    actor: str,
    now: datetime,
    *,
    before: str,
    after: str,
    person: User | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append one line to the log, in the caller's transaction."""
    return AuditEntry.objects.create(
        comment=comment, at=now, move=step, actor=actor, person=person, before=before, after=after, detail=detail or {}
    )


def _mirror(comment: Comment, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(comment, name, value)
