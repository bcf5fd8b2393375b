"""Sign in, sign out, change one's password: of allauth's pages these alone are open.

The other names exist because allauth asks for their addresses; whoever goes there finds nothing.
"""

from __future__ import annotations

from allauth.account import views
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path


def closed(request: HttpRequest, **address: str) -> HttpResponse:
    """A page of allauth's that this house does not offer."""
    raise Http404


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", closed, name="account_signup"),
    path("email/", closed, name="account_email"),
    path("password/reset/", closed, name="account_reset_password"),
    path("password/set/", closed, name="account_set_password"),
    path("reauthenticate/", closed, name="account_reauthenticate"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    path("<path:anything>", closed),  # or press would take it for an article
]
