"""The signed cookie by which a browser knows its own comments: capabilities by comment, newest last."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "palabre_mine"
SALT = "palabre.mine"
KEPT = 40
SECONDS = 90 * 24 * 3600


def own_comments(request: HttpRequest) -> dict[int, str]:
    """Capabilities of this browser's own comments by comment id; empty if the cookie is missing or forged."""
    try:
        pairs = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
        return {int(comment): str(capability) for comment, capability in pairs}
    except (signing.BadSignature, ValueError, TypeError):
        return {}


def remember(request: HttpRequest, response: HttpResponse, comment: int, capability: str) -> None:
    """Add a comment to the cookie; it is sent to this server only, never to scripts or other sites."""
    own = own_comments(request) | {comment: capability}
    value = signing.dumps(list(own.items())[-KEPT:], salt=SALT, compress=True)
    response.set_cookie(COOKIE, value, max_age=SECONDS, httponly=True, samesite="Lax", secure=request.is_secure())
