"""What goes back to a reader's form: a page, or JSON for a script. Nothing typed is lost on the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from palabre.base import clock, tokens
from palabre.discussion import mine
from palabre.discussion.actions import Receipt
from palabre.discussion.forms import CommentForm
from palabre.discussion.models import Comment
from palabre.widget import queries, standing
from palabre.widget.places import Place
from palabre.widget.problems import RETRY_AFTER, Problem


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks."""
    return "application/json" in request.headers.get("Accept", "")


def taken(request: HttpRequest, place: Place, receipt: Receipt) -> HttpResponse:
    """To the author's private page; a script gets its address and a token for the next comment."""
    address = reverse("widget:status", args=[receipt.capability])
    response: HttpResponse = HttpResponseRedirect(address, status=303)
    if wants_json(request):
        response = JsonResponse(
            {
                "status_url": request.build_absolute_uri(address),
                "state": receipt.comment.status,
                "message": standing.thanks(receipt.comment),
                "token": tokens.issue(place.token_key, clock.now()),
            },
            status=201,
        )
    mine.remember(request, response, receipt.comment.pk, receipt.capability)
    return response


def refused(request: HttpRequest, place: Place, form: CommentForm, problem: Problem) -> HttpResponse:
    """The form again, as it was filled in, with a sentence for each thing that is wrong."""
    again = _again(place, form, problem)
    if wants_json(request):
        response: HttpResponse = JsonResponse(
            {"problems": problem.words, "kinds": list(problem.kinds), "token": again.data["token"]},
            status=problem.status,
        )
    else:
        response = page(request, place, again, problem)
    if problem.status in RETRY_AFTER:
        response["Retry-After"] = str(RETRY_AFTER[problem.status])
    return response


def previewed(request: HttpRequest, place: Place, form: CommentForm, html: str) -> HttpResponse:
    """The form as it was filled in, below the rendered text."""
    if wants_json(request):
        return JsonResponse({"html": html})
    return page(request, place, _filled(place, form, **_ripe(place, form)), None, preview=html)


def page(
    request: HttpRequest, place: Place, form: CommentForm | None, problem: Problem | None, preview: str = ""
) -> HttpResponse:
    """The form on a page of its own."""
    context = _context(place, form, problem, preview)
    response = render(request, "widget/write.html", context, status=problem.status if problem else 200)
    response["Content-Language"] = place.language
    return response


def fragment(request: HttpRequest, place: Place, form: CommentForm | None, problem: Problem | None) -> HttpResponse:
    """The form alone."""
    return render(request, "widget/form.html", _context(place, form, problem, ""))


def new_form(place: Place, now: datetime, parent: int | None) -> CommentForm:
    """A form to be filled in at ``place``, bound to it by its token."""
    initial = {"token": tokens.issue(place.token_key, now), "parent": parent}
    return CommentForm(initial=initial, max_length=place.limits.max_length)


def number(text: str) -> int | None:
    """A comment's number from an address, None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _context(place: Place, form: CommentForm | None, problem: Problem | None, preview: str) -> dict[str, Any]:
    answering = _answering(place, form)
    return {
        "place": place,
        "form": form,
        "action": reverse("widget:comment", args=[place.site_slug, place.name]),
        "problems": problem.words if problem else [],
        "answering": answering,
        "answered": mark_safe(answering.current.html if answering and answering.current else ""),  # noqa: S308 - as stored
        "preview": mark_safe(preview),  # noqa: S308 - render_comment's
    }


def _answering(place: Place, form: CommentForm | None) -> Comment | None:
    if place.thread is None or form is None:
        return None
    try:
        return queries.published(place.thread, number(str(form["parent"].value() or "")))
    except DatabaseError:  # the form matters more than the quotation above it
        return None


def _again(place: Place, form: CommentForm, problem: Problem) -> CommentForm:
    """The form as filled in. Its token is fresh, unless it was only too early: that one ripens while one reads."""
    if "early" in problem.kinds:
        return _filled(place, form, token=form.data.get("token", ""))
    alone = {"parent": ""} if "parent_gone" in problem.kinds else {}
    return _filled(place, form, **alone)


def _ripe(place: Place, form: CommentForm) -> dict[str, str]:
    """The form's own token as long as it serves: nobody waits twice because they looked at a preview."""
    token = form.data.get("token", "")
    try:
        tokens.read(token, place.token_key, clock.now())
    except tokens.TokenError as error:
        return {"token": token} if error.kind == "early" else {}
    return {"token": token}


def _filled(place: Place, form: CommentForm, **changes: str) -> CommentForm:
    # The trap is emptied too: a browser's autofill may have fallen into it, and no person can see it.
    fresh = {"token": tokens.issue(place.token_key, clock.now()), "website": ""}
    return CommentForm(dict(form.data.items()) | fresh | changes, max_length=place.limits.max_length)
