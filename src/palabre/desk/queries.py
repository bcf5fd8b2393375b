"""Every read of the desk beyond a primary key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When

from palabre.accounts.models import Site, User
from palabre.desk.diffs import Change, changes
from palabre.desk.line import Line
from palabre.discussion import queries as discussion
from palabre.discussion.models import Appeal, Comment, Decision, Revision
from palabre.discussion.states import UNDO, Move, Status
from palabre.screening.queries import Report, report

#: A comment the machine has not looked at for this long goes to people as it is.
UNASSESSED_AFTER = timedelta(minutes=1)
#: How far back the audit page goes into the revisions of one comment.
REVISIONS_SHOWN = 20

#: The desk's lists by the word in their address.
LISTS: dict[str, Status] = {
    "waiting": Status.HELD,
    "published": Status.PUBLISHED,
    "removed": Status.REMOVED,
    "refused": Status.REFUSED,
}


def queue(site: Site, now: datetime) -> QuerySet[Comment]:
    """What waits for a person on ``site``, in the order in which it is decided: held comments oldest first, then
    those no machine has assessed within ``UNASSESSED_AFTER``, oldest first (it may still do so, so they come last).
    """
    overdue = Q(status=Status.SUBMITTED, current__created_at__lt=now - UNASSESSED_AFTER)
    rows = Comment.objects.filter(Q(status=Status.HELD) | overdue, thread__site=site, current__isnull=False)
    late = Case(When(status=Status.SUBMITTED, then=Value(1)), default=Value(0), output_field=IntegerField())
    return rows.annotate(late=late).order_by("late", "created_at", "pk")


def line(site: Site, moderator: User, now: datetime) -> Line:
    """The queue as ``moderator`` sees it: ids only, in one query."""
    rows = list(queue(site, now).values_list("pk", "claimed_by_id", "claimed_until"))
    claims = {pk: person for pk, person, until in rows if person and until and until >= now}
    return Line(
        order=tuple(pk for pk, _, _ in rows),
        taken=frozenset(pk for pk, person in claims.items() if person != moderator.pk),
        mine=frozenset(pk for pk, person in claims.items() if person == moderator.pk),
    )


def others_at_work(site: Site, moderator: User, now: datetime) -> QuerySet[Comment]:
    """Comments of ``site`` that other moderators have reserved just now."""
    rows = queue(site, now).filter(claimed_until__gte=now).exclude(claimed_by=moderator)
    return rows.select_related("claimed_by", "thread")[:20]


def comment(site: Site, pk: int) -> Comment | None:
    """A comment of ``site`` with all that a decision on it looks at."""
    rows = Comment.objects.select_related("thread__site", "current", "parent__current", "claimed_by")
    return rows.filter(thread__site=site, pk=pk).first()


def listed(site: Site, name: str, now: datetime) -> QuerySet[Comment]:
    """The list ``name`` of ``LISTS``: the waiting ones as the queue has them, the others newest first."""
    if name == "waiting":
        rows = queue(site, now)
    else:
        rows = Comment.objects.filter(thread__site=site, status=LISTS[name], current__isnull=False)
        rows = rows.order_by("-published_at", "-pk") if name == "published" else rows.order_by("-pk")
    decisions = Decision.objects.filter(undone_at=None).select_related("moderator").order_by("-id")
    rows = rows.select_related("thread__site", "current", "parent", "claimed_by")
    return rows.prefetch_related(Prefetch("decisions", decisions, to_attr="standing"))


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers beside the names of the desk's pages."""

    waiting: int
    appeals: int


def counts(site: Site, now: datetime) -> Counts:
    """How much waits for a person on ``site``."""
    return Counts(queue(site, now).count(), appeals(site).count())


def waiting_by_site(sites: QuerySet[Site]) -> QuerySet[Site]:
    """``sites`` with ``waiting``: how many held comments each has."""
    held = Count("threads__comments", filter=Q(threads__comments__status=Status.HELD))
    return sites.annotate(waiting=held)


def appeals(site: Site) -> QuerySet[Appeal]:
    """Open appeals of ``site``, oldest first."""
    rows = Appeal.objects.filter(comment__thread__site=site, decided_at=None)
    related = ("comment__thread__site", "comment__current", "comment__parent")
    decisions = Decision.objects.filter(undone_at=None).select_related("moderator").order_by("-id")
    rows = rows.select_related(*related).prefetch_related(Prefetch("comment__decisions", decisions, to_attr="standing"))
    return rows.order_by("created_at", "pk")


def appeal(site: Site, pk: int) -> Appeal | None:
    """An appeal of ``site``, open or not."""
    return Appeal.objects.select_related("comment").filter(comment__thread__site=site, pk=pk).first()


def newest_decision(moderator: User) -> Decision | None:
    """The last thing ``moderator`` decided anywhere, undone or not."""
    rows = Decision.objects.filter(moderator=moderator).select_related("comment__thread")
    return rows.order_by("-id").first()


def undoable(site: Site, moderator: User) -> Decision | None:
    """``moderator``'s last decision if it was on ``site``, stands, and can be taken back."""
    last = newest_decision(moderator)
    if last is None or last.undone_at is not None or Move(last.move) not in UNDO:
        return None
    if last.comment.thread.site_id != site.pk or last.comment.status != MOVED_TO[Move(last.move)]:
        return None
    return last


MOVED_TO = {
    Move.PUBLISH: Status.PUBLISHED,
    Move.REFUSE: Status.REFUSED,
    Move.REMOVE: Status.REMOVED,
    Move.RESTORE: Status.PUBLISHED,
}


@dataclass(frozen=True, slots=True)
class Version:
    """A revision with what changed since the one before and what the machine says of it."""

    revision: Revision
    changes: list[Change]
    report: Report | None


def versions(comment: Comment) -> list[Version]:
    """The latest revisions of ``comment``, newest first."""
    rows = list(comment.revisions.order_by("-position")[: REVISIONS_SHOWN + 1])
    pairs = zip(rows, [*rows[1:], None], strict=True)
    shown = [Version(row, _changes(before, row), report(row)) for row, before in pairs]
    return shown[:REVISIONS_SHOWN]


def _changes(before: Revision | None, after: Revision) -> list[Change]:
    return changes(before.text, after.text) if before else [Change("kept", after.text)]


def decisions(comment: Comment) -> QuerySet[Decision]:
    """Every decision on ``comment``, oldest first, undone ones too."""
    return comment.decisions.select_related("moderator", "revision").order_by("pk")


def appeals_of(comment: Comment) -> QuerySet[Appeal]:
    """Every appeal about ``comment``, oldest first."""
    return comment.appeals.select_related("moderator").order_by("pk")


last_decision = discussion.last_decision
audit = discussion.audit
