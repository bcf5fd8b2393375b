"""What every page of the desk passes: a signed-in person, a site of theirs, the frame around the page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.decorators import login_required
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from palabre.accounts.access import access_site, sites_of
from palabre.accounts.models import Site, User
from palabre.base import clock, problems
from palabre.desk import queries
from palabre.desk.keys import KEYS
from palabre.discussion.models import Comment

log = logging.getLogger(__name__)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Site, P], HttpResponse]


def of_site(view: View[P]) -> Callable[..., HttpResponse]:
    """Let the moderators of the site in the address through; others get 404, as if there were no such site."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, site: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            found = access_site(request.user, site)
            with timezone.override(_zone(found)):
                return view(request, found, *args, **kwargs)
        except OperationalError:
            log.exception("The database did not answer in time.")
            return render(request, "desk/busy.html", {"sent": _sent(request)}, status=503)

    return guarded


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, for another try: nothing of it may be lost."""
    return [(name, str(value)) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]


def _zone(site: Site) -> ZoneInfo:
    try:
        return ZoneInfo(site.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def person(request: HttpRequest) -> User:
    """The signed-in moderator; `of_site` has let nobody else in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def access_comment(site: Site, pk: int) -> Comment:
    """The comment ``pk`` of ``site``; 404 for one of another site as for a missing one."""
    found = queries.comment(site, pk)
    if found is None:
        raise Http404
    return found


def page(request: HttpRequest, site: Site, name: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
    """``desk/<name>.html`` within the frame: the site, its counts, the last decision, the keys."""
    frame = {
        "site": site,
        "sites": sites_of(request.user),
        "counts": queries.counts(site, clock.now()),
        "problem_count": len(problems.of_site(site.slug)),
        "undoable": queries.undoable(site, person(request)),
        "keys": KEYS,
        "page": name,
    }
    return render(request, f"desk/{name}.html", frame | context, status=status)


def going_on(request: HttpRequest, site: Site) -> str:
    """Where to go after an act: ``next`` if it is a path on this server, else the queue."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("desk:queue", args=[site.slug])
