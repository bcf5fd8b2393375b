"""What readers, the machine and importers do to comments. One intention, one transaction, one audit entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from palabre.accounts.models import Site
from palabre.base import ids
from palabre.base.html import SafeHtml, render_comment
from palabre.base.text import RawText, clean_name, clean_text, fingerprint
from palabre.base.turns import writing
from palabre.discussion import queries
from palabre.discussion.actions.moves import AUTHOR, IMPORTER, MACHINE, NotAllowed, move, number_next, record, touch
from palabre.discussion.limits import Limits, Refused, check_text, is_closed
from palabre.discussion.models import Appeal, Comment, Revision, Sender, Thread
from palabre.discussion.states import Move, Status

REPEAT_WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Submission:
    """What a reader sends: decoded, not yet trusted. ``network`` is truncated, ``nonce`` is the form token's."""

    name: str
    text: str
    nonce: str
    email: str = ""
    network: str = ""
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The comment and the capability of its author's private page. ``repeated``: it had been sent before."""

    comment: Comment
    capability: str
    repeated: bool = False


def open_thread(site: Site, name: str, now: datetime, *, url: str = "", title: str = "") -> Thread:
    """The thread ``name`` of ``site``, made if there is none yet."""
    defaults = {"url": url, "title": title[:300], "created_at": now, "language": site.language}
    return Thread.objects.get_or_create(site=site, name=name, defaults=defaults)[0]


def describe_thread(thread: Thread, **fields: Any) -> bool:
    """Bring what is known of the article up to date; True (and a new page) if anything changed."""
    changed = {key: value for key, value in fields.items() if getattr(thread, key) != value}
    if not changed:
        return False
    Thread.objects.filter(pk=thread.pk).update(**changed, revision=F("revision") + 1)
    thread.refresh_from_db()
    return True


def submit(thread: Thread, sent: Submission, limits: Limits, now: datetime) -> Receipt:
    """Take a reader's comment. The same form sent twice is one comment. Raises ``Refused`` for a hard limit."""
    name, text = clean_name(sent.name), clean_text(sent.text)
    earlier = Comment.objects.filter(nonce=sent.nonce).select_related("current").first()
    if earlier is not None:
        return _sent_before(earlier, text, sent.nonce)
    _check(thread, name, text, sent, limits, now)
    parent = _parent(thread, sent.parent)
    try:
        with writing():
            comment = _create(thread, parent, name, text, sent, now)
    except IntegrityError:  # the other half of a double click was faster
        return _sent_before(Comment.objects.get(nonce=sent.nonce), text, sent.nonce)
    return Receipt(comment, ids.capability_for(sent.nonce))


def _sent_before(comment: Comment, text: RawText, nonce: str) -> Receipt:
    if comment.current is None or comment.current.fingerprint != ids.digest(fingerprint(text)):
        raise Refused("used")
    return Receipt(comment, ids.capability_for(nonce), repeated=True)


def _check(thread: Thread, name: str, text: RawText, sent: Submission, limits: Limits, now: datetime) -> None:
    if is_closed(thread.closed, thread.closes_at, now):
        raise Refused("closed")
    if not name:
        raise Refused("nameless")
    check_text(text, limits)
    if queries.recent_from(thread.site_id, sent.network, now - limits.window) >= limits.max_comments:
        raise Refused("too_many")
    if queries.said_before(thread, ids.digest(fingerprint(text)), sent.network, now - REPEAT_WINDOW):
        raise Refused("repeat")


def _parent(thread: Thread, number: int | None) -> Comment | None:
    if number is None:
        return None
    parent = Comment.objects.filter(thread=thread, number=number, status=Status.PUBLISHED).first()
    if parent is None:
        raise Refused("parent_gone")
    return parent


def _create(
    thread: Thread, parent: Comment | None, name: str, text: RawText, sent: Submission, now: datetime
) -> Comment:
    comment = Comment.objects.create(
        thread=thread,
        parent=parent,
        name=name,
        email=sent.email,
        language=thread.language,
        created_at=now,
        nonce=sent.nonce,
        capability_digest=ids.digest(ids.capability_for(sent.nonce)),
    )
    _revise(comment, text, render_comment(text), now, position=1)
    if sent.network:
        Sender.objects.create(comment=comment, network=sent.network, created_at=now)
    record(comment, Move.SUBMIT, AUTHOR, now, before="", after=Status.SUBMITTED)
    return comment


def _revise(comment: Comment, text: RawText, html: SafeHtml, now: datetime, position: int) -> Revision:
    revision = Revision.objects.create(
        comment=comment,
        position=position,
        text=text,
        html=html,
        fingerprint=ids.digest(fingerprint(text)),
        created_at=now,
    )
    Comment.objects.filter(pk=comment.pk).update(current=revision)
    comment.current = revision
    return revision


@transaction.atomic
def correct(comment: Comment, text: str, limits: Limits, now: datetime) -> Comment:
    """Replace the text within the correction time or after a refusal; the comment is verified anew."""
    cleaned = clean_text(text)
    check_text(cleaned, limits)
    if not queries.may_correct(comment, limits.correction, now):
        raise NotAllowed(Move.CORRECT, Status(comment.status))
    move(comment, Move.CORRECT, AUTHOR, now, claimed_by=None, claimed_until=None)
    _revise(comment, cleaned, render_comment(cleaned), now, position=queries.next_position(comment))
    return comment


def withdraw(comment: Comment, now: datetime) -> Comment:
    """The author takes the comment back; its place in the thread stays if it was answered."""
    return move(comment, Move.WITHDRAW, AUTHOR, now)


def hold(comment: Comment, now: datetime, detail: dict[str, Any]) -> Comment:
    """The machine leaves the comment to a person; ``detail`` says why (rules that spoke, versions)."""
    return move(comment, Move.HOLD, MACHINE, now, detail=detail, same_revision=True)


def publish_by_machine(comment: Comment, now: datetime, detail: dict[str, Any]) -> Comment:
    """The machine publishes what is clearly fine, where the rule book lets it."""
    return move(comment, Move.PASS, MACHINE, now, detail=detail, same_revision=True)


@transaction.atomic
def appeal(comment: Comment, words: str, now: datetime) -> Appeal:
    """The author of a refused or removed comment asks a person to look again, once at a time."""
    if comment.status not in (Status.REFUSED, Status.REMOVED):
        raise NotAllowed(Move.APPEAL, Status(comment.status))
    if Appeal.objects.filter(comment=comment).exists():
        raise NotAllowed(Move.APPEAL, Status(comment.status))
    opened = Appeal.objects.create(comment=comment, words=clean_text(words)[:2000], created_at=now)
    record(comment, Move.APPEAL, AUTHOR, now, before=comment.status, after=comment.status)
    return opened


@transaction.atomic
def erase(comment: Comment, now: datetime) -> Comment:
    """Blank text, name and address of a comment, and keep its place in the thread (GDPR article 17)."""
    if comment.status != Status.WITHDRAWN:
        withdraw(comment, now)
    Comment.objects.filter(pk=comment.pk).update(name="–", email="", capability_digest=None)
    Revision.objects.filter(comment=comment).update(text="", html="", fingerprint="")
    comment.decisions.update(words="")
    comment.appeals.update(words="", answer="")
    Sender.objects.filter(comment=comment).delete()
    record(comment, Move.ERASE, AUTHOR, now, before=Status.WITHDRAWN, after=Status.WITHDRAWN)
    touch(comment.thread_id)
    comment.refresh_from_db()
    return comment


@transaction.atomic
def import_comment(
    thread: Thread,
    *,
    parent: Comment | None,
    name: str,
    text: str,
    created_at: datetime,
    now: datetime,
    status: Status = Status.PUBLISHED,
    email: str = "",
    html: SafeHtml | None = None,
    detail: dict[str, Any] | None = None,
) -> Comment:
    """Bring in a comment another system had, in the state it had there, with its own date."""
    cleaned = clean_text(text)
    public = status in (Status.PUBLISHED, Status.REMOVED)
    comment = Comment.objects.create(
        thread=thread,
        parent=parent,
        name=clean_name(name) or "–",
        email=email,
        language=thread.language,
        created_at=created_at,
        status=status.value,
        number=number_next(thread.pk) if public else None,
        published_at=created_at if public else None,
    )
    _revise(comment, cleaned, render_comment(cleaned) if html is None else html, created_at, position=1)
    record(comment, Move.IMPORT, IMPORTER, now, before="", after=status, detail=detail)
    if public:
        touch(thread.pk)
    return comment
