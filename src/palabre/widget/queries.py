"""Every read of this room beyond a primary key."""

from __future__ import annotations

from palabre.accounts.models import Site, SiteOrigin
from palabre.discussion.models import Appeal, Comment, Thread
from palabre.discussion.states import Status


def site(slug: str) -> Site | None:
    """The site ``slug``."""
    return Site.objects.filter(slug=slug).first()


def default_site() -> str:
    """The slug of the site a page means that names none: the first one made."""
    return Site.objects.order_by("pk").values_list("slug", flat=True).first() or ""


def is_registered(site_slug: str, origin: str) -> bool:
    """Whether pages of ``origin`` (scheme, host, port) may embed the discussions of the site."""
    return SiteOrigin.objects.filter(site__slug=site_slug, origin__iexact=origin).exists()


def origins(site: Site) -> list[str]:
    """Every origin registered for ``site``, in alphabetical order."""
    return list(SiteOrigin.objects.filter(site=site).order_by("origin").values_list("origin", flat=True))


def published(thread: Thread, number: int | None) -> Comment | None:
    """The comment ``number`` of ``thread`` if readers see it."""
    if number is None:
        return None
    rows = Comment.objects.select_related("current").filter(thread=thread, number=number, status=Status.PUBLISHED)
    return rows.first()


def appeal(comment: Comment) -> Appeal | None:
    """The author's appeal, if they made one."""
    return comment.appeals.order_by("-id").first()
