"""Where each address leads. Rooms keep their own; the order here matters only for press, which takes the rest."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("accounts/", include("palabre.accounts.urls"))]
for _room, _prefix in (("desk", "desk/"), ("widget", ""), ("press", "")):
    if find_spec(f"palabre.{_room}") and find_spec(f"palabre.{_room}.urls"):
        urlpatterns.append(path(_prefix, include(f"palabre.{_room}.urls")))
