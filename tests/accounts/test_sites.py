"""A site has a name that can be an address, and origins that may embed it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from palabre.accounts.actions import allow_origin, create_moderator, create_site
from palabre.accounts.models import Membership, Role, Site, SiteOrigin, User


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["desk", "d", "c", "accounts", "static", "api", "La Gazette", "../etc", "", "-a"])
def test_a_name_that_cannot_be_reached_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        create_site(slug, "La Gazette")
    assert not Site.objects.exists()


def test_making_a_site_twice_brings_it_up_to_date(site: Site) -> None:
    again = create_site("gazette", "La Nouvelle Gazette", url="https://gazette.example", language="en")
    assert (again.pk, again.name, again.language) == (site.pk, "La Nouvelle Gazette", "en")
    assert SiteOrigin.objects.filter(site=site).count() == 1


def test_an_origin_is_kept_once_and_must_be_an_address(site: Site) -> None:
    assert allow_origin(site, "https://Gazette.example/blog/") == allow_origin(site, "https://gazette.example")
    with pytest.raises(ValueError, match="complete"):
        allow_origin(site, "gazette")


def test_a_person_known_already_gets_the_role_and_keeps_the_password(site: Site, other_site: Site) -> None:
    first = create_moderator(site, "mona@gazette.example", "a good long password")
    second = create_moderator(other_site, "MONA@gazette.example", "another password", role=Role.EDITOR)
    assert first == second
    assert User.objects.get().check_password("a good long password")
    assert set(Membership.objects.values_list("site__slug", "role")) == {("gazette", "moderator"), ("herald", "editor")}
