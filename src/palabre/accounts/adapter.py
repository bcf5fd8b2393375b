"""What we ask of django-allauth beyond its defaults."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from palabre.base.network import client_address


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Nobody signs up by themselves: `palabre init` and owners make accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address allauth counts attempts by: ours, which trusts only the named proxies."""
        return client_address(request) or "0.0.0.0"  # noqa: S104 - a name for "unknown", nothing is bound
