"""The reader's form: write, preview, send. With and without JavaScript, on our pages and embedded."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from palabre.base import clock, network, tokens
from palabre.base.html import render_comment
from palabre.base.text import clean_text
from palabre.discussion.actions import Receipt, Submission
from palabre.discussion.forms import CommentForm
from palabre.discussion.limits import Refused, check_text, is_closed
from palabre.widget import actions, answers, origins, places
from palabre.widget.places import Place
from palabre.widget.problems import Problem, check_encoding, of_form


# No CSRF cookie: the form is also served from files and on other origins. Origin and form token do its work.
@csrf_exempt
@never_cache
@origins.readable
@require_POST
def comment(request: HttpRequest, site: str, thread: str) -> HttpResponse:
    """Take a comment, or show the form again with all that was typed and the reason."""
    place, form = _place(request, site, thread), CommentForm(_posted(request))
    with translation.override(place.language):
        try:
            if "preview" in request.POST:
                return answers.previewed(request, place, form, _rendered(request, place))
            return answers.taken(request, place, _take(request, place, form))
        except Problem as problem:
            return answers.refused(request, place, form, problem)


@csrf_exempt
@never_cache
@origins.readable
@require_POST
def preview(request: HttpRequest, site: str, thread: str) -> HttpResponse:
    """What the text would look like; nothing is kept."""
    place, form = _place(request, site, thread), CommentForm(_posted(request))
    with translation.override(place.language):
        try:
            return answers.previewed(request, place, form, _rendered(request, place))
        except Problem as problem:
            return answers.refused(request, place, form, problem)


@never_cache
@require_safe
def write(request: HttpRequest, site: str, thread: str) -> HttpResponse:
    """The form on a page of its own, under the title of the article and the comment answered."""
    place = places.find(site, thread, request.GET)
    with translation.override(place.language):
        return answers.page(request, place, *_blank(request, place))


@never_cache
@origins.readable
@require_safe
def form(request: HttpRequest, site: str) -> HttpResponse:
    """The form alone, for the script of an embedding page: ``?thread=`` its id or ``?url=`` its address."""
    name = places.named(request.GET.get("thread", ""), request.GET.get("url", ""))
    place = places.find(site, name, request.GET)
    with translation.override(place.language):
        return answers.fragment(request, place, *_blank(request, place))


@never_cache
@origins.readable
@require_safe
def token(request: HttpRequest, site: str, thread: str) -> HttpResponse:
    """A fresh form token, for a page that has been open for long."""
    place = places.find(site, thread, request.GET)
    return JsonResponse({"token": tokens.issue(place.token_key, clock.now())})


def _posted(request: HttpRequest) -> QueryDict:
    """The fields of the form. The body is read whole first: ``check_encoding`` wants its bytes."""
    return request.POST if request.body else QueryDict()


def _place(request: HttpRequest, site: str, thread: str) -> Place:
    try:
        return places.find(site, thread, _posted(request))
    except Http404:
        return Place(site, thread, lacking="unknown")
    except DatabaseError:
        return Place(site, thread, lacking="busy")


def _blank(request: HttpRequest, place: Place) -> tuple[CommentForm | None, Problem | None]:
    """An empty form for ``?reply=`` or a new comment; None if the discussion is closed."""
    now = clock.now()
    if place.thread is not None and is_closed(place.thread.closed, place.thread.closes_at, now):
        return None, Problem(["closed"])
    number = answers.number(request.GET.get("reply", ""))
    return answers.new_form(place, now, number), None


def _take(request: HttpRequest, place: Place, form: CommentForm) -> Receipt:
    if place.site is None:
        raise Problem([place.lacking])
    try:
        return actions.comment(place, _submission(request, place, form), clock.now())
    except (Refused, tokens.TokenError) as error:
        raise Problem([error.kind]) from error
    except DatabaseError as error:
        raise Problem(["busy"]) from error


def _submission(request: HttpRequest, place: Place, form: CommentForm) -> Submission:
    """What was sent, if it came from where it may, whole, and from somebody who can read."""
    if not origins.may_write(request, place.site_slug):
        raise Problem(["foreign"])
    check_encoding(request)
    if not form.is_valid():
        raise of_form(form)
    said = form.cleaned_data
    if said["website"]:
        raise Problem(["trap"])
    return Submission(
        name=said["name"],
        text=said["text"],
        email=said["email"],
        parent=said["parent"],
        nonce=tokens.read(said["token"], place.token_key, clock.now()),
        network=network.truncate(network.client_address(request)),
    )


def _rendered(request: HttpRequest, place: Place) -> str:
    check_encoding(request)
    text = clean_text(request.POST.get("text", ""))
    try:
        check_text(text, place.limits)
    except Refused as error:
        raise Problem([error.kind]) from error
    return render_comment(text)
