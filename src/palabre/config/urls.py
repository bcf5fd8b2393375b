"""Where each address leads. Rooms keep their own; the order here matters only for press, which takes the rest."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("palabre.accounts.urls")),
    path("desk/", include("palabre.desk.urls")),
    path("", include("palabre.widget.urls")),
    path("", include("palabre.press.urls")),
]
