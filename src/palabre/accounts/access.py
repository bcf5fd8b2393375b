"""The only ways to a site: whoever may not see it learns nothing."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from palabre.accounts.models import Membership, Role, Site, User

Person = User | AnonymousUser


def access_site(user: Person, slug: str) -> Site:
    """The site ``slug`` if ``user`` moderates it; ``Http404`` otherwise, for strangers and missing sites alike."""
    site = sites_of(user).filter(slug=slug).first()
    if site is None:
        raise Http404
    return site


def sites_of(user: Person) -> QuerySet[Site]:
    """The sites ``user`` moderates, by name."""
    if not isinstance(user, User) or not user.is_active:
        return Site.objects.none()
    return Site.objects.filter(memberships__user=user).order_by("name")


def moderates(user: Person, site: Site) -> bool:
    """Whether ``user`` may decide on ``site``'s comments."""
    return sites_of(user).filter(pk=site.pk).exists()


def edits(user: Person, site: Site) -> bool:
    """Whether ``user`` may change ``site``'s rules and people."""
    return isinstance(user, User) and Membership.objects.filter(site=site, user=user, role=Role.EDITOR).exists()
