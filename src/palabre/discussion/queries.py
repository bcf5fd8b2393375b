"""Every read of the discussion beyond a primary key."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from palabre.base import ids
from palabre.discussion.models import AuditEntry, Comment, Decision, Revision, Thread
from palabre.discussion.states import Status


def thread(site_slug: str, name: str) -> Thread | None:
    """The thread ``name`` of the site ``site_slug`` with its site."""
    return Thread.objects.select_related("site").filter(site__slug=site_slug, name=name).first()


def by_capability(capability: str) -> Comment | None:
    """The comment whose author holds ``capability``, with its thread, site and current text."""
    rows = Comment.objects.select_related("thread__site", "current", "parent")
    return rows.filter(capability_digest=ids.digest(capability)).first()


def shown(thread: Thread) -> list[Comment]:
    """What the thread's page shows, by number: published comments, and the places of gone ones that were answered."""
    answered = Comment.objects.filter(parent=OuterRef("pk"), status=Status.PUBLISHED)
    gone = Q(status__in=[Status.REMOVED, Status.WITHDRAWN, Status.SUBMITTED, Status.HELD, Status.REFUSED])
    rows = Comment.objects.filter(Q(status=Status.PUBLISHED) | (gone & Exists(answered)), thread=thread)
    found = list(rows.exclude(number=None).select_related("current").order_by("number"))
    return found + _missing_parents(found)


def _missing_parents(found: list[Comment]) -> list[Comment]:
    """Gone comments that only gone-but-shown ones answer: without them a reply would lose its place."""
    known = {comment.pk for comment in found}
    missing = {comment.parent_id for comment in found if comment.parent_id and comment.parent_id not in known}
    extra: list[Comment] = []
    while missing:
        batch = list(Comment.objects.filter(pk__in=missing).exclude(number=None).select_related("current"))
        extra += batch
        known |= missing
        missing = {comment.parent_id for comment in batch if comment.parent_id and comment.parent_id not in known}
    return extra


def published_count(thread: Thread) -> int:
    """How many comments of ``thread`` readers see."""
    return Comment.objects.filter(thread=thread, status=Status.PUBLISHED).count()


def latest_published(site_id: int, limit: int = 50) -> QuerySet[Comment]:
    """The site's newest published comments, newest first."""
    rows = Comment.objects.filter(thread__site_id=site_id, status=Status.PUBLISHED)
    return rows.select_related("thread", "current", "parent").order_by("-published_at")[:limit]


def recent_from(site_id: int, network: str, since: datetime) -> int:
    """How many comments came to the site from ``network`` since ``since``."""
    if not network:
        return 0
    return Comment.objects.filter(
        thread__site_id=site_id, sender__network=network, sender__created_at__gte=since
    ).count()


def said_before(thread: Thread, fingerprint: str, network: str, since: datetime) -> bool:
    """Whether the same words stand in the thread's site already, sent lately from the same network."""
    same = Revision.objects.filter(fingerprint=fingerprint, created_at__gte=since, comment__thread__site=thread.site_id)
    return same.exclude(comment__status=Status.WITHDRAWN).filter(comment__sender__network=network).exists()


def may_correct(comment: Comment, time: timedelta, now: datetime) -> bool:
    """Whether the author may still replace the text: in time after posting, or after a refusal."""
    if comment.status == Status.REFUSED:
        return True
    waiting = comment.status in (Status.SUBMITTED, Status.HELD, Status.PUBLISHED)
    return waiting and now - comment.created_at <= time


def next_position(comment: Comment) -> int:
    """The position of the comment's next revision."""
    return comment.revisions.count() + 1


def last_decision(comment: Comment) -> Decision | None:
    """The decision that put the comment where it is, if a person did."""
    return comment.decisions.filter(undone_at=None).order_by("-id").first()


def audit(comment: Comment) -> QuerySet[AuditEntry]:
    """Every line of the log about ``comment``, oldest first."""
    return AuditEntry.objects.filter(comment=comment).select_related("person")


def usual_delay(site_id: int, since: datetime) -> timedelta | None:
    """The median time from posting to publication since ``since``; None with fewer than five comments."""
    rows = Comment.objects.filter(thread__site_id=site_id, published_at__gte=since, nonce__isnull=False)
    waits = sorted(
        published - created for created, published in rows.values_list("created_at", "published_at")[:1000] if published
    )
    return waits[len(waits) // 2] if len(waits) >= 5 else None
