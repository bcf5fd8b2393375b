"""The desk's other pages: one's sites, the lists, appeals, the history of a comment, what is broken."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from palabre.accounts.access import sites_of
from palabre.accounts.models import Site
from palabre.base import clock, problems
from palabre.desk import queries
from palabre.desk.keys import KEYS
from palabre.desk.views.doors import access_comment, of_site, page
from palabre.desk.views.queue import marked

ROWS = 50


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One's sites; with one site only, its queue."""
    sites = list(queries.waiting_by_site(sites_of(request.user)))
    if len(sites) == 1:
        return redirect("desk:queue", sites[0].slug)
    return render(request, "desk/home.html", {"mine": sites, "keys": KEYS, "page": "home"})


@of_site
@require_safe
def comments(request: HttpRequest, site: Site, name: str) -> HttpResponse:
    """One of the lists: waiting, published, removed, refused."""
    if name not in queries.LISTS:
        raise Http404
    now = clock.now()
    rows = Paginator(queries.listed(site, name, now), ROWS).get_page(request.GET.get("page"))
    return page(request, site, "comments", name=name, rows=rows, now=now)


@of_site
@require_safe
def appeals(request: HttpRequest, site: Site) -> HttpResponse:
    """Authors who ask to look again."""
    return page(request, site, "appeals", appeals=queries.appeals(site)[:ROWS])


@of_site
@require_safe
def audit(request: HttpRequest, site: Site, pk: int) -> HttpResponse:
    """Everything that ever happened to a comment."""
    comment = access_comment(site, pk)
    versions = queries.versions(comment)
    return page(
        request,
        site,
        "audit",
        comment=comment,
        entries=queries.audit(comment),
        decisions=queries.decisions(comment),
        appeals=queries.appeals_of(comment),
        versions=versions,
        marked=marked(comment, versions[0].report if versions else None),
    )


@of_site
@require_safe
def broken(request: HttpRequest, site: Site) -> HttpResponse:
    """What a person must mend: articles that cannot be read, a rule book with a mistake."""
    return page(request, site, "problems", problems=problems.of_site(site.slug))
