"""What the desk adds to the moves of a comment: reserve the next one, and show a decision to readers at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from palabre.accounts.models import Site, User
from palabre.desk import queries
from palabre.desk.line import Line
from palabre.discussion import actions as discussion
from palabre.discussion.models import Appeal, Comment, Decision
from palabre.snapshots import sweep as snapshots

log = logging.getLogger(__name__)

Result = TypeVar("Result")


def take(site: Site, moderator: User, line: Line, wanted: Iterable[int], now: datetime) -> Comment | None:
    """Reserve the first of ``wanted`` that is still free and give back whatever else ``moderator`` had reserved.

    None if nothing is left. Two moderators who ask at the same moment get two comments: `discussion.claim` tells.
    """
    for pk in wanted:
        comment = _claimed(site, pk, moderator, now)
        if comment is not None:
            _give_back(line.mine - {pk}, moderator)
            return comment
    return None


def _claimed(site: Site, pk: int, moderator: User, now: datetime) -> Comment | None:
    comment = queries.comment(site, pk)
    try:
        return discussion.claim(comment, moderator, now) if comment else None
    except discussion.Lost:
        return None


def _give_back(pks: Iterable[int], moderator: User) -> None:
    for pk in pks:
        discussion.release(Comment(pk=pk), moderator)


def as_read(comment: Comment, revision: str) -> Comment:
    """``comment`` if ``revision`` (its id, from the page that was read) is still its text; ``Lost`` otherwise."""
    if revision and revision != str(comment.current_id):
        raise discussion.Lost
    return comment


def publish(comment: Comment, moderator: User, now: datetime) -> Decision:
    """Publish a waiting comment, on the page within this call."""
    return _shown(comment, lambda: discussion.publish(comment, moderator, now))


def refuse(comment: Comment, moderator: User, now: datetime, reason: str, words: str) -> Decision:
    """Refuse a waiting comment."""
    return discussion.refuse(comment, moderator, now, reason, words)


def remove(comment: Comment, moderator: User, now: datetime, reason: str, words: str) -> Decision:
    """Take a published comment off the page, within this call."""
    return _shown(comment, lambda: discussion.remove(comment, moderator, now, reason, words))


def restore(comment: Comment, moderator: User, now: datetime) -> Decision:
    """Put a removed comment back on the page, within this call."""
    return _shown(comment, lambda: discussion.restore(comment, moderator, now))


def undo(last: Decision, moderator: User, now: datetime) -> Decision:
    """Take back ``last``; ``Lost`` if it is no longer the moderator's last decision or cannot be taken back."""
    newest = queries.newest_decision(moderator)
    if newest is None or newest.pk != last.pk:
        raise discussion.Lost
    return _shown(last.comment, lambda: discussion.undo(moderator, now))


def uphold(appeal: Appeal, moderator: User, now: datetime, answer: str) -> Appeal:
    """Grant an appeal: the comment is on the page within this call."""
    return _shown(appeal.comment, lambda: discussion.uphold(appeal, moderator, now, answer))


def dismiss(appeal: Appeal, moderator: User, now: datetime, answer: str) -> Appeal:
    """Turn an appeal down."""
    return discussion.dismiss(appeal, moderator, now, answer)


def _shown(comment: Comment, act: Callable[[], Result]) -> Result:
    """Do ``act`` and bring the page up to date. The decision counts even if the page cannot be written now:
    the thread stays ahead of its snapshot, and the worker's next sweep finds that."""
    done = act()
    try:
        snapshots.refresh(comment.thread_id)
    except Exception:  # disk full, no permission, a template that fails: none of it may lose the decision
        log.exception("The page of thread %s could not be written; the next sweep tries again.", comment.thread_id)
    return done
