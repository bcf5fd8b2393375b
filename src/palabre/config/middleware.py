"""What every request passes on its way to a view."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]


def limit_body(answer: Answer) -> Answer:
    """Turn away a body larger than any form of ours before a byte of it is read (RFC 9110, 413)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _length(request) > settings.PALABRE_MAX_BODY:
            return HttpResponse(
                _("This is too large to be sent."), status=413, content_type="text/plain; charset=utf-8"
            )
        return answer(request)

    return middleware


def content_security_policy(answer: Answer) -> Answer:
    """Send ``SECURE_CSP`` with every page that does not bring its own policy."""
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
