"""Who may write from where: our own pages, and pages of the origins a site has registered (RFC 6454, Fetch).

No cookie gives a reader any right, so a forged cross-site post could only say something in a stranger's name; the
check keeps pages nobody registered from doing that with their visitors' addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from palabre.base import urls
from palabre.widget import queries

View = Callable[..., HttpResponse]

METHODS = "GET, POST, OPTIONS"
HEADERS = "Content-Type"
PREFLIGHT_SECONDS = 7200


def may_write(request: HttpRequest, site_slug: str) -> bool:
    """Whether the page that sent ``request`` may: one of ours, or one of an origin registered for the site."""
    origin = request.headers.get("Origin")
    if origin is None:  # old browsers and plain clients; new ones say at least this much
        return request.headers.get("Sec-Fetch-Site") != "cross-site"
    return _is_ours(request, origin) or is_registered(site_slug, origin)


def is_registered(site_slug: str, address: str) -> bool:
    """Whether the origin of ``address`` is registered for the site; never for what is no address (``null``)."""
    try:
        return queries.is_registered(site_slug, urls.origin(address))
    except ValueError:
        return False


def _is_ours(request: HttpRequest, origin: str) -> bool:
    own = {f"{request.scheme}://{request.get_host()}", urls.origin(settings.PALABRE_PUBLIC_URL)}
    return origin.lower() in own


def readable(view: View) -> View:
    """Let scripts of the site's registered origins read the answer; answers their preflight. No credentials."""

    @wraps(view)
    def answer(request: HttpRequest, site: str, **kwargs: str) -> HttpResponse:
        preflight = request.method == "OPTIONS"
        response = HttpResponse(status=204) if preflight else view(request, site=site, **kwargs)
        patch_vary_headers(response, ["Origin"])
        origin = request.headers.get("Origin")
        if origin and not _is_ours(request, origin) and _may_read(site, origin):
            response["Access-Control-Allow-Origin"] = origin
            if preflight:
                _allow(response)
        return response

    return answer


def _may_read(site: str, origin: str) -> bool:
    try:
        return is_registered(site, origin)
    except DatabaseError:  # the answer stands; a foreign script that cannot read it keeps its text
        return False


def _allow(response: HttpResponse) -> None:
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = HEADERS
    response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
