"""What people at the desk do to comments. Every write here is one moderator's intention."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from palabre.accounts.models import User
from palabre.base.text import clean_text
from palabre.discussion.actions.moves import MODERATOR, Lost, NotAllowed, move, record, status_now
from palabre.discussion.models import Appeal, Comment, Decision
from palabre.discussion.states import UNDO, Move, Status

CLAIM = timedelta(minutes=10)
WORDS_LENGTH = 2000
FREE: dict[str, Any] = {"claimed_by": None, "claimed_until": None}


def claim(comment: Comment, moderator: User, now: datetime) -> Comment:
    """Reserve a waiting comment for ``moderator`` for ten minutes. Raises ``Lost`` if someone else has it."""
    free = Q(claimed_by=None) | Q(claimed_by=moderator) | Q(claimed_until__lt=now)
    waiting = Comment.objects.filter(free, pk=comment.pk, status__in=[Status.HELD, Status.SUBMITTED])
    if not waiting.update(claimed_by=moderator, claimed_until=now + CLAIM):
        raise Lost
    comment.claimed_by, comment.claimed_until = moderator, now + CLAIM
    return comment


def release(comment: Comment, moderator: User) -> None:
    """Give a reserved comment back to the queue."""
    Comment.objects.filter(pk=comment.pk, claimed_by=moderator).update(**FREE)


def publish(comment: Comment, moderator: User, now: datetime) -> Decision:
    """Publish a waiting comment, as it was read: a text changed meanwhile is ``Lost``."""
    return _decide(comment, Move.PUBLISH, moderator, now)


def refuse(comment: Comment, moderator: User, now: datetime, reason: str, words: str = "") -> Decision:
    """Refuse a waiting comment for ``reason``, with words to its author."""
    return _decide(comment, Move.REFUSE, moderator, now, reason, words)


def remove(comment: Comment, moderator: User, now: datetime, reason: str, words: str = "") -> Decision:
    """Take a published comment down for ``reason``, with words to its author."""
    return _decide(comment, Move.REMOVE, moderator, now, reason, words)


def restore(comment: Comment, moderator: User, now: datetime) -> Decision:
    """Put a removed comment back in its place, under its own number."""
    return _decide(comment, Move.RESTORE, moderator, now)


@transaction.atomic
def undo(moderator: User, now: datetime) -> Decision:
    """Take back ``moderator``'s own last decision if the comment is still as it left it.

    Raises ``Lost`` when there is none to undo or someone has acted on the comment since.
    """
    last = Decision.objects.filter(moderator=moderator).select_related("comment").order_by("-id").first()
    if last is None or last.undone_at is not None or Move(last.move) not in UNDO:
        raise Lost
    if Decision.objects.filter(comment=last.comment, id__gt=last.id).exists():
        raise Lost
    if not Decision.objects.filter(pk=last.pk, undone_at=None).update(undone_at=now):
        raise Lost
    _take_back(last, moderator, now)
    last.undone_at = now
    return last


def _take_back(last: Decision, moderator: User, now: datetime) -> None:
    comment = last.comment
    if comment.current_id != last.revision_id:
        raise Lost
    try:
        move(comment, UNDO[Move(last.move)], MODERATOR, now, person=moderator, detail={"undo": last.pk}, **FREE)
    except NotAllowed as error:
        raise Lost from error


@transaction.atomic
def uphold(appeal: Appeal, moderator: User, now: datetime, answer: str = "") -> Appeal:
    """Grant an appeal: the comment is published."""
    _close(appeal, moderator, now, upheld=True, answer=answer)
    _decide(appeal.comment, Move.UPHOLD, moderator, now)
    return appeal


@transaction.atomic
def dismiss(appeal: Appeal, moderator: User, now: datetime, answer: str = "") -> Appeal:
    """Turn an appeal down, with an answer to the author; the decision stands."""
    _close(appeal, moderator, now, upheld=False, answer=answer)
    status = status_now(appeal.comment)
    record(appeal.comment, Move.DISMISS, MODERATOR, now, before=status, after=status, person=moderator)
    return appeal


def _close(appeal: Appeal, moderator: User, now: datetime, *, upheld: bool, answer: str) -> None:
    fields = {"decided_at": now, "upheld": upheld, "moderator": moderator, "answer": clean_text(answer)[:WORDS_LENGTH]}
    if not Appeal.objects.filter(pk=appeal.pk, decided_at=None).update(**fields):
        raise Lost
    for name, value in fields.items():
        setattr(appeal, name, value)


@transaction.atomic
def _decide(
    comment: Comment, step: Move, moderator: User, now: datetime, reason: str = "", words: str = ""
) -> Decision:
    seen = comment.current_id
    if seen is None:
        raise Lost
    detail = {"revision": seen, "reason": reason} if reason else {"revision": seen}
    move(comment, step, MODERATOR, now, person=moderator, detail=detail, same_revision=True, **FREE)
    return Decision.objects.create(
        comment=comment,
        revision_id=seen,
        moderator=moderator,
        move=step.value,
        reason=reason,
        words=clean_text(words)[:WORDS_LENGTH],
        created_at=now,
    )
