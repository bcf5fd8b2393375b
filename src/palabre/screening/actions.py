"""Every write of this room: claim what is due, keep what engine and rules say, move the comment by it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from palabre import rules
from palabre.accounts.models import Site
from palabre.base import ids
from palabre.discussion import actions as discussion
from palabre.discussion.models import Comment, Revision
from palabre.engine.types import Assessment as Assessed
from palabre.rules import Context, decide
from palabre.screening import queries
from palabre.screening.models import Assessment, Claim, RuleBookVersion, Verdict
from palabre.screening.rulebooks import Current

#: Longer than any batch takes; a worker that died leaves its comments to the others after that.
LEASE = timedelta(seconds=30)


def claim_due(limit: int, now: datetime) -> str:
    """Take up to ``limit`` due revisions; the token under which ``queries.claimed`` finds them.

    A revision has one claim at most (a unique row), so of two workers one gets it and the other goes on.
    """
    token = ids.new_capability()
    # Also what seems to end too late: the clock was ahead when it was claimed.
    stale = Claim.objects.exclude(until__range=(now, now + LEASE))
    if stale.exists():  # or every look of an idle worker would be a write
        stale.delete()
    rows = queries.due(limit).values_list("current_id", flat=True)
    wanted = [Claim(revision_id=pk, token=token, until=now + LEASE) for pk in rows if pk is not None]
    if wanted:
        Claim.objects.bulk_create(wanted, ignore_conflicts=True)
    return token


def release(token: str) -> None:
    """End the claims of ``token``; what was not screened is due again."""
    Claim.objects.filter(token=token).delete()


@transaction.atomic
def use_rule_book(site: Site, current: Current, now: datetime) -> RuleBookVersion:
    """The stored version of the rule book in force on ``site``, marked as the one in use."""
    last = queries.last_rule_book(site)
    if last is not None and last.hash == current.book.hash:
        return last
    fields = {"text": current.text, "created_at": now, "used_at": now}
    version, new = RuleBookVersion.objects.get_or_create(site=site, hash=current.book.hash, defaults=fields)
    if not new:
        RuleBookVersion.objects.filter(pk=version.pk).update(used_at=now)
    return version


Judged = tuple[Comment, Assessed | None, rules.RuleBook, RuleBookVersion]


@transaction.atomic
def screen_together(judged: list[Judged], now: datetime) -> int:
    """``screen`` for each, in one transaction, each all or nothing by itself; how many were published or held."""
    return sum(screen(*one, now) for one in judged)


def screen(
    comment: Comment, assessed: Assessed | None, book: rules.RuleBook, version: RuleBookVersion, now: datetime
) -> bool:
    """Keep assessment and verdict on ``comment``'s current revision and publish or hold it by them, in one go.

    False if somebody was faster (a moderator, the author): then nothing is kept and nothing moved.
    """
    verdict = decide(assessed, Context(has_parent=comment.parent_id is not None), book)
    try:
        with transaction.atomic():
            row = _keep(_revision(comment), assessed, verdict, version, now)
            _apply(comment, row, verdict, now)
    except (discussion.Lost, discussion.NotAllowed):
        return False
    return True


def screen_again(
    comment: Comment, assessed: Assessed | None, book: rules.RuleBook, version: RuleBookVersion, now: datetime
) -> Verdict:
    """Keep a newer assessment and verdict on a comment that waits; it stays where it is."""
    verdict = decide(assessed, Context(has_parent=comment.parent_id is not None), book)
    with transaction.atomic():
        return _keep(_revision(comment), assessed, verdict, version, now)


def _revision(comment: Comment) -> Revision:
    if comment.current is None:
        raise ValueError(f"comment {comment.pk} has no text")
    return comment.current


def _apply(comment: Comment, row: Verdict, verdict: rules.Verdict, now: datetime) -> None:
    detail: dict[str, Any] = {
        "verdict": row.pk,
        "rules": sorted({spoken.rule for spoken in verdict.spoke}),
        "model": row.assessment.model if row.assessment else "",
        "book": verdict.book,
    }
    move = discussion.publish_by_machine if verdict.outcome == "publish" else discussion.hold
    move(comment, now, detail)


def _keep(
    revision: Revision,
    assessed: Assessed | None,
    verdict: rules.Verdict,
    version: RuleBookVersion,
    now: datetime,
) -> Verdict:
    assessment = _keep_assessment(revision, assessed, now) if assessed else None
    fields = {"outcome": verdict.outcome, "concern": verdict.concern, "content": verdict.as_json(), "created_at": now}
    return Verdict.objects.update_or_create(revision=revision, assessment=assessment, book=version, defaults=fields)[0]


def _keep_assessment(revision: Revision, assessed: Assessed, now: datetime) -> Assessment:
    fields = {
        "language": assessed.language,
        "scores": {label: round(float(score), 4) for label, score in assessed.scores.items()},
        "spans": [asdict(span) for span in assessed.spans],
        "notes": list(assessed.notes),
        "created_at": now,
    }
    return Assessment.objects.get_or_create(revision=revision, model=assessed.model, defaults=fields)[0]
