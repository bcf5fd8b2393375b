"""Sites, the origins that embed them, people and their roles."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

SLUG = RegexValidator(r"^[a-z0-9][a-z0-9-]{0,39}$", _("Use small letters, digits and hyphens."))

#: First parts of addresses that rooms have taken: a site of that name could not be reached.
RESERVED = frozenset({"accounts", "api", "c", "d", "desk", "static"})


def not_reserved(slug: str) -> None:
    """Raise ``ValidationError`` if a room answers under ``slug`` already."""
    if slug in RESERVED:
        raise ValidationError(_("This name is taken by the program itself."))


class UserManager(BaseUserManager["User"]):
    """People are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """A person who signs in: a moderator or an editor of some sites. Readers have no account."""

    username = None  # type: ignore[assignment]  # Django's way to drop an inherited column
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name or self.email


class Site(models.Model):
    """A publisher's site. ``language`` is that of its readers; ``url`` its front page."""

    slug = models.CharField(max_length=40, unique=True, validators=[SLUG, not_reserved])
    name = models.CharField(max_length=100)
    url = models.URLField(max_length=500, blank=True)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(slug__regex=r"^[a-z0-9][a-z0-9-]*$"), name="site_slug_is_plain"),
        ]

    def __str__(self) -> str:
        return self.name


class SiteOrigin(models.Model):
    """A web origin (RFC 6454) whose pages may embed the site's discussions."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="origins")
    origin = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("site", Lower("origin"), name="one_origin_once_a_site")]

    def __str__(self) -> str:
        return self.origin


class Role(models.TextChoices):
    """A moderator verifies comments; an editor may also change rules and people."""

    MODERATOR = "moderator", _("moderator")
    EDITOR = "editor", _("editor")


class Membership(models.Model):
    """What a person is on a site."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, default=Role.MODERATOR)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "user"], name="one_role_a_person_a_site"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role}, {self.site})"
