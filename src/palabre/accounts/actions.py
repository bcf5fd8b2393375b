"""Every write to sites and people."""

from __future__ import annotations

from django.db import transaction

from palabre.accounts.models import Membership, Role, Site, SiteOrigin, User
from palabre.base import urls


@transaction.atomic
def create_site(slug: str, name: str, *, url: str = "", language: str = "en", time_zone: str = "UTC") -> Site:
    """Make the site ``slug``, or bring the one there up to date. Raises ``ValidationError`` on a bad value."""
    site = Site.objects.filter(slug=slug).first() or Site(slug=slug)
    site.name, site.url, site.language, site.time_zone = name, url, language, time_zone
    site.full_clean()
    site.save()
    if url:
        allow_origin(site, url)
    return site


def allow_origin(site: Site, url: str) -> SiteOrigin:
    """Let pages of ``url``'s origin embed the site's discussions. Raises ``ValueError`` on a bad address."""
    return SiteOrigin.objects.get_or_create(site=site, origin=urls.origin(url))[0]


def forbid_origin(site: Site, url: str) -> bool:
    """Take that right back; False if the origin did not have it. Raises ``ValueError`` on a bad address."""
    return SiteOrigin.objects.filter(site=site, origin__iexact=urls.origin(url)).delete()[0] > 0


@transaction.atomic
def create_moderator(site: Site, email: str, password: str, *, name: str = "", role: Role = Role.MODERATOR) -> User:
    """Make an account with ``role`` on ``site``, or give the account of that address the role."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    Membership.objects.update_or_create(site=site, user=user, defaults={"role": role})
    return user
