"""The acts of a moderator: each is a POST, goes on to the next page, and says in words what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.accounts.models import Site, User
from palabre.base import clock
from palabre.desk import actions, queries
from palabre.desk.forms import ReasonForm
from palabre.desk.views.doors import access_comment, going_on, of_site, page, person
from palabre.desk.views.queue import looked_at
from palabre.discussion import actions as discussion
from palabre.discussion.models import Comment, Decision
from palabre.discussion.states import Move, Status

Refusal = Callable[[Comment, User, datetime, str, str], Decision]


@of_site
@require_POST
def publish(request: HttpRequest, site: Site, pk: int) -> HttpResponse:
    """Publish a waiting comment."""
    comment = access_comment(site, pk)
    _try(
        request,
        comment,
        lambda: actions.publish(_read(request, comment), person(request), clock.now()),
        _("Published: the comment by %s."),
    )
    return redirect(going_on(request, site))


@of_site
@require_POST
def restore(request: HttpRequest, site: Site, pk: int) -> HttpResponse:
    """Put a removed comment back."""
    comment = access_comment(site, pk)
    _try(
        request,
        comment,
        lambda: actions.restore(_read(request, comment), person(request), clock.now()),
        _("Restored: the comment by %s."),
    )
    return redirect(going_on(request, site))


@of_site
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, site: Site, pk: int) -> HttpResponse:
    """Refuse a waiting comment for a reason; without one, ask for it."""
    return _with_reason(request, site, pk, Move.REFUSE, actions.refuse, _("Refused: the comment by %s."))


@of_site
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, site: Site, pk: int) -> HttpResponse:
    """Take a published comment down for a reason; without one, ask for it. The article's page links here."""
    return _with_reason(request, site, pk, Move.REMOVE, actions.remove, _("Removed: the comment by %s."))


def _with_reason(request: HttpRequest, site: Site, pk: int, move: Move, act: Refusal, done: str) -> HttpResponse:
    comment = access_comment(site, pk)
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        context = looked_at(comment) | {"form": form, "move": move.value, "next": going_on(request, site)}
        return page(request, site, "reason", status=400 if request.method == "POST" else 200, **context)
    given = form.cleaned_data
    _try(
        request,
        comment,
        lambda: act(_read(request, comment), person(request), clock.now(), given["reason"], given["words"]),
        done,
    )
    return redirect(going_on(request, site))


@of_site
@require_POST
def undo(request: HttpRequest, site: Site, pk: int) -> HttpResponse:
    """Take back one's last decision, which is ``pk``; a comment that waits again is shown."""
    last = queries.undoable(site, person(request))
    if last is None or last.pk != pk:
        messages.warning(request, _("This decision can no longer be undone: something has happened since."))
        return redirect(going_on(request, site))
    _try(
        request,
        last.comment,
        lambda: actions.undo(last, person(request), clock.now()),
        _("Undone: your decision on the comment by %s."),
    )
    if last.move in (Move.PUBLISH, Move.REFUSE):
        return redirect(f"{reverse('desk:queue', args=[site.slug])}?comment={last.comment_id}")
    return redirect(going_on(request, site))


@of_site
@require_POST
def uphold(request: HttpRequest, site: Site, pk: int) -> HttpResponse:
    """Grant an appeal."""
    return _answer(request, site, pk, actions.uphold, _("Appeal upheld: the comment by %s is published."))


@of_site
@require_POST
def dismiss(request: HttpRequest, site: Site, pk: int) -> HttpResponse:
    """Turn an appeal down."""
    return _answer(request, site, pk, actions.dismiss, _("Appeal dismissed: the decision on the comment by %s stands."))


def _answer(request: HttpRequest, site: Site, pk: int, act: Callable[..., object], done: str) -> HttpResponse:
    appeal = queries.appeal(site, pk)
    if appeal is None:
        raise Http404
    answer = request.POST.get("answer", "")
    _try(request, appeal.comment, lambda: act(appeal, person(request), clock.now(), answer), done)
    return redirect("desk:appeals", site.slug)


def _read(request: HttpRequest, comment: Comment) -> Comment:
    return actions.as_read(comment, request.POST.get("revision", ""))


def _try(request: HttpRequest, comment: Comment, act: Callable[[], object], done: str) -> None:
    """Do ``act`` and say ``done``; if somebody was faster, say who and what, and nothing has changed."""
    try:
        act()
    except (discussion.Lost, discussion.NotAllowed):
        messages.warning(request, _faster(comment, person(request)))
    else:
        messages.success(request, done % comment.name)


def _faster(comment: Comment, moderator: User) -> str:
    comment.refresh_from_db()
    last = queries.last_decision(comment)
    if comment.claimed_by not in (None, moderator) and comment.status in (Status.HELD, Status.SUBMITTED):
        return _("Nothing changed: %s has reserved this comment.") % comment.claimed_by
    if comment.status == Status.WITHDRAWN:
        return _("Nothing changed: the author has withdrawn this comment.")
    if last is not None and last.moderator_id != moderator.pk:
        return _("Nothing changed: %s was faster with this comment.") % last.moderator
    return _("Nothing changed: the comment is no longer as you saw it. Please look again.")
