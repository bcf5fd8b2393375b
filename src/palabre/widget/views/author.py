"""The author's private page: how the comment stands, and what its author may do. No account: the link is the key."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from palabre.base import clock
from palabre.discussion import actions
from palabre.discussion import queries as discussion
from palabre.discussion.actions import Lost, NotAllowed
from palabre.discussion.limits import Limits, Refused
from palabre.discussion.models import Comment
from palabre.screening import rulebooks
from palabre.widget import origins, standing
from palabre.widget.answers import wants_json
from palabre.widget.forms import AppealForm, CorrectionForm
from palabre.widget.problems import RETRY_AFTER, Problem

Act = Callable[[HttpRequest, Comment], None]
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def private(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    """The address is a secret: not cached, not indexed, not sent on as a referrer, not framed."""

    @wraps(view)
    @cache_control(no_store=True, private=True)
    def answer(request: HttpRequest, capability: str) -> HttpResponse:
        response = view(request, capability)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Content-Security-Policy"] = POLICY
        return response

    return answer


@private
@require_safe
def status(request: HttpRequest, capability: str) -> HttpResponse:
    """How the comment stands; the same in short for a script."""
    comment = _comment(capability)
    with translation.override(_language(comment)):
        if wants_json(request):
            return _short(request, comment)
        return _page(request, capability, comment)


def _acting(act: Act) -> Callable[[HttpRequest, str], HttpResponse]:
    """A view that does ``act`` on the comment of the capability and goes back to its page.

    No CSRF token: who can name the address may act, and a page that cannot name it cannot forge the request (with
    ``no-referrer`` the browser sends no usable ``Origin`` either).
    """

    @csrf_exempt
    @private
    @require_POST
    def view(request: HttpRequest, capability: str) -> HttpResponse:
        comment = _comment(capability)
        with translation.override(_language(comment)):
            try:
                _do(act, request, comment)
            except Problem as problem:
                return _page(request, capability, _comment(capability), problem)
        return HttpResponseRedirect(reverse("widget:status", args=[capability]), status=303)

    return view


def _do(act: Act, request: HttpRequest, comment: Comment) -> None:
    try:
        act(request, comment)
    except Refused as error:
        raise Problem([error.kind]) from error
    except (Lost, NotAllowed) as error:
        raise Problem(["moved"]) from error
    except DatabaseError as error:
        raise Problem(["busy"]) from error


def _withdraw(request: HttpRequest, comment: Comment) -> None:
    actions.withdraw(comment, clock.now())


def _correct(request: HttpRequest, comment: Comment) -> None:
    if not discussion.may_correct(comment, _limits(comment).correction, clock.now()):
        raise Problem(["late"])
    actions.correct(comment, request.POST.get("text", ""), _limits(comment), clock.now())


def _appeal(request: HttpRequest, comment: Comment) -> None:
    actions.appeal(comment, request.POST.get("words", ""), clock.now())


withdraw = _acting(_withdraw)
correct = _acting(_correct)
appeal = _acting(_appeal)


def _comment(capability: str) -> Comment:
    comment = discussion.by_capability(capability)
    if comment is None:
        raise Http404
    return comment


def _language(comment: Comment) -> str:
    return comment.thread.language or comment.thread.site.language


def _limits(comment: Comment) -> Limits:
    return rulebooks.limits(comment.thread.site)


def _short(request: HttpRequest, comment: Comment) -> HttpResponse:
    response = JsonResponse(
        {"state": comment.status, "number": comment.number, "message": standing.title(comment)},
    )
    origin = request.headers.get("Origin", "")
    response["Vary"] = "Origin, Accept"
    if origin and origins.is_registered(comment.thread.site.slug, origin):
        response["Access-Control-Allow-Origin"] = origin
    return response


def _page(request: HttpRequest, capability: str, comment: Comment, problem: Problem | None = None) -> HttpResponse:
    typed = request.POST if problem else {}
    text = typed.get("text", comment.current.text if comment.current else "")
    context = {
        "comment": comment,
        "capability": capability,
        "standing": standing.of(comment, _limits(comment), clock.now()),
        "correction": CorrectionForm(initial={"text": text}),
        "appeal_form": AppealForm(initial={"words": typed.get("words", "")}),
        "text": mark_safe(comment.current.html if comment.current else ""),  # noqa: S308 - SafeHtml when it was stored
        "correcting": "text" in typed,
        "appealing": "words" in typed,
        "problems": problem.words if problem else [],
        "time_zone": comment.thread.site.time_zone,
    }
    response = render(request, "widget/status.html", context, status=problem.status if problem else 200)
    response["Content-Language"] = _language(comment)
    if problem and problem.status in RETRY_AFTER:
        response["Retry-After"] = str(RETRY_AFTER[problem.status])
    return response
