"""How a comment stands, in words to its author, and what they may do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.discussion import queries as discussion
from palabre.discussion.limits import Limits
from palabre.discussion.models import Appeal, Comment
from palabre.discussion.states import Status
from palabre.snapshots import links
from palabre.snapshots.outline import outline
from palabre.widget import queries
from palabre.widget.statement import Statement, statement_of

LAST_WEEK = timedelta(days=7)
WAITING = (Status.SUBMITTED, Status.HELD)
TURNED_DOWN = (Status.REFUSED, Status.REMOVED)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the private page shows. ``until`` is when correcting ends, None after a refusal (no end)."""

    title: str
    sentences: list[str]
    statement: Statement | None
    appeal: Appeal | None
    may_correct: bool
    may_appeal: bool
    may_withdraw: bool
    until: datetime | None
    link: str


def of(comment: Comment, limits: Limits, now: datetime) -> Standing:
    """How ``comment`` stands at ``now``."""
    turned_down = comment.status in TURNED_DOWN
    appeal = queries.appeal(comment)
    return Standing(
        title=title(comment),
        sentences=_sentences(comment, now),
        statement=statement_of(comment) if turned_down else None,
        appeal=appeal,
        may_correct=discussion.may_correct(comment, limits.correction, now),
        may_appeal=turned_down and appeal is None,
        may_withdraw=comment.status != Status.WITHDRAWN,
        until=None if comment.status == Status.REFUSED else comment.created_at + limits.correction,
        link=permalink(comment),
    )


def title(comment: Comment) -> str:
    """The state of ``comment`` in a few words to its author."""
    return {
        Status.SUBMITTED: _("Your comment is waiting to be verified"),
        Status.HELD: _("Your comment is waiting to be verified"),
        Status.PUBLISHED: _("Your comment is published"),
        Status.REFUSED: _("Your comment was not published"),
        Status.REMOVED: _("Your comment was removed"),
        Status.WITHDRAWN: _("You have withdrawn your comment"),
    }[Status(comment.status)]


def thanks(comment: Comment) -> str:
    """What the form says when it has taken ``comment``."""
    if comment.status in WAITING:
        return _("Thank you. Your comment has arrived; it will appear once it has been verified.")
    return title(comment) + "."


def permalink(comment: Comment) -> str:
    """Where readers see ``comment``; the article alone while they do not; nothing if its page is not known."""
    if comment.status != Status.PUBLISHED or not comment.number or not links.article(comment.thread):
        return links.article(comment.thread)
    pages = outline(discussion.shown(comment.thread)).page_of()
    return links.permalink(comment.thread, comment.number, pages.get(comment.number, 1))


def duration(length: timedelta) -> str:
    """``length`` as people say it: whole minutes, hours or days, never less than a minute."""
    minutes = max(1, round(length.total_seconds() / 60))
    if minutes < 90:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%d hour", "%d hours", hours) % hours
    days = round(hours / 24)
    return ngettext("%d day", "%d days", days) % days


def _sentences(comment: Comment, now: datetime) -> list[str]:
    if comment.status in WAITING:
        waited = _("It has been waiting for %(time)s.") % {"time": duration(now - comment.created_at)}
        return [waited, _usual(comment, now)]
    if comment.status == Status.WITHDRAWN:
        return [_("Readers no longer see it. If it was answered, its place in the discussion stays, without text.")]
    return []


def _usual(comment: Comment, now: datetime) -> str:
    usual = discussion.usual_delay(comment.thread.site_id, now - LAST_WEEK)
    if usual is None:
        return _("A person reads it before it appears.")
    return _("Over the last week, half of the comments appeared within %(time)s.") % {"time": duration(usual)}
